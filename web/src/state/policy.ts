/**
 * Living with a content security policy that lets in no inline styles (api/headers.py).
 *
 * Styles made at run time must bear the page's nonce, and not every library passes one on (@rc-component/portal and
 * util do not); and a style set as an attribute is inline, while the same set on `style` is not (the measuring
 * textarea of @rc-component/textarea does the former). So both are seen to where elements are made and changed.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce

if (nonce) {
  const make = document.createElement.bind(document)
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const made = make(name, options)
    if (made instanceof HTMLStyleElement) made.nonce = nonce
    return made
  }
  const set = Object.getOwnPropertyDescriptor(Element.prototype, 'setAttribute')?.value as (
    this: Element,
    name: string,
    value: string,
  ) => void
  Element.prototype.setAttribute = function (name, value) {
    if (name === 'style' && (this instanceof HTMLElement || this instanceof SVGElement))
      this.style.cssText = value
    else set.call(this, name, value)
  }
}

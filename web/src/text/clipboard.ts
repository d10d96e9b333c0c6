/** Copy text and, where a document is the likely place to paste it, the same as HTML. */
export async function copyText(text: string, html?: string): Promise<void> {
  // Browsers give the clipboard to secure pages only; an office's server without TLS is none.
  if (!navigator.clipboard) return copyByEvent(text, html)
  if (html === undefined) return navigator.clipboard.writeText(text)
  const blob = (type: string, content: string) => new Blob([content], { type })
  return navigator.clipboard.write([
    new ClipboardItem({ 'text/plain': blob('text/plain', text), 'text/html': blob('text/html', html) }),
  ])
}

function copyByEvent(text: string, html: string | undefined): void {
  const fill = (event: ClipboardEvent) => {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
    if (html !== undefined) event.clipboardData?.setData('text/html', html)
  }
  document.addEventListener('copy', fill, { once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', fill)
}

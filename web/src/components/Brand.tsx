import { beginAnew } from '../state/anew'

/** The seal and the name; they lead to an empty conversation. */
export function Brand({ chosen }: { chosen?: () => void }) {
  return (
    <a
      className="brand"
      href="/"
      onClick={(event) => {
        event.preventDefault()
        beginAnew()
        chosen?.()
      }}
    >
      <img src="/seal.svg" alt="" width={34} height={34} />
      <span>
        <b>执法顾问</b>
        <small>法随时变 · 逐款核验</small>
      </span>
    </a>
  )
}

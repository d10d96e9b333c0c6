import { go } from '../state/route'

/** The way back from one thing to the list it stands in. */
export function BackLink({ path, label }: { path: string; label: string }) {
  return (
    <p className="work-back">
      <a
        href={path}
        onClick={(event) => {
          event.preventDefault()
          go(path)
        }}
      >
        ← {label}
      </a>
    </p>
  )
}

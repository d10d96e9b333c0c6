import { useReading } from '../state/reading'

const NAMED = /《(.+)》(第.+?条(?:之[一二三四五六七八九十]+)?)?/

/** Where to look now, opened by a click where it names a law. */
export function Current({ current, asOf }: { current: string; asOf: string }) {
  const { open } = useReading()
  const [, law, article] = NAMED.exec(current) ?? []
  return (
    <p className="verdict-current">
      现在应看：
      {law ? (
        <button
          type="button"
          className="linklike"
          onClick={() => open({ law, article: article ?? null, asOf }, { follow: true })}
        >
          {current}
        </button>
      ) : (
        current
      )}
    </p>
  )
}

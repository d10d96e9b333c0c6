import type { CheckedCitation, FileFinding } from '../api/types'
import { targetOfCitation, useReading } from '../state/reading'
import { GROUP_TONES, groupOf, STATUS_WORDS } from '../text/findings'
import { FilePlaceQuote } from './FilePlaceQuote'

interface Props {
  item: FileFinding
  citations: ReadonlyMap<string, CheckedCitation>
  asOf: string
  originals: ReadonlyMap<string, File>
}

/** One item: what was found, where, and on what it rests. */
export function FileFindingCard({ item, citations, asOf, originals }: Props) {
  const { open } = useReading()
  return (
    <article className="finding" data-tone={GROUP_TONES[groupOf(item)]}>
      <header>
        <b className="finding-code">{item.code}</b>
        <h3>{item.label}</h3>
        <span className="badge" data-tone={GROUP_TONES[groupOf(item)]}>
          <i aria-hidden="true" />
          {STATUS_WORDS[item.status]}
          {item.deducted > 0 && ` −${item.deducted}分`}
        </span>
      </header>
      <p>{item.text}</p>
      {item.where.length > 0 && (
        <ul className="file-places" aria-label="位置">
          {item.where.map((place, at) => (
            <FilePlaceQuote
              key={`${place.file} ${place.page} ${place.paragraph} ${at}`}
              place={place}
              original={originals.get(place.file)}
            />
          ))}
        </ul>
      )}
      <footer>
        {item.basis.length > 0 && (
          <span>
            依据
            {item.basis.map((basis) => {
              const citation = citations.get(basis)
              return citation ? (
                <button
                  key={basis}
                  type="button"
                  className="linklike"
                  onClick={() => open(targetOfCitation(citation, asOf))}
                >
                  {basis}
                </button>
              ) : (
                <span key={basis}>{basis}</span>
              )
            })}
          </span>
        )}
        <small>
          {item.source}（{item.nature}）
        </small>
      </footer>
    </article>
  )
}

import type { CheckedCitation, Ground, ListFacts } from '../../api/types'
import { MARKS } from '../../text/cases'
import { CitedText } from './CitedText'

interface Props {
  grounds: readonly Ground[]
  citations: readonly CheckedCitation[]
  asOf: string
}

const ORDER = { met: 0, unknown: 1, unmet: 2 }

/** Every ground side by side: those the case speaks of with their conditions, the others named. */
export function Grounds({ grounds, citations, asOf }: Props) {
  const spoken = grounds.filter((g) => g.raised).sort((a, b) => ORDER[a.status] - ORDER[b.status])
  const silent = grounds.filter((g) => !g.raised)
  return (
    <section className="grounds" aria-label="逐项审查">
      <h3>逐项审查</h3>
      <ul>
        {spoken.map((ground) => (
          <One key={ground.id} ground={ground} citations={citations} asOf={asOf} />
        ))}
      </ul>
      {silent.length > 0 && (
        <details className="silent">
          <summary>
            没有材料提到的情形 <b>{silent.length}</b> 项，有的请补充
          </summary>
          <ul>
            {silent.map((ground) => (
              <li key={ground.id}>
                <Sign status={ground.status} />
                <span>
                  {ground.title}
                  <small>
                    <CitedText text={ground.basis.join('、')} citations={citations} asOf={asOf} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function One({ ground, citations, asOf }: { ground: Ground } & Omit<Props, 'grounds'>) {
  const single = ground.conditions.length === 1 && ground.conditions[0]?.label === ground.title
  return (
    <li className="ground" data-status={ground.status}>
      <div className="ground-head">
        <Sign status={ground.status} />
        <div>
          <b>{ground.title}</b>
          <span className="ground-effect">{ground.effect}</span>
          <span className="ground-basis">
            <CitedText text={ground.basis.join('、') || '依据未见'} citations={citations} asOf={asOf} />
          </span>
        </div>
        <span className="state" data-tone={MARKS[ground.status].tone}>
          {MARKS[ground.status].word}
        </span>
      </div>
      <ul className="conditions">
        {ground.conditions.map((condition) => (
          <li key={condition.id} data-status={condition.status}>
            <Sign status={condition.status} />
            <span>
              {!single && condition.label}
              <small>
                <CitedText text={condition.because} citations={citations} asOf={asOf} />
              </small>
            </span>
          </li>
        ))}
      </ul>
      {ground.list && <List list={ground.list} />}
      {ground.note && <p className="ground-note">{ground.note}</p>}
    </li>
  )
}

/** What a reader must know of the list: whose, where, until when, of what nature, and whether it may conclude. */
function List({ list }: { list: ListFacts }) {
  return (
    <p className="list-facts">
      <span className="nature-chip" data-nature={list.nature}>
        {list.nature}
      </span>
      <span className="nature-chip" data-concludes={list.concludes}>
        {list.concludes ? '可作依据' : '只作参考'}
      </span>
      {list.title}
      <small>
        {[list.issuer, list.region, `有效期${list.validity}`, `相近度 ${list.score.toFixed(2)}`]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {list.note && <small>{list.note}</small>}
    </p>
  )
}

export function Sign({ status }: { status: 'met' | 'unmet' | 'unknown' }) {
  const { sign, word, tone } = MARKS[status]
  return (
    <i className="sign" data-tone={tone} role="img" aria-label={word}>
      {sign}
    </i>
  )
}

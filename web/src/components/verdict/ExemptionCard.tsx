import { Button } from 'antd'
import type { CheckedCitation, ExemptionAnswer, ListCandidate, MissingFact } from '../../api/types'
import { EXEMPTION_TONES, shortCitation } from '../../text/cases'
import { WarningOutlined } from '../icons'
import { CitedText } from './CitedText'
import { Grounds } from './Grounds'
import { type Answer, Questions } from './Questions'

interface Props {
  answer: ExemptionAnswer
  missing: readonly MissingFact[]
  /** How a question is answered here; null where it is not. */
  reply: Answer | null
  /** In a conversation the conclusion stands in the text above. */
  brief?: boolean
}

/** The name under which a picked list item is kept among the facts. */
export const PICK = 'other.清单事项'

/** Whether a penalty falls away: the verdict, what would decide, every ground with its conditions, what to do then. */
export function ExemptionCard({ answer, missing, reply, brief = false }: Props) {
  const cited = { citations: answer.citations, asOf: answer.as_of }
  const deciding = answer.grounds.find((ground) => ground.status === 'met')
  return (
    <section
      className="verdict-card"
      data-tone={EXEMPTION_TONES[answer.verdict]}
      aria-label="免罚核验"
      data-marks
    >
      <header>
        <h2>{answer.label}</h2>
        {!brief && deciding && answer.verdict !== 'needs_facts' && (
          <p>
            <CitedText text={`${deciding.basis.join('、')}：${deciding.effect}`} {...cited} />
          </p>
        )}
      </header>
      {answer.contradictions.length > 0 && (
        <div className="contradictions" role="alert">
          <b>事实相互矛盾，核实以前不下结论</b>
          <ul>
            {answer.contradictions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <Questions missing={missing} answer={reply} />
      <Candidates candidates={answer.candidates} reply={reply} />
      <Grounds grounds={answer.grounds} {...cited} />
      <Todo title="措施" lines={answer.measures} {...cited} />
      <Todo title="文书" lines={answer.papers} {...cited} />
      <Warnings lines={answer.warnings} />
    </section>
  )
}

/** List items the case may be: where several are near, the person picks. */
function Candidates({ candidates, reply }: { candidates: readonly ListCandidate[]; reply: Answer | null }) {
  const near = candidates.filter((one) => one.score < 1)
  if (!near.length) return null
  return (
    <section className="candidates" aria-label="可能对应的清单事项">
      <h3>可能对应的清单事项</h3>
      <ul>
        {near.map((one) => (
          <li key={one.rule}>
            <span
              className="candidate-score"
              style={{ inlineSize: `${Math.round(one.score * 100)}%` }}
              aria-hidden="true"
            />
            <span>
              {one.matter}
              <small>
                {one.list} · 相近度 {one.score.toFixed(2)}
              </small>
            </span>
            {reply && (
              <Button size="small" onClick={() => reply(PICK, '清单事项', one.matter)}>
                就是这一项
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p>不在清单内的，仍按第三十三条的要件逐案判断。</p>
    </section>
  )
}

function Todo({
  title,
  lines,
  citations,
  asOf,
}: {
  title: string
  lines: readonly string[]
  citations: readonly CheckedCitation[]
  asOf: string
}) {
  if (!lines.length) return null
  return (
    <section className="todo" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <CitedText text={line} citations={citations} asOf={asOf} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Warnings({ lines }: { lines: readonly string[] }) {
  if (!lines.length) return null
  return (
    <ul className="verdict-warnings" aria-label="提示">
      {lines.map((line) => (
        <li key={line}>
          <WarningOutlined /> {shortCitation(line)}
        </li>
      ))}
    </ul>
  )
}

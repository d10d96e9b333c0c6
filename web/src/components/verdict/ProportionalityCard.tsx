import type {
  CheckedCitation,
  FineRange,
  MissingFact,
  PenaltyClause,
  ProcedureStep,
  ProportionalityAnswer,
  ProposedPenalty,
  ReviewFinding,
} from '../../api/types'
import { longDate } from '../../text/dates'
import { FIT_TONES, SEVERITIES, shortCitation, STEP_STATES, STEPS, yuan } from '../../text/cases'
import { CitedText } from './CitedText'
import { type Answer, Questions } from './Questions'
import { RangeBar } from './RangeBar'

interface Props {
  answer: ProportionalityAnswer
  proposed: ProposedPenalty
  missing: readonly MissingFact[]
  reply: Answer | null
  brief?: boolean
}

/** In the order in which a case goes. */
const COURSE: readonly ProcedureStep['code'][] = [
  'limitation',
  'on_the_spot',
  'notice',
  'hearing',
  'legal_review',
  'collective_discussion',
  'decision_deadline',
  'service_deadline',
  'transfer_to_justice',
  'double_fine',
]
const GRAVITY = { error: 0, warning: 1, info: 2 }

/** Whether a proposed penalty is right: the range with the fine in it, clauses, findings, and the procedure in time. */
export function ProportionalityCard({ answer, proposed, missing, reply, brief = false }: Props) {
  const cited = { citations: answer.citations, asOf: answer.as_of }
  const findings = [...answer.findings].sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity])
  return (
    <section
      className="verdict-card"
      data-tone={FIT_TONES[answer.verdict]}
      aria-label="过罚相当审查"
      data-marks
    >
      <header>
        <h2>{answer.label}</h2>
        {!brief && (
          <p>
            依据 <CitedText text={answer.basis} {...cited} />
          </p>
        )}
      </header>
      {answer.contradictions.length > 0 && (
        <div className="contradictions" role="alert">
          <b>事实相互矛盾，以下核算只供核对</b>
          <ul>
            {answer.contradictions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <Range range={answer.range} fine={proposed.fine} who="罚款" />
      <Range range={answer.range_person} fine={proposed.fine_person} who="对责任人员的罚款" />
      {answer.tier && (
        <p className="tier">
          裁量阶次：{answer.tier.name}，{yuan(answer.tier.min)}至
          {answer.tier.max == null ? '不封顶' : yuan(answer.tier.max)}（{shortCitation(answer.tier.basis)}）
        </p>
      )}
      <Questions missing={missing} answer={reply} />
      <Findings findings={findings} {...cited} />
      <Procedure steps={answer.procedure} {...cited} />
      <Clauses clauses={answer.statutory} applicable={answer.applicable} />
    </section>
  )
}

function Range({
  range,
  fine,
  who,
}: {
  range: FineRange | null | undefined
  fine: number | null | undefined
  who: string
}) {
  if (!range) return null
  return (
    <section className="range" aria-label={`${who}幅度`}>
      <RangeBar min={range.min} max={range.max ?? null} value={fine ?? null} who={who} />
      <p className="reckoning">{range.reckoning}</p>
    </section>
  )
}

interface Cited {
  citations: readonly CheckedCitation[]
  asOf: string
}

function Findings({ findings, citations, asOf }: Cited & { findings: readonly ReviewFinding[] }) {
  if (!findings.length) return null
  return (
    <section className="review" aria-label="审查意见">
      <h3>审查意见</h3>
      <ul>
        {findings.map((finding, at) => {
          const { word, tone, sign } = SEVERITIES[finding.severity]
          return (
            <li key={at} data-severity={finding.severity}>
              <i className="sign" data-tone={tone} role="img" aria-label={word}>
                {sign}
              </i>
              <span>
                <CitedText text={finding.text} citations={citations} asOf={asOf} />
                {finding.basis.length > 0 && (
                  <small>
                    <CitedText
                      text={[...new Set(finding.basis)].join('、')}
                      citations={citations}
                      asOf={asOf}
                    />
                  </small>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Procedure({ steps, citations, asOf }: Cited & { steps: readonly ProcedureStep[] }) {
  if (!steps.length) return null
  const ordered = [...steps].sort((a, b) => COURSE.indexOf(a.code) - COURSE.indexOf(b.code))
  return (
    <section className="procedure" aria-label="程序">
      <h3>程序</h3>
      <ol>
        {ordered.map((step) => {
          const { word, tone, sign } = STEP_STATES[step.status]
          return (
            <li key={step.code} data-status={step.status}>
              <i className="sign" data-tone={tone} aria-hidden="true">
                {sign}
              </i>
              <div>
                <p className="step-head">
                  <b>{STEPS[step.code]}</b>
                  <span className="state" data-tone={tone}>
                    {word}
                  </span>
                  {step.due && <time dateTime={step.due}>最迟 {longDate(step.due)}</time>}
                </p>
                <p>
                  <CitedText text={step.text} citations={citations} asOf={asOf} />
                  {step.basis.length > 0 && (
                    <small>
                      <CitedText
                        text={[...new Set(step.basis)].join('、')}
                        citations={citations}
                        asOf={asOf}
                      />
                    </small>
                  )}
                </p>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** All the article provides, with what applies here set apart. */
function Clauses({
  clauses,
  applicable,
}: {
  clauses: readonly PenaltyClause[]
  applicable: readonly number[]
}) {
  if (!clauses.length) return null
  return (
    <details className="clauses">
      <summary>
        这一条规定的处罚 <b>{clauses.length}</b> 项
      </summary>
      <ul>
        {clauses.map((clause, at) => (
          <li key={at} data-applies={applicable.includes(at) || undefined}>
            <p>
              <b>{clause.kind}</b> {amounts(clause)}
              {applicable.includes(at) && <span className="applies">适用</span>}
            </p>
            <small>
              {[clause.subject, clause.condition].filter(Boolean).join('；')}
              <q>{clause.text}</q>
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** 5万元至10万元, or 10倍至20倍货值金额. */
function amounts({ kind, base, min, max }: PenaltyClause): string {
  if (kind !== '罚款' || min == null) return ''
  const one = (amount: number): string =>
    !base || base === 'fixed' ? yuan(amount) : amount < 1 ? `${+(amount * 100).toFixed(2)}%` : `${amount}倍`
  const span = max == null ? `${one(min)}以上` : min === 0 ? `${one(max)}以下` : `${one(min)}至${one(max)}`
  return !base || base === 'fixed' ? span : `${base}的${span}`
}

import { Bubble } from '@ant-design/x'
import { Button } from 'antd'
import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import type { CheckedCitation, Done, FigureAnswer, Passage } from '../api/types'
import type { Turn } from '../state/chats'
import { useStill } from '../state/hooks'
import { useToday } from '../state/reading'
import { longDate } from '../text/dates'
import { VERDICT_ORDER } from '../text/verdicts'
import { AnswerActions } from './AnswerActions'
import { AnswerBody } from './AnswerBody'
import { EvidenceCard } from './EvidenceCard'
import { FindingCard } from './verdict/FindingCard'
import { FigureCard } from './FigureCard'
import { CheckCircleOutlined, LoadingOutlined, PauseCircleOutlined } from './icons'
import { ProblemNote } from './ProblemNote'
import { VerdictBadge } from './StatusBadge'

const NO_CITATIONS: readonly CheckedCitation[] = []
const NO_HITS: readonly Passage[] = []

interface Props {
  turn: Turn
  /** The newest of its conversation. */
  last: boolean
  retry: (turnKey: string) => void
  supply: (question: string) => void
  /** Sends a message of the conversation; null while one is being answered. */
  say: ((message: string) => void) | null
}

/** A question, what was found for it, and the checked answer. */
export default memo(function AnswerTurn({ turn, last, retry, supply, say }: Props) {
  const now = useToday()
  const body = useRef<HTMLDivElement>(null)
  const whole = useRef<HTMLElement>(null)
  const still = useStill()
  // A new question goes to the top, and its answer grows below it without moving the reader.
  useLayoutEffect(() => {
    const behavior = turn.phase === 'looking' && !still ? 'smooth' : 'instant'
    if (last) whole.current?.scrollIntoView({ block: 'start', behavior })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when it appears
  }, [])
  const { done, phase, hits } = turn
  const refused = done?.refused ?? false
  const open = useMemo(() => done?.missing.flatMap((fact) => fact.question ?? []) ?? [], [done])
  const unlisted = open.filter((question) => !done?.answer.includes(question))
  return (
    <section ref={whole} className="turn" data-phase={phase} aria-label={turn.question}>
      <Bubble
        placement="end"
        variant="filled"
        className="question"
        content={turn.question}
        footer={
          turn.asOf !== now ? (
            <span className="question-day">以{longDate(turn.asOf)}的法律为准</span>
          ) : undefined
        }
      />
      <div className="answer" aria-live="polite" aria-busy={phase === 'looking' || phase === 'writing'}>
        {hits && hits.length > 0 && !refused && (
          <EvidenceCard
            hits={hits}
            note={turn.note}
            question={turn.question}
            asOf={turn.asOf}
            open={phase === 'looking'}
            few={done?.findings.length ? 2 : undefined}
          />
        )}
        {phase === 'looking' && (
          <p className="working">
            <LoadingOutlined /> {hits ? '正在写' : '正在查找有关规定'}
          </p>
        )}
        {done?.figures.map((figure, at) => (
          // The wire leaves the shape of `figures` open; here they are answers of POST /stats/query.
          <FigureCard key={at} figure={figure as unknown as FigureAnswer} brief />
        ))}
        {turn.text && (
          <div ref={body} className={refused ? 'refused' : done?.findings.length ? 'beside-card' : undefined}>
            <AnswerBody
              markdown={done?.findings.length ? besideCard(done) : turn.text}
              citations={done?.citations ?? NO_CITATIONS}
              hits={hits ?? NO_HITS}
              asOf={done?.as_of ?? turn.asOf}
              open={open}
              supply={supply}
            />
          </div>
        )}
        {done?.findings.map((finding) => (
          <FindingCard key={finding.kind} finding={finding} say={last ? say : null} />
        ))}
        {phase === 'writing' && (
          <p className="working">
            <LoadingOutlined /> 正在写，写完后逐处核验引文
          </p>
        )}
        {phase === 'stopped' && (
          <div className="stopped" role="status">
            <PauseCircleOutlined />
            <span>{turn.text ? '回答在写完之前停止，以上文字未经核验。' : '这次回答在写完之前停止。'}</span>
            <Button size="small" onClick={() => retry(turn.key)}>
              重新回答
            </Button>
          </div>
        )}
        {turn.problem && <ProblemNote problem={turn.problem} retry={() => retry(turn.key)} />}
        {done && !refused && !done.findings.length && <Missing questions={unlisted} supply={supply} />}
        {done && <Checked done={done} />}
        {done && <AnswerActions done={done} question={turn.question} askedAt={turn.askedAt} body={body} />}
      </div>
    </section>
  )
})

/** What the card does not show: the conclusion, how the message was taken, and what a model wrote, if one did. */
function besideCard({ answer, mode }: Done): string {
  const heads = [...answer.matchAll(/^### /gm)].map((found) => found.index)
  return answer.slice(0, heads[mode === 'model' ? 1 : 0] ?? answer.length)
}

/** Open questions that the answer itself does not list. */
function Missing({
  questions,
  supply,
}: {
  questions: readonly string[]
  supply: (question: string) => void
}) {
  if (!questions.length) return null
  return (
    <section className="missing" aria-label="还要查清">
      <h3>还要查清</h3>
      <ul>
        {questions.map((question) => (
          <li key={question}>
            <span>{question}</span>
            <Button size="small" type="link" onClick={() => supply(question)}>
              补充
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Checked({ done }: { done: Done }) {
  if (!done.citations.length) return null
  const counts = VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: done.citations.filter((c) => c.verdict === verdict).length,
  })).filter(({ count }) => count)
  return (
    <p className="checked">
      <CheckCircleOutlined /> 已核验 {done.citations.length} 处引文
      {counts.map(({ verdict, count }) => (
        <span key={verdict}>
          <VerdictBadge verdict={verdict} /> {count}
        </span>
      ))}
    </p>
  )
}

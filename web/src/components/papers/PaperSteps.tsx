import { Button, Input, Modal } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../../api/counsel'
import { asProblem, type Problem } from '../../api/http'
import type { Opinion, OpinionComparison, OpinionVersion, SectionChange } from '../../api/types'
import { rememberSigner, signerName } from '../../state/drafting'
import { useFetched } from '../../state/hooks'
import { fullMoment } from '../../text/dates'
import { ProblemNote } from '../ProblemNote'

const STEPS: Record<OpinionVersion['step'], string> = {
  drafted: '拟稿',
  edited: '修改',
  reviewed: '复核',
  finalized: '定稿',
}

interface StepProps {
  opinion: Opinion
  step: 'review' | 'finalize' | null
  close: () => void
  done: (opinion: Opinion) => void
}

/** A named person reviews, or makes final; what may be answered with a reason is answered here. */
export function PaperStep({ opinion, step, close, done }: StepProps) {
  // Who drafted does not review: his name is not offered.
  const [name, setName] = useState(() => (signerName() === opinion.drafted_by ? '' : signerName()))
  const [comment, setComment] = useState('')
  const [replies, setReplies] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [sending, setSending] = useState(false)
  const answerable = step === 'review' ? opinion.vetoes.filter((veto) => veto.answerable && !veto.reply) : []
  const submit = async () => {
    setSending(true)
    setProblem(null)
    const base = { version: opinion.version, comment, ...(name.trim() && { name: name.trim() }) }
    try {
      const kept = Object.fromEntries(Object.entries(replies).filter(([, reason]) => reason.trim()))
      const after =
        step === 'review'
          ? await counsel.reviewPaper(opinion.id, { ...base, replies: kept })
          : await counsel.finalizePaper(opinion.id, base)
      if (name.trim()) rememberSigner(name.trim())
      done(after)
      close()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setSending(false)
    }
  }
  const word = step === 'review' ? '复核' : '定稿'
  return (
    <Modal
      open={step !== null}
      title={`${word}：${opinion.title}`}
      okText={word}
      cancelText="取消"
      confirmLoading={sending}
      onOk={() => void submit()}
      onCancel={close}
      destroyOnHidden
    >
      <div className="paper-step">
        <label>
          {word}人
          <Input value={name} maxLength={60} placeholder="姓名" onChange={(e) => setName(e.target.value)} />
        </label>
        {answerable.map((veto) => (
          <label key={veto.code}>
            <span>{veto.text}</span>
            <Input.TextArea
              aria-label={`对“${veto.text}”的理由`}
              autoSize={{ minRows: 1, maxRows: 5 }}
              placeholder="可以这样处理的理由（不写则留待处理）"
              value={replies[veto.code] ?? ''}
              onChange={(e) => setReplies((before) => ({ ...before, [veto.code]: e.target.value }))}
            />
          </label>
        ))}
        <label>
          意见
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={comment}
            maxLength={4000}
            placeholder="可不填"
            onChange={(e) => setComment(e.target.value)}
          />
        </label>
        {problem && <ProblemNote problem={problem} />}
      </div>
    </Modal>
  )
}

/** Who did what, and what each changed. */
export function PaperHistory({ opinion }: { opinion: Opinion }) {
  const { id, version } = opinion
  const request = useMemo(() => {
    void version // another version, another history
    return (signal: AbortSignal) => counsel.paperVersions(id, signal)
  }, [id, version])
  const { value, problem, retry } = useFetched<OpinionVersion[]>(request)
  const [shown, setShown] = useState<number | null>(null)
  if (problem) return <ProblemNote problem={problem} retry={retry} />
  if (!value) return null
  return (
    <section className="paper-history" aria-label="办理经过">
      <h2>办理经过</h2>
      <ol>
        {value.map((one) => (
          <li key={one.number}>
            <span>
              <b>第{one.number}稿</b> {one.name}
              {STEPS[one.step]}
              <small>{fullMoment(one.at)}</small>
              {one.comment && <q>{one.comment}</q>}
            </span>
            {one.number > 1 && (
              <Button
                size="small"
                type="link"
                aria-expanded={shown === one.number}
                onClick={() => setShown((before) => (before === one.number ? null : one.number))}
              >
                {shown === one.number ? '收起' : '看改了什么'}
              </Button>
            )}
            {shown === one.number && <Changes id={id} before={one.number - 1} after={one.number} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Changes({ id, before, after }: { id: string; before: number; after: number }) {
  const request = useMemo(
    () => (signal: AbortSignal) => counsel.comparePaper(id, before, after, signal),
    [id, before, after],
  )
  const { value, problem, retry } = useFetched<OpinionComparison>(request)
  if (problem) return <ProblemNote problem={problem} retry={retry} />
  if (!value) return null
  const changed = [...value.fields, ...value.sections].filter((one) =>
    one.changes.some((change) => change.kind !== 'equal'),
  )
  if (!changed.length) return <p className="paper-same">文字没有改动。</p>
  return (
    <div className="paper-changes">
      {changed.map((one) => (
        <Changed key={one.id} change={one} />
      ))}
    </div>
  )
}

const CONTEXT = 60 // characters of what is the same on either side of a change

function Changed({ change }: { change: SectionChange }) {
  const runs = change.changes
  return (
    <div>
      <h3>{change.heading}</h3>
      <p>
        {runs.map((run, at) => {
          if (run.kind === 'insert') return <ins key={at}>{run.text}</ins>
          if (run.kind === 'delete') return <del key={at}>{run.text}</del>
          return <span key={at}>{shortened(run.text, at === 0, at === runs.length - 1)}</span>
        })}
      </p>
    </div>
  )
}

function shortened(text: string, first: boolean, last: boolean): string {
  if (text.length <= 2 * CONTEXT) return text
  if (first) return `…${text.slice(-CONTEXT)}`
  if (last) return `${text.slice(0, CONTEXT)}…`
  return `${text.slice(0, CONTEXT)}…${text.slice(-CONTEXT)}`
}

import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import * as counsel from '../../api/counsel'
import { asProblem, type Problem } from '../../api/http'
import type { OpinionForm, OpinionLine } from '../../api/types'
import { rememberSigner, signerName, takeOver } from '../../state/drafting'
import { flat } from '../../state/caseForms'
import { useFetched } from '../../state/hooks'
import { useReading } from '../../state/reading'
import { go, paperPath } from '../../state/route'
import { fullMoment } from '../../text/dates'
import { OtherDayNotice } from '../OtherDayNotice'
import { ProblemNote } from '../ProblemNote'
import { CarriedFacts } from './CarriedFacts'
import { PaperStatus } from './PaperStatus'

const LONGEST = 20_000
const PURPOSE: Record<string, string> = {
  legal_opinion: '就一个法律问题或者一个案件出具意见',
  legality_review: '处罚决定前的法制审核',
  no_penalty_decision: '应当或者可以不罚的，送达当事人',
  reconsideration_opinion: '复议中发现违法不当，要求纠正',
  reconsideration_proposal: '普遍性问题，建议完善制度',
  reconsideration_reply: '被申请人答复复议申请',
  major_decision_review: '决策草案的合法性审查',
}

/** Begin a paper, or go on with one. */
export function PaperDesk() {
  const forms = useFetched<OpinionForm[]>(counsel.paperForms)
  const lines = useFetched<OpinionLine[]>(counsel.papers)
  return (
    <>
      <h1>文书</h1>
      <p className="page-lead">
        写下案情，选一种文书：事实、核算和当日有效的条文由程序写好，缺的逐项问，没有的不编；复核、定稿后导出
        Word。
      </p>
      <OtherDayNotice />
      {forms.problem && <ProblemNote problem={forms.problem} retry={forms.retry} />}
      {forms.value ? <NewPaper forms={forms.value} /> : <Skeleton active paragraph={{ rows: 6 }} />}
      <h2>已有的文书</h2>
      {lines.problem && <ProblemNote problem={lines.problem} retry={lines.retry} />}
      {lines.value && <Lines lines={lines.value} forms={forms.value ?? []} />}
    </>
  )
}

function NewPaper({ forms }: { forms: readonly OpinionForm[] }) {
  const { asOf } = useReading()
  const [given] = useState(takeOver)
  const [kind, setKind] = useState(given?.kind ?? 'legal_opinion')
  const [facts, setFacts] = useState(given?.facts ?? {})
  const [description, setDescription] = useState(given?.description ?? '')
  const [name, setName] = useState(signerName)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [sending, setSending] = useState(false)
  const submit = async () => {
    setSending(true)
    setProblem(null)
    try {
      const made = await counsel.draftPaper({
        kind,
        as_of: given?.asOf ?? asOf,
        ...(description.trim() && { description: description.trim() }),
        ...(given && { facts: description.trim() === given.description ? facts : unquoted(facts) }),
        ...(given?.fields && {
          fields: fitting(
            given.fields,
            forms.find((form) => form.kind === kind),
          ),
        }),
        ...(name.trim() && { name: name.trim() }),
      })
      if (name.trim()) rememberSigner(name.trim())
      go(paperPath(made.id))
    } catch (error) {
      setProblem(asProblem(error))
      setSending(false)
    }
  }
  return (
    <form
      className="paper-new"
      aria-label="新的文书"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <fieldset className="paper-kinds">
        <legend>哪一种文书</legend>
        {forms.map((form) => (
          <label key={form.kind} data-on={form.kind === kind || undefined}>
            <input
              type="radio"
              name="kind"
              value={form.kind}
              checked={form.kind === kind}
              onChange={() => setKind(form.kind)}
            />
            <b>{form.name}</b>
            <small>{PURPOSE[form.kind]}</small>
          </label>
        ))}
      </fieldset>
      <Input.TextArea
        aria-label="案情或问题"
        value={description}
        maxLength={LONGEST}
        autoSize={{ minRows: 5, maxRows: 18 }}
        placeholder="例如：2026年9月3日检查发现某五金店的商品没有明码标价，店主当场补贴了价签，没有造成危害后果，系首次违法。"
        onChange={(event) => setDescription(event.target.value)}
      />
      {given && <CarriedFacts facts={facts} change={setFacts} />}
      <div className="paper-bar">
        <label className="paper-signer">
          拟稿人
          <Input
            value={name}
            maxLength={60}
            placeholder="姓名"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <Button type="primary" htmlType="submit" loading={sending}>
          拟稿
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </form>
  )
}

/** The fields that a kind of paper has. */
function fitting(fields: Record<string, unknown>, form: OpinionForm | undefined): Record<string, unknown> {
  const known = new Set(form?.fields.map((field) => field.key))
  return Object.fromEntries(Object.entries(fields).filter(([key]) => known.has(key)))
}

/** Facts without the words they were read in, since those words may stand in the description no more. */
function unquoted(facts: Record<string, unknown>): Record<string, unknown> {
  const { values } = flat(facts)
  const out: Record<string, unknown> = {}
  const other: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values))
    if (name.startsWith('other.')) other[name.slice(6)] = value
    else out[name] = value
  return { ...out, ...(Object.keys(other).length > 0 && { other }) }
}

function Lines({ lines, forms }: { lines: readonly OpinionLine[]; forms: readonly OpinionForm[] }) {
  if (!lines.length) return <p className="nothing">还没有文书。</p>
  const names = new Map(forms.map((form) => [form.kind, form.name]))
  return (
    <ul className="paper-lines">
      {lines.map((line) => (
        <li key={line.id}>
          <a
            href={paperPath(line.id)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              go(paperPath(line.id))
            }}
          >
            <b>{line.title}</b>
            <PaperStatus status={line.status} />
            <small>
              {names.get(line.kind) !== line.title && `${names.get(line.kind) ?? ''} · `}
              {line.drafted_by}拟 · 第{line.version}稿 · {fullMoment(line.updated_at)}
            </small>
          </a>
        </li>
      ))}
    </ul>
  )
}

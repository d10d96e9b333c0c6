import { App, Button, Input, Skeleton } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import * as counsel from '../../api/counsel'
import { asProblem, type Problem } from '../../api/http'
import type { CheckedCitation, FactField, MissingFact } from '../../api/types'
import {
  type Asked,
  type CaseForm,
  empty,
  flat,
  type FormKey,
  request,
  useCaseForm,
  type Value,
} from '../../state/caseForms'
import { fieldsOf, handOver } from '../../state/drafting'
import { useFetched, useStill } from '../../state/hooks'
import { printOpinion } from '../../state/printing'
import { useReading } from '../../state/reading'
import { go } from '../../state/route'
import { valueInWords } from '../../text/cases'
import { copyText } from '../../text/clipboard'
import { longDate } from '../../text/dates'
import { CopyOutlined, FileTextOutlined, PrinterOutlined } from '../icons'
import { OtherDayNotice } from '../OtherDayNotice'
import { ProblemNote } from '../ProblemNote'
import { FactsEditor, numberIn } from './FactsEditor'
import { FieldProblem, Proposal } from './Proposal'
import { type Answer, useFactFields } from './Questions'

const LONGEST = 20_000

/** What both engines answer. */
interface Opinion {
  as_of: string
  label: string
  text: string
  citations: CheckedCitation[]
  contradictions: string[]
  missing: MissingFact[]
}

interface Props<T extends Opinion> {
  form: FormKey
  title: string
  lead: string
  example: string
  /** Facts that are asked for from the start. */
  asks: readonly string[]
  /** The form has a basis and a proposed penalty. */
  proposes?: boolean
  check: (asked: Asked, asOf: string) => Promise<T>
  /** The kind of paper that the verdict calls for. */
  paper: (answer: T) => string
  card: (given: { answer: T; asked: Asked; reply: Answer }) => ReactNode
}

/** A case in three steps on one page: told, the facts corrected, the verdict; each answer to a question decides anew. */
export function CasePage<T extends Opinion>(props: Props<T>) {
  const { title, lead, example, proposes = false, asks, check, card, paper } = props
  const { asOf } = useReading()
  const { message } = App.useApp()
  const fields = useFactFields()
  const [form, change] = useCaseForm(props.form)
  const [reading, setReading] = useState(false)
  const [trouble, setTrouble] = useState<Problem | null>(null)
  const { asked } = form
  // `check` is made anew on every render; what it is asked decides when it is sent.
  const checking = useRef(check)
  useEffect(() => {
    checking.current = check
  })
  const fetching = useMemo(() => (asked ? () => checking.current(asked, asOf) : null), [asked, asOf])
  const { value: answer, problem, loading, retry } = useFetched<T>(fetching)
  const result = useResult(answer !== null || problem !== null)

  const problems = useMemo(() => byField(problem, answer), [problem, answer])
  const stale = form.read !== null && form.told !== form.read.told

  const readFacts = async () => {
    setReading(true)
    setTrouble(null)
    try {
      const read = await counsel.readFacts(form.told, asOf)
      const { fine, fine_person, kinds } = read.proposed
      change({
        read: { ...read, told: form.told },
        values: flat(read.facts).values,
        asked: null,
        basis: read.basis || form.basis,
        proposed: {
          fine: fine == null ? form.proposed.fine : String(fine),
          fine_person: fine_person == null ? form.proposed.fine_person : String(fine_person),
          kinds: kinds.length ? [...kinds] : form.proposed.kinds,
        },
      })
    } catch (error) {
      setTrouble(asProblem(error))
    } finally {
      setReading(false)
    }
  }

  const put = (next: CaseForm): void => change({ ...next, asked: askedOf(next) })
  const reply: Answer = (fact, _label, written) => {
    if (fact === 'basis') return put({ ...form, basis: written })
    if (fact === 'fine') return put({ ...form, proposed: { ...form.proposed, fine: written } })
    put({
      ...form,
      values: { ...form.values, [fact]: valueOf(fields.get(fact), written, answer?.missing, fact) },
    })
  }
  const edit = (next: Partial<CaseForm>): void => (asked ? put({ ...form, ...next }) : change(next))

  return (
    <div className="page">
      <div className="column case">
        <h1>{title}</h1>
        <p className="page-lead">{lead}</p>
        <OtherDayNotice />
        <section className="case-told">
          <Input.TextArea
            aria-label="案情"
            value={form.told}
            autoSize={{ minRows: 4, maxRows: 14 }}
            placeholder={example}
            status={problems.has('description') || form.told.length > LONGEST ? 'error' : ''}
            onChange={(event) => change({ told: event.target.value })}
          />
          <FieldProblem problem={problems.get('description')} />
          {proposes && <Proposal form={form} change={change} problems={problems} />}
          <div className="check-bar">
            <span data-long={form.told.length > LONGEST || undefined}>
              {form.told.length.toLocaleString()} 字
              {form.told.length > LONGEST && `，超过${LONGEST.toLocaleString()}字的上限`}
            </span>
            {(form.told || form.read) && (
              <Button
                type="text"
                onClick={() => {
                  empty(props.form)
                  setTrouble(null)
                }}
              >
                清空
              </Button>
            )}
            <Button
              type={form.read && !stale ? 'default' : 'primary'}
              loading={reading}
              disabled={!form.told.trim() || form.told.length > LONGEST}
              onClick={readFacts}
            >
              {form.read ? '重新读出事实' : '读出事实'}
            </Button>
          </div>
          {trouble && <ProblemNote problem={trouble} retry={readFacts} />}
        </section>
        {form.read && (
          <section className="case-facts" aria-label="核对事实">
            <h2>核对事实</h2>
            <p className="case-hint">
              {Object.keys(form.read.facts).length
                ? '以下是从原话里读出的。不对的请改，不能确定的选不知道；没有提到的不会替您认定。'
                : '没有从这段话里读出可以直接认定的事实，请补充知道的。'}
            </p>
            {form.read.notes.map((note) => (
              <p key={note} className="case-note">
                {note}
              </p>
            ))}
            {fields.size === 0 && <Skeleton active paragraph={{ rows: 4 }} />}
            <FactsEditor
              fields={fields}
              values={form.values}
              read={form.read}
              problems={problems}
              open={asks}
              change={(values) => edit({ values })}
            />
            <div className="check-bar">
              <span>{stale && '案情改过了，请重新读出事实'}</span>
              <Button type="primary" loading={loading} onClick={() => put(form)}>
                {asked ? '重新核验' : '核验'}
              </Button>
            </div>
          </section>
        )}
        <div ref={result} className="case-result" aria-live="polite" aria-busy={loading}>
          {problem && <ProblemNote problem={problem} retry={retry} />}
          {loading && !answer && <Skeleton active paragraph={{ rows: 6 }} />}
          {answer && asked && !problem && (
            <>
              {card({ answer, asked, reply })}
              <div className="answer-actions">
                <Button
                  type="text"
                  size="small"
                  icon={<CopyOutlined />}
                  onClick={async () => {
                    await copyText(`${answer.text}\n\n（以${longDate(answer.as_of)}的法律为准。执法顾问）`)
                    message.success('已复制意见')
                  }}
                >
                  复制意见
                </Button>
                <Button
                  type="text"
                  size="small"
                  icon={<FileTextOutlined />}
                  onClick={() => {
                    handOver({
                      description: form.told,
                      facts: asked.facts,
                      asOf: answer.as_of,
                      kind: paper(answer),
                      fields: fieldsOf(asked.basis, asked.proposed),
                    })
                    go('/opinions')
                  }}
                >
                  拟成文书
                </Button>
                <Button
                  type="text"
                  size="small"
                  icon={<PrinterOutlined />}
                  onClick={() =>
                    printOpinion({
                      title,
                      told: form.told,
                      facts: Object.entries(form.values).map(([name, value]) => ({
                        label: fields.get(name)?.label ?? name.replace(/^other\./, ''),
                        value: valueInWords(value, fields.get(name)?.unit),
                      })),
                      text: answer.text,
                      citations: answer.citations,
                      asOf: answer.as_of,
                    })
                  }
                >
                  打印
                </Button>
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  )
}

function askedOf(form: CaseForm): Asked {
  const { fine, fine_person, kinds } = form.proposed
  const proposed: Record<string, unknown> = {}
  if (fine.trim()) proposed.fine = numberIn(fine) ?? fine
  if (fine_person.trim()) proposed.fine_person = numberIn(fine_person) ?? fine_person
  if (kinds.length) proposed.kinds = kinds
  return { ...request(form), basis: form.basis, proposed: proposed }
}

/** An answer in words as the value of its fact; what it cannot be is sent as it stands, and the server says why not. */
function valueOf(
  field: FactField | undefined,
  written: string,
  missing: readonly MissingFact[] | undefined,
  fact: string,
): Value {
  const options = missing?.find((one) => one.fact === fact)?.options ?? []
  if (field?.kind === 'yes_no' || (options.includes('是') && options.includes('否'))) return written === '是'
  if (field?.kind === 'yuan' || field?.kind === 'count') return numberIn(written) ?? written
  return written
}

/** Problems by the field they belong to: what the server refused, and what contradicts. */
function byField(problem: Problem | null, answer: Opinion | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { where, problem: words } of problem?.errors ?? [])
    found.set(where.replace(/^facts\./, ''), words)
  for (const words of answer?.contradictions ?? []) {
    const one = answer?.missing.find((asked) => asked.question.startsWith(words))
    if (one) found.set(one.fact, words)
  }
  return found
}

/** Brings the verdict into view when it is first asked for. */
function useResult(there: boolean) {
  const place = useRef<HTMLDivElement>(null)
  const still = useStill()
  useEffect(() => {
    if (there) place.current?.scrollIntoView({ block: 'start', behavior: still ? 'instant' : 'smooth' })
  }, [there, still])
  return place
}

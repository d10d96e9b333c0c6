import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import * as counsel from '../../api/counsel'
import type { FactField, MissingFact } from '../../api/types'
import { shortCitation } from '../../text/cases'

const SHOWN = 3
const YES = ['是', '否']

/** What a question is answered with: the fact, its name, and the value as a person writes it. */
export type Answer = (fact: string, label: string, value: string) => void

interface Props {
  missing: readonly MissingFact[]
  /** Null: the questions are shown, and answered elsewhere (an older answer of a conversation). */
  answer: Answer | null
}

/** The questions that would decide, most decisive first, each answered by a button or a short field. */
export function Questions({ missing, answer }: Props) {
  const fields = useFactFields()
  const [all, setAll] = useState(false)
  if (!missing.length) return null
  const shown = all ? missing : missing.slice(0, SHOWN)
  return (
    <section className="questions" aria-label="还需查明">
      <h3>还需查明</h3>
      <ol>
        {shown.map((one) => (
          <Question
            key={`${one.fact}${one.question}`}
            one={one}
            field={fields.get(one.fact)}
            answer={answer}
          />
        ))}
      </ol>
      {missing.length > SHOWN && (
        <button type="button" className="linklike more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '只看最要紧的' : `另有 ${missing.length - SHOWN} 项可以一并查明`}
        </button>
      )}
    </section>
  )
}

function Question({
  one,
  field,
  answer,
}: {
  one: MissingFact
  field: FactField | undefined
  answer: Answer | null
}) {
  const [written, setWritten] = useState('')
  const label = labelOf(one.fact, field)
  const options = one.options.length ? one.options : field?.kind === 'yes_no' ? YES : (field?.options ?? [])
  return (
    <li>
      <p>{one.question}</p>
      {answer && options.length > 0 && (
        <div className="options" data-long={options.some((option) => option.length > 10) || undefined}>
          {options.map((option) => (
            <Button key={option} onClick={() => answer(one.fact, label, option)}>
              {shortCitation(option)}
            </Button>
          ))}
        </div>
      )}
      {answer && (options.length === 0 || one.fact === 'basis') && (
        <form
          className="options"
          onSubmit={(event) => {
            event.preventDefault()
            if (written.trim()) answer(one.fact, label, written.trim())
          }}
        >
          <Input
            aria-label={label}
            value={written}
            type={field?.kind === 'day' ? 'date' : 'text'}
            inputMode={
              field?.kind === 'yuan' || field?.kind === 'count' || one.fact === 'fine' ? 'decimal' : 'text'
            }
            suffix={field?.unit || (one.fact === 'fine' ? '元' : undefined)}
            placeholder={one.fact === 'basis' ? '例如：《食品安全法》第一百二十四条第一款' : undefined}
            onChange={(event) => setWritten(event.target.value)}
          />
          <Button htmlType="submit" disabled={!written.trim()}>
            确定
          </Button>
        </form>
      )}
    </li>
  )
}

const OWN: Record<string, string> = { basis: '处罚依据', fine: '拟罚款' }
const labelOf = (fact: string, field: FactField | undefined): string =>
  OWN[fact] ?? field?.label ?? fact.replace(/^other\./, '')

const NONE = new Map<string, FactField>()

/** The facts by their names; empty until they are there. */
export function useFactFields(): ReadonlyMap<string, FactField> {
  const [fields, setFields] = useState<ReadonlyMap<string, FactField>>(NONE)
  useEffect(() => {
    let gone = false
    counsel.factFields().then(
      (list) => {
        if (!gone) setFields(new Map(list.map((field) => [field.name, field])))
      },
      // Without them a question is still asked, under the server's own words.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [])
  return fields
}

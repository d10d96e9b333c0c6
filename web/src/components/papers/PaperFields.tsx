import { Button, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { FormField, Opinion, OpinionForm, OpinionMissing } from '../../api/types'

const SHOWN = 8 // questions shown at once beside those that must be answered
type Values = Record<string, unknown>
const DATES = /_date$|日$/
const NUMBERS = new Set([
  'illegal_gains',
  'goods_value',
  'affected_people',
  'duration_days',
  'prior_violations',
  'age',
])
const YES: Record<string, boolean> = { 是: true, 否: false }

interface Props {
  opinion: Opinion
  form: OpinionForm
  save: (change: { fields?: Values; facts?: Values }) => Promise<boolean>
}

/** What the paper lacks, asked one by one; answered, the paper is composed anew. */
export function PaperMissing({ opinion, form, save }: Props) {
  const [values, setValues] = useState<Values>({})
  const [sending, setSending] = useState(false)
  const asked = (opinion.missing ?? []).filter((one) => controlOf(one, form))
  const first = asked.filter((one, at) => one.required || at < SHOWN)
  const rest = asked.filter((one) => !first.includes(one))
  if (!asked.length) return null
  const submit = async () => {
    setSending(true)
    const fields: Values = {}
    const facts: Values = {}
    const other: Values = {}
    for (const [fact, value] of Object.entries(values)) {
      if (value === undefined || value === '' || value === null) continue
      if (fact.startsWith('fields.')) fields[fact.slice(7)] = value
      else if (fact.startsWith('other.')) other[fact.slice(6)] = value
      else facts[fact] = value
    }
    if (Object.keys(other).length) {
      const before = opinion.given_facts?.other
      facts.other = { ...(typeof before === 'object' ? before : {}), ...other }
    }
    if (await save({ fields, ...(Object.keys(facts).length && { facts }) })) setValues({})
    setSending(false)
  }
  const question = (one: OpinionMissing) => (
    <label key={one.fact + one.question} data-required={one.required || undefined}>
      <span>
        {one.label}
        {one.required && <b aria-label="必填">＊</b>}
      </span>
      <small>{one.question}</small>
      <Control
        missing={one}
        form={form}
        value={values[one.fact]}
        change={(value) => setValues((before) => ({ ...before, [one.fact]: value }))}
      />
    </label>
  )
  return (
    <form
      className="paper-card"
      aria-label="还缺"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2>
        还缺 {asked.length} 项<small>填一项是一项，不知道的留空；文书里显示为【待填】</small>
      </h2>
      <div className="paper-fields">{first.map(question)}</div>
      {rest.length > 0 && (
        <details>
          <summary>还可以查明的 {rest.length} 项</summary>
          <div className="paper-fields">{rest.map(question)}</div>
        </details>
      )}
      <div className="paper-bar">
        <span />
        <Button type="primary" htmlType="submit" loading={sending} disabled={!Object.keys(values).length}>
          填入文书
        </Button>
      </div>
    </form>
  )
}

/** What was told of the case; changed, the paper is composed anew, and what people wrote in it stands. */
export function PaperTold({ opinion, save }: { opinion: Opinion; save: (told: string) => Promise<boolean> }) {
  const [told, setTold] = useState(opinion.description ?? '')
  const [sending, setSending] = useState(false)
  return (
    <details className="paper-card">
      <summary>案情描述</summary>
      <form
        className="paper-editor"
        aria-label="案情描述"
        onSubmit={(event) => {
          event.preventDefault()
          setSending(true)
          void save(told).then(() => setSending(false))
        }}
      >
        <Input.TextArea
          aria-label="案情"
          value={told}
          maxLength={20_000}
          autoSize={{ minRows: 4, maxRows: 18 }}
          onChange={(event) => setTold(event.target.value)}
        />
        <div className="paper-bar">
          <span />
          <Button
            type="primary"
            htmlType="submit"
            loading={sending}
            disabled={opinion.status === 'final' || !told.trim() || told === (opinion.description ?? '')}
          >
            按新的案情重写
          </Button>
        </div>
      </form>
    </details>
  )
}

/** Every field of the form with what is in it. */
export function PaperFields({ opinion, form, save }: Props) {
  const [values, setValues] = useState<Values>({})
  const [sending, setSending] = useState(false)
  const submit = async () => {
    setSending(true)
    const fields = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, value === undefined ? null : value]),
    )
    if (await save({ fields })) setValues({})
    setSending(false)
  }
  return (
    <details className="paper-card">
      <summary>全部字段</summary>
      <form
        aria-label="全部字段"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="paper-fields">
          {form.fields.map((field) => (
            <label key={field.key} data-required={field.required || undefined}>
              <span>
                {field.name}
                {field.required && <b aria-label="必填">＊</b>}
              </span>
              <FieldControl
                field={field}
                value={field.key in values ? values[field.key] : opinion.fields?.[field.key]}
                change={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
              />
            </label>
          ))}
        </div>
        <div className="paper-bar">
          <span />
          <Button
            type="primary"
            htmlType="submit"
            loading={sending}
            disabled={!Object.keys(values).length || opinion.status === 'final'}
          >
            保存字段
          </Button>
        </div>
      </form>
    </details>
  )
}

function controlOf(missing: OpinionMissing, form: OpinionForm): boolean {
  if (!missing.fact.startsWith('fields.')) return missing.fact !== 'description'
  return form.fields.some((field) => `fields.${field.key}` === missing.fact)
}

interface ControlProps {
  value: unknown
  change: (value: unknown) => void
}

function Control({ missing, form, ...rest }: ControlProps & { missing: OpinionMissing; form: OpinionForm }) {
  const field = form.fields.find((one) => `fields.${one.key}` === missing.fact)
  if (field) return <FieldControl field={field} {...rest} />
  return <FactControl missing={missing} {...rest} />
}

function FieldControl({ field, value, change }: ControlProps & { field: FormField }) {
  const text = typeof value === 'string' ? value : ''
  switch (field.type) {
    case '日期':
      return <Day value={text} change={change} />
    case '金额':
      return (
        <InputNumber
          min={0}
          value={typeof value === 'number' ? value : null}
          suffix="元"
          onChange={(amount) => change(amount ?? undefined)}
        />
      )
    case '选项':
      return (
        <Select
          allowClear
          value={text || null}
          placeholder="请选"
          options={field.options.map((option) => ({ value: option, label: option }))}
          onChange={(option: string | null | undefined) => change(option ?? undefined)}
        />
      )
    case '多项':
      return (
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 8 }}
          placeholder="一行一项"
          value={Array.isArray(value) ? value.join('\n') : text}
          onChange={(event) => change(event.target.value ? event.target.value.split('\n') : undefined)}
        />
      )
    case '长文':
      return (
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 10 }}
          value={text}
          onChange={(event) => change(event.target.value || undefined)}
        />
      )
    default:
      return (
        <Input
          value={text}
          maxLength={500}
          placeholder={PLACEHOLDERS[field.type]}
          onChange={(event) => change(event.target.value || undefined)}
        />
      )
  }
}

const PLACEHOLDERS: Record<string, string | undefined> = {
  条款: '《…法》第…条第…款',
  文号: '机关代字〔2026〕1号',
}

function FactControl({ missing, value, change }: ControlProps & { missing: OpinionMissing }) {
  const name = missing.fact.replace(/^other\./, '')
  if (missing.options.length)
    return (
      <Select
        allowClear
        placeholder="请选"
        value={typeof value === 'boolean' ? (value ? '是' : '否') : ((value as string) ?? null)}
        options={missing.options.map((option) => ({ value: option, label: option }))}
        onChange={(option: string | null | undefined) =>
          change(option == null ? undefined : (YES[option] ?? option))
        }
      />
    )
  if (DATES.test(name)) return <Day value={typeof value === 'string' ? value : ''} change={change} />
  if (NUMBERS.has(name))
    return (
      <InputNumber
        min={0}
        value={typeof value === 'number' ? value : null}
        onChange={(amount) => change(amount ?? undefined)}
      />
    )
  return (
    <Input
      value={typeof value === 'string' ? value : ''}
      maxLength={500}
      onChange={(event) => change(event.target.value || undefined)}
    />
  )
}

function Day({ value, change }: { value: string; change: (value: unknown) => void }) {
  return (
    // Enter settles the day; it does not send the form.
    <span onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}>
      <DatePicker
        value={value ? dayjs(value) : null}
        placeholder="选日期"
        onChange={(day) => change(day ? day.format('YYYY-MM-DD') : undefined)}
      />
    </span>
  )
}

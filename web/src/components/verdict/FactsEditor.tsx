import { Button, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { FactField, FactsRead } from '../../api/types'
import type { Value, Values } from '../../state/caseForms'
import { flat } from '../../state/caseForms'
import { CloseOutlined } from '../icons'

interface Props {
  fields: ReadonlyMap<string, FactField>
  values: Values
  read: FactsRead | null
  /** Problems by the name of the fact. */
  problems: ReadonlyMap<string, string>
  change: (values: Values) => void
  /** Facts that are asked for from the start, though nothing of them is known. */
  open?: readonly string[]
}

/** The facts of a case with the words they were read in, to be corrected, struck out and added to. */
export function FactsEditor({ fields, values, read, problems, change, open = [] }: Props) {
  const [added, setAdded] = useState<readonly string[]>([])
  const { values: found, quotes } = flat(read?.facts ?? {})
  const disputed = new Map(read?.disputed.map((one) => [one.name, one]))
  const rough = new Map(read?.rough.map((one) => [one.name, one]))
  const set = (name: string, value: Value | undefined): void => {
    const next = { ...values }
    if (value === undefined || value === '') delete next[name]
    else next[name] = value
    change(next)
  }
  const known = (name: string): boolean =>
    name in values ||
    name in found ||
    added.includes(name) ||
    disputed.has(name) ||
    rough.has(name) ||
    problems.has(name)
  const named = [...fields.values()]
  const groups = [...new Set(named.map((field) => field.group))]
  const loose = Object.keys(values).filter((name) => !fields.has(name))
  return (
    <div className="facts">
      {groups.map((group) => {
        const mine = named.filter((field) => field.group === group)
        const shown = mine.filter((field) => known(field.name) || open.includes(field.name))
        const rest = mine.filter((field) => !shown.includes(field))
        return (
          <div key={group} className="fact-group" role="group" aria-label={group}>
            <h3 aria-hidden="true">{group}</h3>
            {shown.map((field) => (
              <Row
                key={field.name}
                field={field}
                value={values[field.name]}
                quote={values[field.name] === found[field.name] ? quotes[field.name] : undefined}
                struck={field.name in found && !(field.name in values) ? quotes[field.name] : undefined}
                disputed={field.name in values ? undefined : disputed.get(field.name)?.quotes}
                rough={field.name in values ? undefined : rough.get(field.name)?.quote}
                problem={problems.get(field.name)}
                set={(value) => set(field.name, value)}
              />
            ))}
            {rest.length > 0 && (
              <Select
                className="add-fact"
                variant="borderless"
                value={null}
                placeholder={shown.length ? '＋ 补充其他' : '＋ 没有提到，可以补充'}
                aria-label={`补充${group}`}
                popupMatchSelectWidth={false}
                options={rest.map((field) => ({ value: field.name, label: field.label }))}
                onChange={(name: string) => setAdded((before) => [...before, name])}
              />
            )}
          </div>
        )
      })}
      {loose.length > 0 && (
        <div className="fact-group" role="group" aria-label="清单另问的">
          <h3 aria-hidden="true">清单另问的</h3>
          {loose.map((name) => (
            <div className="fact" key={name}>
              <span className="fact-label">{name.replace(/^other\./, '')}</span>
              <span className="fact-value">
                {values[name] === true ? '是' : values[name] === false ? '否' : String(values[name])}
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={`去掉${name.replace(/^other\./, '')}`}
                  onClick={() => set(name, undefined)}
                />
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

interface RowProps {
  field: FactField
  value: Value | undefined
  quote: string | undefined
  struck: string | undefined
  disputed: readonly string[] | undefined
  rough: string | undefined
  problem: string | undefined
  set: (value: Value | undefined) => void
}

function Row({ field, value, quote, struck, disputed, rough, problem, set }: RowProps) {
  const id = `fact-${field.name}`
  return (
    <div className="fact" data-problem={Boolean(problem || disputed) || undefined}>
      <label className="fact-label" htmlFor={id} id={`${id}-label`}>
        {field.label}
      </label>
      <span className="fact-value">
        <Control field={field} id={id} value={value} set={set} />
      </span>
      <span className="fact-said">
        {quote && <q>{quote}</q>}
        {struck && (
          <>
            原话 <q>{struck}</q>，已不采用
          </>
        )}
        {disputed && (
          <b>
            说法不一：
            {disputed.map((words) => (
              <q key={words}>{words}</q>
            ))}
            ，以哪个为准？
          </b>
        )}
        {rough && (
          <>
            只说到 <q>{rough}</q>，请写明
          </>
        )}
        {problem && <b role="alert">{problem}</b>}
      </span>
    </div>
  )
}

const UNKNOWN = '不知道'

function Control({
  field,
  id,
  value,
  set,
}: {
  field: FactField
  id: string
  value: Value | undefined
  set: (value: Value | undefined) => void
}) {
  // A number half written is no fact yet.
  const [draft, setDraft] = useState<{ of: Value | undefined; text: string } | null>(null)
  if (field.kind === 'yes_no')
    return (
      <Segmented
        id={id}
        aria-labelledby={`${id}-label`}
        value={value === true ? '是' : value === false ? '否' : UNKNOWN}
        options={['是', '否', UNKNOWN]}
        onChange={(chosen) => set(chosen === UNKNOWN ? undefined : chosen === '是')}
      />
    )
  if (field.kind === 'choice')
    return (
      <Select
        id={id}
        aria-label={field.label}
        allowClear
        value={(value as string | undefined) ?? null}
        placeholder={UNKNOWN}
        options={field.options.map((option) => ({ value: option, label: option }))}
        onChange={(chosen: string | null) => set(chosen ?? undefined)}
      />
    )
  const text = draft && draft.of === value ? draft.text : value === undefined ? '' : String(value)
  const numeric = field.kind === 'yuan' || field.kind === 'count'
  const commit = (written: string): void => {
    setDraft(null)
    const bare = written.trim()
    if (!numeric || !bare) return set(bare || undefined)
    const amount = numberIn(bare)
    // What is no number is sent as it stands: the server says what is wrong with it.
    set(amount ?? bare)
  }
  return (
    <Input
      id={id}
      type={field.kind === 'day' ? 'date' : 'text'}
      inputMode={numeric ? 'decimal' : 'text'}
      placeholder={UNKNOWN}
      suffix={field.unit || undefined}
      value={text}
      maxLength={field.kind === 'text' ? 2000 : 40}
      onChange={(event) => {
        if (field.kind === 'day') commit(event.target.value)
        else setDraft({ of: value, text: event.target.value })
      }}
      onBlur={() => draft && commit(draft.text)}
      onPressEnter={() => draft && commit(draft.text)}
    />
  )
}

/** 3000, 3,000, 3万, 1.5万元 as a number; null for what is none. */
export function numberIn(written: string): number | null {
  const found = /^(-?[\d,，]*\.?\d+)\s*(万|千|亿)?\s*(?:元|人|天|次|岁|周岁)?$/.exec(written.trim())
  if (!found?.[1]) return null
  const scale = { 千: 1e3, 万: 1e4, 亿: 1e8 }[found[2] ?? ''] ?? 1
  const amount = Number(found[1].replaceAll(/[,，]/g, '')) * scale
  return Number.isFinite(amount) ? Math.round(amount * 100) / 100 : null
}

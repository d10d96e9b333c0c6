/**
 * The two forms of a case as they are being filled in. They live outside the components, so that nothing is lost while
 * their reader looks something up on another page; the address holds nothing of a case.
 */

import { useCallback, useSyncExternalStore } from 'react'
import type { FactsRead, ProposedPenalty } from '../api/types'

export type Value = boolean | number | string
/** Facts by their names on the wire; those a list asks as `other.<name>`. */
export type Values = Record<string, Value>

export interface CaseForm {
  told: string
  /** What was read, and of which words; null until it was read. */
  read: (FactsRead & { told: string }) | null
  values: Values
  basis: string
  proposed: { fine: string; fine_person: string; kinds: string[] }
  /** What was sent to be decided; null until the reader asks for it. */
  asked: Asked | null
}

export interface Asked {
  description?: string
  facts: Record<string, unknown>
  basis: string
  proposed: Partial<ProposedPenalty>
}

export type FormKey = 'exemption' | 'proportionality'

const EMPTY: CaseForm = {
  told: '',
  read: null,
  values: {},
  basis: '',
  proposed: { fine: '', fine_person: '', kinds: [] },
  asked: null,
}
const forms = new Map<FormKey, CaseForm>()
const listeners = new Set<() => void>()

export function fill(key: FormKey, change: Partial<CaseForm>): void {
  forms.set(key, { ...(forms.get(key) ?? EMPTY), ...change })
  for (const tell of listeners) tell()
}

export function empty(key: FormKey): void {
  forms.delete(key)
  for (const tell of listeners) tell()
}

export function useCaseForm(key: FormKey): [CaseForm, (change: Partial<CaseForm>) => void] {
  const form = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => forms.get(key) ?? EMPTY,
  )
  return [form, useCallback((change) => fill(key, change), [key])]
}

/** `{harm: {value, quote}, other: {…}}` of the wire as values by name, and the words of each. */
export function flat(facts: Readonly<Record<string, unknown>>): {
  values: Values
  quotes: Record<string, string>
} {
  const values: Record<string, Value> = {}
  const quotes: Record<string, string> = {}
  const take = (name: string, fact: unknown): void => {
    if (!fact || typeof fact !== 'object' || !('value' in fact)) return
    values[name] = fact.value as Value
    if ('quote' in fact && typeof fact.quote === 'string') quotes[name] = fact.quote
  }
  for (const [name, fact] of Object.entries(facts)) {
    if (name !== 'other') take(name, fact)
    else for (const [own, one] of Object.entries(fact ?? {})) take(`other.${own}`, one)
  }
  return { values, quotes }
}

/**
 * What is sent: the facts as they stand, each with its words where it was read and left alone; and the description
 * without the words of facts that a person corrected or struck out, so that they are not read again.
 */
export function request(form: CaseForm): Pick<Asked, 'description' | 'facts'> {
  const read = flat(form.read?.facts ?? {})
  const facts: Record<string, unknown> = {}
  const other: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(form.values)) {
    const quote = read.values[name] === value ? read.quotes[name] : undefined
    const fact = quote ? { value, quote } : value
    if (name.startsWith('other.')) other[name.slice(6)] = fact
    else facts[name] = fact
  }
  if (Object.keys(other).length) facts.other = other
  let description = form.told
  const settled = [
    ...Object.entries(read.quotes)
      .filter(([name]) => form.values[name] !== read.values[name])
      .map(([, quote]) => quote),
    ...(form.read?.disputed ?? []).filter((one) => one.name in form.values).flatMap((one) => one.quotes),
  ]
  for (const quote of settled) if (quote) description = description.replace(quote, '')
  return { ...(description.trim() && { description }), facts }
}

/** What another page hands over to be made into a paper: an answer of the chat, a verdict. */

import type { Done, ExemptionAnswer, ProposedPenalty } from '../api/types'

export interface Material {
  description: string
  facts: Record<string, unknown>
  asOf: string
  /** The kind of paper that what was found calls for; the reader may choose another. */
  kind?: string
  /** Fields of the form, sent where the chosen kind has them. */
  fields?: Record<string, unknown>
}

let waiting: Material | null = null

export function handOver(material: Material): void {
  waiting = material
}

/** Given once: the page that drafts takes it. */
export function takeOver(): Material | null {
  const material = waiting
  waiting = null
  return material
}

/** A case in which the penalty falls away goes to its party as a decision; any other is an opinion for the office. */
export const kindOfExemption = (verdict: ExemptionAnswer['verdict']): string =>
  verdict === 'must_not_punish' || verdict === 'may_not_punish' ? 'no_penalty_decision' : 'legal_opinion'

export const KIND_OF_REVIEW = 'legality_review'

/** The proposed penalty as the fields of a form. */
export function fieldsOf(basis: string, proposed: Partial<ProposedPenalty>): Record<string, unknown> {
  const { fine, fine_person, kinds } = proposed
  return {
    ...(basis.trim() && { basis: basis.trim() }),
    ...(typeof fine === 'number' && { fine }),
    ...(typeof fine_person === 'number' && { fine_person }),
    ...(kinds?.length && { kinds: [...kinds] }),
  }
}

/** An answer of the chat: the case that was decided in it, else the question alone. */
export function materialOf(done: Done, question: string): Material {
  const finding = done.findings.find((one) => one.answer)
  if (!finding?.answer) return { description: question, facts: done.facts ?? {}, asOf: done.as_of }
  const base = { description: finding.told || question, facts: finding.answer.facts, asOf: done.as_of }
  if (finding.kind === 'exemption') return { ...base, kind: kindOfExemption(finding.answer.verdict) }
  return { ...base, kind: KIND_OF_REVIEW, fields: fieldsOf(finding.basis ?? '', finding.proposed) }
}

/** The name that signs, remembered on this computer until there are accounts. */
const KEY = 'counsel.signer'
export const signerName = (): string => localStorage.getItem(KEY) ?? ''
export const rememberSigner = (name: string): void => localStorage.setItem(KEY, name)

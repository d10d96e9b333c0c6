/** Which answer is being printed. The sheet is drawn beside the page and only paper shows it. */

import { useSyncExternalStore } from 'react'
import type { CheckedCitation, Done } from '../api/types'

/** An answer of a conversation, or the opinion of a form. */
export type Sheet = AnswerSheet | OpinionSheet

export interface AnswerSheet {
  done: Done
  question: string
  askedAt: string
}

export interface OpinionSheet {
  title: string
  told: string
  facts: { label: string; value: string }[]
  text: string
  citations: readonly CheckedCitation[]
  asOf: string
}

let sheet: Sheet | null = null
const listeners = new Set<() => void>()

function set(next: Sheet | null): void {
  sheet = next
  for (const tell of listeners) tell()
}

export const printAnswer = (next: AnswerSheet): void => set(next)
export const printOpinion = (next: OpinionSheet): void => set(next)
export const donePrinting = (): void => set(null)

export const useSheet = (): Sheet | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sheet,
  )

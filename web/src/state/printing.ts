/** Which answer is being printed. The sheet is drawn beside the page and only paper shows it. */

import { useSyncExternalStore } from 'react'
import type { Done } from '../api/types'

export interface Sheet {
  done: Done
  question: string
  askedAt: string
}

let sheet: Sheet | null = null
const listeners = new Set<() => void>()

function set(next: Sheet | null): void {
  sheet = next
  for (const tell of listeners) tell()
}

export const printAnswer = (next: Sheet): void => set(next)
export const donePrinting = (): void => set(null)

export const useSheet = (): Sheet | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => sheet,
  )

/** Who is signed in, and what he may do. */

import { createContext, use } from 'react'
import type { SessionAnswer } from '../api/types'

const Context = createContext<SessionAnswer | null>(null)
export const SessionProvider = Context.Provider

/** Whether an action of the table of permissions is his to do. */
export function useMay(action: string): boolean {
  return use(Context)?.actions?.includes(action) ?? false
}

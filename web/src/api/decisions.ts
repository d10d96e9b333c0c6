/** The doors of decided cases. */

import { read } from './http'
import type { DecisionList, DecisionView, SimilarAnswer } from './schema'

const V1 = '/api/v1'

export interface DecisionQuery {
  q?: string | undefined
  provision?: string | undefined
  outcome?: string | undefined
  field?: string | undefined
}

export function decisions(query: DecisionQuery, as_of: string, signal: AbortSignal): Promise<DecisionList> {
  const asked = new URLSearchParams({ as_of })
  for (const [name, value] of Object.entries(query))
    if (typeof value === 'string' && value) asked.set(name, value)
  return read(`${V1}/decisions?${asked}`, { signal })
}

export const decision = (id: string, as_of: string, signal: AbortSignal): Promise<DecisionView> =>
  read(`${V1}/decisions/${encodeURIComponent(id)}?as_of=${as_of}`, { signal })

export const similar = (description: string, as_of: string, signal: AbortSignal): Promise<SimilarAnswer> =>
  read(`${V1}/decisions/similar`, { method: 'POST', json: { description, as_of }, signal })

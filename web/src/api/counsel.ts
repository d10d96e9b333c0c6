/** The doors of the server that the page uses. */

import { Problem, read, send } from './http'
import { serverEvents } from './stream'
import type {
  CheckAnswer,
  ConversationAnswer,
  ConversationSummary,
  Done,
  Evidence,
  ExemptionAnswer,
  FactField,
  FactsRead,
  Failed,
  FigureAnswer,
  FigureOverview,
  Opinion,
  OpinionComparison,
  OpinionForm,
  OpinionLine,
  OpinionVersion,
  ProportionalityAnswer,
  ProposedPenalty,
  Provision,
  SearchAnswer,
  SearchRequest,
  SessionAnswer,
} from './types'

const V1 = '/api/v1'
const at = encodeURIComponent

export const session = (): Promise<SessionAnswer> => read(`${V1}/session`)
export const signIn = (token: string): Promise<SessionAnswer> =>
  read(`${V1}/session`, { method: 'POST', json: { token } })
export const enter = (name: string, password: string): Promise<SessionAnswer> =>
  read(`${V1}/session`, { method: 'POST', json: { name, password } })
export const signOut = (): Promise<Response> => send(`${V1}/session`, { method: 'DELETE' })

/** Null when the server is ready, else why it is not yet. */
export async function notReady(): Promise<string | null> {
  try {
    await send('/readyz')
    return null
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return error.detail
    throw error
  }
}

export type ChatEvent =
  | { type: 'evidence'; evidence: Evidence }
  | { type: 'text'; text: string }
  | { type: 'done'; done: Done }
  | { type: 'failed'; failed: Failed }

export async function* chat(
  question: { message: string; conversation_id?: string; as_of: string },
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const response = await send(`${V1}/chat`, {
    method: 'POST',
    json: { ...question, stream: true },
    headers: { accept: 'text/event-stream' },
    signal,
  })
  if (!response.body) throw new Problem(response.status, '回答没有内容', '请再试一次。')
  for await (const { event, data } of serverEvents(response.body)) {
    const body: unknown = JSON.parse(data)
    if (event === 'evidence') yield { type: 'evidence', evidence: body as Evidence }
    else if (event === 'text') yield { type: 'text', text: (body as { text: string }).text }
    else if (event === 'done') yield { type: 'done', done: body as Done }
    else if (event === 'failed') yield { type: 'failed', failed: body as Failed }
  }
}

export const search = (query: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> =>
  read(`${V1}/search`, { method: 'POST', json: query, signal })

export const checkCitations = (text: string, as_of: string, signal: AbortSignal): Promise<CheckAnswer> =>
  read(`${V1}/citations/check`, { method: 'POST', json: { text, as_of }, signal })

export interface CaseRequest {
  description?: string
  facts: Record<string, unknown>
  as_of: string
}

let known: Promise<FactField[]> | null = null
/** The facts that may be asked for; read once. */
export function factFields(): Promise<FactField[]> {
  known ??= read<FactField[]>(`${V1}/facts`).catch((error: unknown) => {
    known = null
    throw error
  })
  return known
}

export const readFacts = (description: string, as_of: string): Promise<FactsRead> =>
  read(`${V1}/facts/read`, { method: 'POST', json: { description, as_of } })

export const checkExemption = (request: CaseRequest): Promise<ExemptionAnswer> =>
  read(`${V1}/exemptions/check`, { method: 'POST', json: request })

export const checkProportionality = (
  request: CaseRequest & { basis: string; proposed: Partial<ProposedPenalty> },
): Promise<ProportionalityAnswer> => read(`${V1}/proportionality/check`, { method: 'POST', json: request })

export const askFigure = (question: string, signal: AbortSignal): Promise<FigureAnswer> =>
  read(`${V1}/stats/query`, { method: 'POST', json: { question }, signal })
export const figures = (signal: AbortSignal): Promise<FigureOverview> =>
  read(`${V1}/stats/metrics`, { signal })
/** The address of the figures as an .xlsx, of what is chosen in the table. */
export function figuresAddress(chosen: { q: string; scope: string | null; year: number | null }): string {
  const query = new URLSearchParams()
  if (chosen.q) query.set('q', chosen.q)
  if (chosen.scope) query.set('scope', chosen.scope)
  if (chosen.year) query.set('year', String(chosen.year))
  return `${V1}/stats/figures.xlsx${query.size ? `?${query}` : ''}`
}

export const reportAddress = (year: number): string => `${V1}/stats/report.docx?year=${year}`

export function provision(
  address: { law: string; article: string; version?: string | undefined; as_of: string },
  signal: AbortSignal,
): Promise<Provision> {
  const query = new URLSearchParams({ as_of: address.as_of, include_not_in_force: 'true' })
  if (address.version) query.set('version', address.version)
  return read(`${V1}/laws/${at(address.law)}/articles/${at(address.article)}?${query}`, { signal })
}

export const conversations = (): Promise<ConversationSummary[]> => read(`${V1}/conversations`)
export const conversation = (id: string): Promise<ConversationAnswer> => read(`${V1}/conversations/${at(id)}`)
export const rename = (id: string, title: string): Promise<Response> =>
  send(`${V1}/conversations/${at(id)}`, { method: 'PATCH', json: { title } })
export const remove = (id: string): Promise<Response> =>
  send(`${V1}/conversations/${at(id)}`, { method: 'DELETE' })
export const feedback = (id: string, verdict: 'useful' | 'wrong', comment?: string): Promise<Response> =>
  send(`${V1}/messages/${at(id)}/feedback`, {
    method: 'POST',
    json: { verdict, ...(comment && { comment }) },
  })
export const exportAddress = (id: string): string => `${V1}/messages/${at(id)}/export.md`

export const paperForms = (signal: AbortSignal): Promise<OpinionForm[]> =>
  read(`${V1}/opinions/kinds`, { signal })
export const papers = (signal: AbortSignal): Promise<OpinionLine[]> => read(`${V1}/opinions`, { signal })
export const paper = (id: string, signal: AbortSignal): Promise<Opinion> =>
  read(`${V1}/opinions/${at(id)}`, { signal })

export interface PaperOrder {
  kind: string
  title?: string
  description?: string
  facts?: Record<string, unknown>
  fields?: Record<string, unknown>
  as_of: string
  name?: string
}
export const draftPaper = (order: PaperOrder): Promise<Opinion> =>
  read(`${V1}/opinions`, { method: 'POST', json: order })

export interface PaperEdit {
  version: number
  name?: string
  title?: string
  sections?: { id: string; heading?: string; body: string | null }[]
  fields?: Record<string, unknown>
  facts?: Record<string, unknown>
  description?: string
}
export const editPaper = (id: string, edit: PaperEdit): Promise<Opinion> =>
  read(`${V1}/opinions/${at(id)}`, { method: 'PATCH', json: edit })

export interface PaperStep {
  version: number
  name?: string
  comment?: string
}
export const reviewPaper = (
  id: string,
  step: PaperStep & { replies: Record<string, string> },
): Promise<Opinion> => read(`${V1}/opinions/${at(id)}/review`, { method: 'POST', json: step })
export const finalizePaper = (id: string, step: PaperStep): Promise<Opinion> =>
  read(`${V1}/opinions/${at(id)}/finalize`, { method: 'POST', json: step })

export const paperVersions = (id: string, signal: AbortSignal): Promise<OpinionVersion[]> =>
  read(`${V1}/opinions/${at(id)}/versions`, { signal })
export const comparePaper = (
  id: string,
  before: number,
  after: number,
  signal: AbortSignal,
): Promise<OpinionComparison> =>
  read(`${V1}/opinions/${at(id)}/versions/compare?before=${before}&after=${after}`, { signal })
export const paperAddress = (id: string, citations: 'bracketed' | 'footnotes'): string =>
  `${V1}/opinions/${at(id)}.docx?citations=${citations}`

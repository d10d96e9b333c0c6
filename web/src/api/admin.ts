/** The administrator's doors, and one's own account. */

import { read, send } from './http'
import type {
  AuditPage,
  HealthAnswer,
  Holdings,
  JobProgress,
  PeopleAnswer,
  Person,
  ShownToken,
  Token,
  Verification,
} from './schema'

export type Role = Person['roles'][number]

const V1 = '/api/v1'
const at = encodeURIComponent

export const changePassword = (current: string, next: string): Promise<Response> =>
  send(`${V1}/session/password`, { method: 'POST', json: { current, new: next } })
export const signOutEverywhere = (): Promise<Response> =>
  send(`${V1}/session/everywhere`, { method: 'DELETE' })

export const people = (signal: AbortSignal): Promise<PeopleAnswer> => read(`${V1}/admin/people`, { signal })
export interface NewPerson {
  name: string
  title: string
  department: string | null
  roles: Role[]
  password: string | null
  single_sign_on: boolean
}
export const addPerson = (form: NewPerson): Promise<Person> =>
  read(`${V1}/admin/people`, { method: 'POST', json: form })
export const changePerson = (
  name: string,
  change: { title?: string; department?: string; roles?: Role[]; disabled?: boolean },
): Promise<Person> => read(`${V1}/admin/people/${at(name)}`, { method: 'PATCH', json: change })
export const setPassword = (name: string, password: string): Promise<Response> =>
  send(`${V1}/admin/people/${at(name)}/password`, { method: 'POST', json: { password } })
export const endSessions = (name: string): Promise<Response> =>
  send(`${V1}/admin/people/${at(name)}/sessions`, { method: 'DELETE' })

export const tokens = (signal: AbortSignal): Promise<Token[]> => read(`${V1}/admin/tokens`, { signal })
export const createToken = (form: {
  person: string
  label: string
  scopes: string[]
  days: number
}): Promise<ShownToken> => read(`${V1}/admin/tokens`, { method: 'POST', json: form })
export const revokeToken = (id: string): Promise<Token> =>
  read(`${V1}/admin/tokens/${at(id)}`, { method: 'DELETE' })

export const knowledge = (signal: AbortSignal): Promise<Holdings> => read(`${V1}/admin/knowledge`, { signal })
export const jobs = (signal: AbortSignal): Promise<JobProgress[]> => read(`${V1}/admin/jobs`, { signal })
export const health = (signal: AbortSignal): Promise<HealthAnswer> => read(`${V1}/admin/health`, { signal })

export function audit(
  chosen: { who?: string; action?: string; before?: number },
  signal?: AbortSignal,
): Promise<AuditPage> {
  const query = new URLSearchParams({ limit: '50' })
  if (chosen.who) query.set('who', chosen.who)
  if (chosen.action) query.set('action', chosen.action)
  if (chosen.before) query.set('before', String(chosen.before))
  return read(`${V1}/admin/audit?${query}`, signal ? { signal } : {})
}
export const verifyAudit = (): Promise<Verification> => read(`${V1}/admin/audit/verify`, { method: 'POST' })
export const AUDIT_CSV = `${V1}/admin/audit.csv`

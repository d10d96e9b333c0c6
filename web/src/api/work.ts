/** The doors behind 变动提醒, 事项 and 热线. */

import { read, send } from './http'
import type { HotlineView, Lawyer, Matter, Participation, WatchAnswer } from './schema'

export type MatterKind = Matter['kind']
export type MatterState = Matter['state']
export type OrderState = HotlineView['state']

const V1 = '/api/v1'
const at = encodeURIComponent

export const watch = (ahead: number, signal: AbortSignal): Promise<WatchAnswer> =>
  read(`${V1}/watch?ahead=${ahead}`, { signal })

export const matters = (state: MatterState | null, signal: AbortSignal): Promise<Matter[]> =>
  read(`${V1}/matters${state ? `?state=${at(state)}` : ''}`, { signal })
export const matter = (id: string, signal: AbortSignal): Promise<Matter> =>
  read(`${V1}/matters/${at(id)}`, { signal })
export interface NewMatterForm {
  kind: MatterKind
  title: string
  description: string
  field: string | null
  due: string | null
}
export const openMatter = (form: NewMatterForm): Promise<Matter> =>
  read(`${V1}/matters`, { method: 'POST', json: form })
export type Step = 'assign' | 'remark' | 'submit' | 'review' | 'sign' | 'withdraw'
export const takeStep = (id: string, step: Step, json: Record<string, unknown>): Promise<Matter> =>
  read(`${V1}/matters/${at(id)}/${step}`, { method: 'POST', json })
export const lawyers = (field: string | null, signal: AbortSignal): Promise<Lawyer[]> =>
  read(`${V1}/lawyers${field ? `?field=${at(field)}` : ''}`, { signal })
export const registerLawyer = (
  name: string,
  json: { title: string; department: string | null; fields: string[] },
): Promise<Response> => send(`${V1}/lawyers/${at(name)}`, { method: 'PUT', json })
export const participation = (from: string, to: string, signal: AbortSignal): Promise<Participation> =>
  read(`${V1}/matters/participation?from=${from}&to=${to}`, { signal })

export const orders = (state: OrderState | null, signal: AbortSignal): Promise<HotlineView[]> =>
  read(`${V1}/hotline/orders?limit=200${state ? `&state=${at(state)}` : ''}`, { signal })
export const order = (number: string, signal: AbortSignal): Promise<HotlineView> =>
  read(`${V1}/hotline/orders/${at(number)}`, { signal })
export const reveal = (number: string): Promise<HotlineView> =>
  read(`${V1}/hotline/orders/${at(number)}/personal`)
export const takeOrder = (json: { order_no: string; content: string }): Promise<unknown> =>
  read(`${V1}/hotline/orders`, { method: 'POST', json })
export const approve = (number: string, reply: string): Promise<HotlineView> =>
  read(`${V1}/hotline/orders/${at(number)}/approve`, { method: 'POST', json: { reply } })
export const sendBack = (number: string, reason: string): Promise<HotlineView> =>
  read(`${V1}/hotline/orders/${at(number)}/send-back`, { method: 'POST', json: { reason } })

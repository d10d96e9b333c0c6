/** The doors of the office's own records. */

import { read, send } from './http'
import type {
  FigureAnswer,
  ImportPreview,
  ImportReport,
  RecordOverview,
  RowComparisonSheet,
  RowFilter,
  RowPage,
} from './types'

const STATS = '/api/v1/stats'

/** A sheet to bring in, and what a person said of it; `mapping` is YAML. */
export interface Sheet {
  file: File
  kind?: string
  mapping?: string
}

function form({ file, kind, mapping }: Sheet): FormData {
  const body = new FormData()
  body.set('file', file)
  if (kind) body.set('kind', kind)
  if (mapping) body.set('mapping', mapping)
  return body
}

export const overview = (signal: AbortSignal): Promise<RecordOverview> => read(`${STATS}/records`, { signal })
export const preview = (sheet: Sheet): Promise<ImportPreview> =>
  read(`${STATS}/imports/preview`, { method: 'POST', body: form(sheet) })
export const bringIn = (sheet: Sheet): Promise<ImportReport> =>
  read(`${STATS}/imports`, { method: 'POST', body: form(sheet) })
export const undo = (id: string): Promise<Response> =>
  send(`${STATS}/imports/${encodeURIComponent(id)}`, { method: 'DELETE' })
export const importAddress = (id: string): string => `${STATS}/imports/${encodeURIComponent(id)}.xlsx`

export const ranking = (
  asked: { metric: string; since?: string | undefined; until?: string | undefined },
  signal: AbortSignal,
): Promise<FigureAnswer> => read(`${STATS}/ranking?${query(asked)}`, { signal })

export const comparison = (year: number, signal: AbortSignal): Promise<RowComparisonSheet> =>
  read(`${STATS}/comparison?year=${year}`, { signal })

/** Which rows: what `RowFilter` says of them, without how many they are. */
export type Asked = Pick<RowFilter, 'metric' | 'since' | 'until'> & { department?: string | null | undefined }

export const rows = (asked: Asked, page: number, signal: AbortSignal): Promise<RowPage> =>
  read(`${STATS}/rows?${query({ ...asked, page })}`, { signal })
export const rowsAddress = (asked: Asked): string => `${STATS}/rows.xlsx?${query({ ...asked })}`

function query(asked: Record<string, string | number | null | undefined>): string {
  const kept = Object.entries(asked).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString()
}

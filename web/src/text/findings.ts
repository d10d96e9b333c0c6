/** How the items of a review are grouped and called. */

import type { FileFinding } from '../api/types'

export type FindingGroup = '否决项成立' | '要整改' | '待人工核对' | '符合'
export const FINDING_GROUPS: readonly FindingGroup[] = ['否决项成立', '要整改', '待人工核对', '符合']

export function groupOf(item: FileFinding): FindingGroup {
  if (item.status === 'ok') return '符合'
  if (item.status === 'unknown') return '待人工核对'
  return item.veto ? '否决项成立' : '要整改'
}

export const STATUS_WORDS: Record<FileFinding['status'], string> = {
  ok: '符合',
  missing: '缺少',
  defect: '不符合',
  unknown: '待人工核对',
}

/** The colour of a group: the tones of a status. */
export const GROUP_TONES: Record<FindingGroup, string> = {
  否决项成立: 'dead',
  要整改: 'old',
  待人工核对: 'doubt',
  符合: 'valid',
}

/** `第3页第5段` */
export function spotOf(place: { page?: number | null; paragraph?: number | null }): string {
  return (place.page ? `第${place.page}页` : '') + (place.paragraph ? `第${place.paragraph}段` : '')
}

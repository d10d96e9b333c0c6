/** Numbers, days and warnings of figures as a reader writes them. */

import type { FigureAnswer, Flag, Operand, RowFilter } from '../api/types'

const NUMBER = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

export const number = (value: number): string => NUMBER.format(value)

export const FLAGS: Record<Flag['code'], string> = {
  inconsistent: '矛盾',
  definition_differs: '口径',
  rounded: '取整',
  estimate: '非精确数',
}

/** 截至2024-12-23, or 2024年 where the source states no day. */
export function when(period: { year?: number | null; as_of?: string | null }): string {
  if (period.as_of) return `截至${period.as_of}`
  return period.year ? `${period.year}年` : ''
}

/** The numbers of an answer: the one asked for, or the several in the order asked. */
export function numbersOf(answer: FigureAnswer): number[] {
  if (answer.values.length > 0) return answer.values
  return answer.value === null || answer.value === undefined ? [] : [answer.value]
}

/** The question that asks for a number that is known. */
export const questionOf = (operand: Operand): string =>
  `${operand.scope === '经开区' ? '' : operand.scope}${when(operand)}${operand.name}是多少`

/** 应急管理部门行政处罚，2026-07-01至2026-09-30. */
export const rowsName = (
  rows: Pick<RowFilter, 'metric' | 'since' | 'until'> & { department?: string | null | undefined },
): string => `${rows.department ?? ''}${rows.metric}，${rows.since}至${rows.until}`

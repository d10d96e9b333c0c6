/** Cases in words: the names and signs of verdicts, conditions, steps and amounts. */

import type { ExemptionAnswer, ProcedureStep, ProportionalityAnswer, ReviewFinding } from '../api/types'

export type Mark = 'met' | 'unmet' | 'unknown'

/** Said by sign, colour and word. */
export const MARKS: Record<Mark, { sign: string; word: string; tone: string }> = {
  met: { sign: '✓', word: '满足', tone: 'valid' },
  unmet: { sign: '✗', word: '不满足', tone: 'dead' },
  unknown: { sign: '?', word: '待查', tone: 'doubt' },
}

export const EXEMPTION_TONES: Record<ExemptionAnswer['verdict'], string> = {
  must_not_punish: 'valid',
  may_not_punish: 'valid',
  no_penalty_provision: 'valid',
  mitigate: 'old',
  no_exemption: 'dead',
  needs_facts: 'doubt',
}

export const FIT_TONES: Record<ProportionalityAnswer['verdict'], string> = {
  within: 'valid',
  below_minimum: 'old',
  above_maximum: 'dead',
  outside_tier: 'old',
  wrong_basis: 'dead',
  needs_facts: 'doubt',
}

export const SEVERITIES: Record<ReviewFinding['severity'], { word: string; tone: string; sign: string }> = {
  error: { word: '错误', tone: 'dead', sign: '✗' },
  warning: { word: '注意', tone: 'old', sign: '!' },
  info: { word: '说明', tone: 'doubt', sign: 'i' },
}

export const STEPS: Record<ProcedureStep['code'], string> = {
  limitation: '处罚时效',
  hearing: '听证',
  legal_review: '法制审核',
  collective_discussion: '集体讨论',
  on_the_spot: '当场处罚',
  notice: '事先告知',
  decision_deadline: '办案期限',
  service_deadline: '送达期限',
  transfer_to_justice: '移送司法',
  double_fine: '一事不二罚款',
}

export const STEP_STATES: Record<ProcedureStep['status'], { word: string; tone: string; sign: string }> = {
  required: { word: '应当', tone: 'coming', sign: '●' },
  not_required: { word: '不需要', tone: 'doubt', sign: '–' },
  ok: { word: '符合', tone: 'valid', sign: '✓' },
  overdue: { word: '逾期', tone: 'dead', sign: '✗' },
  violated: { word: '违反', tone: 'dead', sign: '✗' },
  needs_facts: { word: '待查', tone: 'old', sign: '?' },
}

const YUAN = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

/** 6万元, 1.5万元, 3,000元: 万 only where nothing is lost by it. */
export function yuan(amount: number): string {
  const wan = amount / 10_000
  const exact = Math.round(wan * 100) / 100 === wan
  return amount >= 10_000 && exact ? `${YUAN.format(wan)}万元` : `${YUAN.format(amount)}元`
}

/** 是, 否, or the value as it stands. */
export function valueInWords(value: unknown, unit = ''): string {
  if (value === true) return '是'
  if (value === false) return '否'
  if (typeof value === 'number') return `${YUAN.format(value)}${unit}`
  return String(value)
}

/** 《行政处罚法》 for 《中华人民共和国行政处罚法》; the full title stands in the provision. */
export const shortCitation = (text: string): string => text.replaceAll('《中华人民共和国', '《')

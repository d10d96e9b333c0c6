import type { CheckedCitation, Done, Provenance, Verdict } from '../api/types'

/** How each verdict is called and signed on screen and on paper: never by colour alone. */
export const VERDICTS: Record<Verdict, { label: string; sign: string }> = {
  verified: { label: '核验属实', sign: '✓' },
  quote_mismatch: { label: '引文与原文不符', sign: '≠' },
  no_such_provision: { label: '没有这一条款', sign: '✗' },
  repealed: { label: '已废止', sign: '✗' },
  not_yet_effective: { label: '尚未施行', sign: '◷' },
  superseded: { label: '旧文本，已修改', sign: '↻' },
  out_of_scope: { label: '不在所收范围', sign: '?' },
}

export const VERDICT_ORDER = Object.keys(VERDICTS) as Verdict[]

/** 已核验 6 处引文：5 处属实，1 处不在所收范围 */
export function verdictsInWords(citations: readonly CheckedCitation[]): string {
  if (!citations.length) return '回答中没有需要核验的引文'
  const counts = VERDICT_ORDER.map((v) => [v, citations.filter((c) => c.verdict === v).length] as const)
  const parts = counts
    .filter(([, n]) => n)
    .map(([v, n]) => (v === 'verified' ? `${n} 处属实` : `${n} 处${VERDICTS[v].label}`))
  return `已核验 ${citations.length} 处引文：${parts.join('，')}`
}

export function modeInWords({ mode, provenance }: Done): string {
  if (mode === 'model') return '模型撰写·已核验'
  return provenance.note ? '摘录·模型未写成' : '无模型·摘录'
}

export function writerInWords(provenance: Provenance): string {
  return provenance.model
    ? `模型 ${provenance.model} 撰写，引文由程序逐处核验`
    : '由程序依据法律原文摘录编写，未使用语言模型'
}

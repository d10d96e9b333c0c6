import type { Span } from '../api/types'

/** Days of the law. They are ISO texts (`2026-11-23`), in the calendar of Shanghai. */

const SHANGHAI = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

export const today = (): string => SHANGHAI.format(new Date())

/** 2026年11月23日 */
export function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** 2021年7月15日起施行，至今有效 and the like. */
export function spanInWords(span: Span, certain = true): string {
  const from = span.from ? `${longDate(span.from)}${certain ? '' : '（待核）'}起施行` : '施行日期待核'
  if (!span.to) return from
  return `${from}，${longDate(span.to)}止`
}

/** 2026年11月23日 15:04, in Shanghai. */
export function fullMoment(iso: string): string {
  const then = new Date(iso)
  const time = then.toLocaleTimeString('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
  })
  return `${longDate(SHANGHAI.format(then))} ${time}`
}

/** The heading under which a conversation is listed. */
export function ageGroup(iso: string): string {
  const days = Math.round((Date.parse(today()) - Date.parse(SHANGHAI.format(new Date(iso)))) / 86_400_000)
  if (days <= 0) return '今天'
  if (days === 1) return '昨天'
  if (days < 7) return '七天内'
  if (days < 30) return '三十天内'
  return '更早'
}

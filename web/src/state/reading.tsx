/** What the reader is looking at: the law's day, the provision beside the text, the theme, what is being printed. */

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { CheckedCitation, Passage } from '../api/types'
import { today } from '../text/dates'

/** A provision to show, and what in it. With `citation`, the verdict on it is shown too. */
export interface Target {
  law: string | null
  article: string | null
  version?: string | undefined
  asOf: string
  paragraph?: number | null
  item?: number | null
  quote?: string | null
  citation?: CheckedCitation
  /** A hit that is no law: it is shown itself. */
  hit?: Passage
}

export interface Reading {
  asOf: string
  setAsOf: (day: string) => void
  target: Target | null
  /** Show a provision. `follow` keeps the way back (neighbours, versions). */
  open: (target: Target, options?: { follow?: boolean }) => void
  back: (() => void) | null
  close: () => void
}

const Context = createContext<Reading | null>(null)

const versionOf = (articleId: string): string => articleId.split('#')[0] ?? articleId
const labelOf = (articleId: string): string | null => articleId.split('#')[1] ?? null

export function targetOfHit(hit: Passage, asOf: string): Target {
  if (!hit.law) return { law: null, article: null, version: hit.id, asOf, hit }
  return {
    law: hit.law ?? hit.title,
    article: hit.article ?? labelOf(hit.id),
    version: versionOf(hit.id),
    asOf,
  }
}

export function targetOfCitation(citation: CheckedCitation, asOf: string): Target {
  const { law, article, paragraph, item, quote, article_id: id } = citation
  return {
    law,
    article,
    version: id ? versionOf(id) : undefined,
    asOf,
    paragraph: paragraph ?? null,
    item: item ?? null,
    quote: quote ?? null,
    citation,
  }
}

export function ReadingProvider({ children }: { children: ReactNode }) {
  const [asOf, setAsOf] = useState(today)
  const [trail, setTrail] = useState<readonly Target[]>([])
  const open = useCallback((target: Target, options?: { follow?: boolean }) => {
    setTrail((before) => (options?.follow ? [...before, target] : [target]))
  }, [])
  const close = useCallback(() => {
    setTrail([])
    document.querySelector<HTMLElement>('.cite[data-current][data-first]')?.focus()
  }, [])
  const back = useCallback(() => setTrail((before) => before.slice(0, -1)), [])
  const value = useMemo<Reading>(
    () => ({
      asOf,
      setAsOf,
      target: trail.at(-1) ?? null,
      open,
      back: trail.length > 1 ? back : null,
      close,
    }),
    [asOf, trail, open, back, close],
  )
  return <Context value={value}>{children}</Context>
}

export function useReading(): Reading {
  const reading = use(Context)
  if (!reading) throw new Error('useReading outside ReadingProvider')
  return reading
}

/** The day of the browser's clock may pass midnight while the page stands open. */
export function useToday(): string {
  const [day, setDay] = useState(today)
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return day
}

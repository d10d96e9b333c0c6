import type { KeyboardEvent, ReactNode } from 'react'
import type { CheckedCitation } from '../api/types'
import { targetOfCitation, useReading } from '../state/reading'
import { VERDICTS } from '../text/verdicts'
import { verdictTone } from './StatusBadge'

interface Props {
  citation: CheckedCitation
  asOf: string
  /** A citation in several pieces has one that takes the focus and one that carries the sign. */
  first?: boolean
  last?: boolean
  children: ReactNode
}

/** A citation in running text, under its verdict. Opens the provision. */
export function CitationMark({ citation, asOf, first = true, last = true, children }: Props) {
  const { open, target } = useReading()
  const current = target?.citation === citation
  const { label, sign } = VERDICTS[citation.verdict]
  const show = () => {
    // A second time: into the provision.
    if (current) document.querySelector<HTMLElement>('.provision')?.focus()
    else open(targetOfCitation(citation, asOf))
  }
  return (
    <span
      className="cite"
      role="button"
      tabIndex={first ? 0 : -1}
      data-tone={verdictTone(citation.verdict)}
      data-verdict={citation.verdict}
      data-first={first || undefined}
      data-current={current || undefined}
      aria-label={`${citation.text}，${label}，打开条文`}
      title={`${label}：${citation.detail}`}
      onClick={show}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault()
          show()
        } else walk(event)
      }}
    >
      <span className="cite-text">{children}</span>
      {last && (
        <>
          {/* The joiner keeps the sign on the line of the last character. */}
          {'\u2060'}
          <span className="cite-sign" aria-hidden="true">
            {sign}
          </span>
        </>
      )}
    </span>
  )
}

/** Arrows go from mark to mark; with a provision open, it follows. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  const mark = event.currentTarget
  const text = mark.closest('[data-marks]')
  if (!step || !text) return
  event.preventDefault()
  const marks = [...text.querySelectorAll<HTMLElement>('.cite[data-first]')]
  const next = marks[marks.indexOf(mark) + step]
  if (!next) return
  next.focus()
  if (mark.dataset.current) next.click()
}

import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import type { CheckedCitation } from '../api/types'
import { donePrinting, type Sheet } from '../state/printing'
import { longDate, today } from '../text/dates'
import { VERDICTS, verdictsInWords, writerInWords } from '../text/verdicts'
import { AnswerBody } from './AnswerBody'

/** One answer on paper: question, answer, its citations with their verdicts, date and provenance. */
export default function PrintSheet({ sheet }: { sheet: Sheet }) {
  useEffect(() => {
    window.addEventListener('afterprint', donePrinting, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', donePrinting)
  }, [])
  const { done, question } = sheet
  return createPortal(
    <article className="print-sheet">
      <header>
        <b>执法顾问</b>
        <span>以 {longDate(done.as_of)} 的法律为准</span>
      </header>
      <h1>{question}</h1>
      <AnswerBody markdown={done.answer} citations={done.citations} hits={done.hits} asOf={done.as_of} />
      {done.citations.length > 0 && (
        <section>
          <h2>{verdictsInWords(done.citations)}</h2>
          <ol>
            {distinct(done.citations).map((citation) => (
              <li key={citation.start}>
                {VERDICTS[citation.verdict].sign} {citation.text}（{VERDICTS[citation.verdict].label}）
                {citation.current ? `，现在应看${citation.current}` : ''}
              </li>
            ))}
          </ol>
        </section>
      )}
      <footer>
        {writerInWords(done.provenance)}。打印于 {longDate(today())}。编号 {done.message_id}；知识{' '}
        {done.provenance.knowledge.slice(0, 12)}；程序 {done.provenance.code.slice(0, 12)}
        。供参考，作出决定前请核对原文。
      </footer>
    </article>,
    document.body,
  )
}

/** Each citation once, however often the answer names it. */
function distinct(citations: readonly CheckedCitation[]): CheckedCitation[] {
  return [...new Map(citations.map((c) => [`${c.text}${c.verdict}`, c])).values()]
}

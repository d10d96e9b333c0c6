import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import type { CheckedCitation } from '../api/types'
import { type AnswerSheet, donePrinting, type OpinionSheet, type Sheet } from '../state/printing'
import { shortCitation } from '../text/cases'
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
  return createPortal('done' in sheet ? <Answer sheet={sheet} /> : <Opinion sheet={sheet} />, document.body)
}

function Answer({ sheet: { done, question } }: { sheet: AnswerSheet }) {
  return (
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
    </article>
  )
}

function Opinion({ sheet }: { sheet: OpinionSheet }) {
  return (
    <article className="print-sheet">
      <header>
        <b>执法顾问</b>
        <span>以 {longDate(sheet.asOf)} 的法律为准</span>
      </header>
      <h1>{sheet.title}意见</h1>
      {sheet.told && <p className="print-told">{sheet.told}</p>}
      {sheet.facts.length > 0 && (
        <section>
          <h2>已知事实（由使用人核对）</h2>
          <p>{sheet.facts.map(({ label, value }) => `${label}：${value}`).join('；')}。</p>
        </section>
      )}
      <div className="print-opinion">{shortCitation(sheet.text)}</div>
      <footer>
        {verdictsInWords(sheet.citations)}。由程序依据法律原文和规则核算，未使用语言模型。打印于{' '}
        {longDate(today())}
        。供参考，作出决定前请核对原文。
      </footer>
    </article>
  )
}

/** Each citation once, however often the answer names it. */
function distinct(citations: readonly CheckedCitation[]): CheckedCitation[] {
  return [...new Map(citations.map((c) => [`${c.text}${c.verdict}`, c])).values()]
}

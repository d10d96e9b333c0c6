import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../api/counsel'
import type { CheckAnswer, CheckedCitation } from '../api/types'
import { OtherDayNotice } from '../components/OtherDayNotice'
import { CitationMark } from '../components/CitationMark'
import { Current } from '../components/Current'
import { ProblemNote } from '../components/ProblemNote'
import { VerdictBadge } from '../components/StatusBadge'
import { useFetched } from '../state/hooks'
import { targetOfCitation, useReading } from '../state/reading'
import { unitOffsets } from '../text/offsets'

/** Paste a draft; every citation in it is looked up and its quotes compared. */
export default function CheckPage() {
  const { asOf } = useReading()
  const [draft, setDraft] = useState('')
  // What was sent; null while the draft is being written.
  const [sent, setSent] = useState<string | null>(null)
  const request = useMemo(
    () => (sent === null ? null : (signal: AbortSignal) => counsel.checkCitations(sent, asOf, signal)),
    [sent, asOf],
  )
  const { value, problem, loading, retry } = useFetched<CheckAnswer>(request)
  return (
    <div className="page">
      <div className="column">
        <h1>核验引文</h1>
        <p className="page-lead">
          贴入处罚决定书、答复意见或任何文稿：其中每一处法律引文都会查到条、款、项，引号里的原文逐字比对。
        </p>
        <OtherDayNotice />
        {value && sent !== null && !loading ? (
          <>
            <div className="check-bar" role="status">
              <b>{value.summary.text}</b>
              <Button onClick={() => setSent(null)}>改文稿</Button>
            </div>
            <Annotated text={sent} citations={value.citations} asOf={value.as_of} />
            <CitationTable citations={value.citations} asOf={value.as_of} />
          </>
        ) : (
          <form
            className="check-form"
            onSubmit={(event) => {
              event.preventDefault()
              setSent(draft)
            }}
          >
            <Input.TextArea
              aria-label="文稿"
              className="check-draft"
              value={draft}
              autoSize={{ minRows: 12, maxRows: 28 }}
              placeholder="例如：依据《中华人民共和国行政处罚法》第三十三条第一款的规定，决定不予行政处罚……"
              onChange={(event) => setDraft(event.target.value)}
            />
            <div className="check-bar">
              <span>{draft.length.toLocaleString()} 字</span>
              <Button type="primary" htmlType="submit" loading={loading} disabled={!draft.trim()}>
                核验
              </Button>
            </div>
          </form>
        )}
        {problem && <ProblemNote problem={problem} retry={retry} />}
      </div>
    </div>
  )
}

interface ListProps {
  citations: readonly CheckedCitation[]
  asOf: string
}

function Annotated({ text, citations, asOf }: ListProps & { text: string }) {
  const pieces = useMemo(() => {
    const unit = unitOffsets(text)
    const found: { at: number; text: string; citation?: CheckedCitation }[] = []
    let done = 0
    for (const citation of [...citations].sort((a, b) => a.start - b.start)) {
      const [start, end] = [unit(citation.start), unit(citation.end)]
      if (start < done) continue
      if (start > done) found.push({ at: done, text: text.slice(done, start) })
      found.push({ at: start, text: text.slice(start, end), citation })
      done = end
    }
    found.push({ at: done, text: text.slice(done) })
    return found
  }, [text, citations])
  return (
    <section className="annotated" data-marks aria-label="标注后的文稿">
      {pieces.map(({ at, text: piece, citation }) =>
        citation ? (
          <CitationMark key={at} citation={citation} asOf={asOf}>
            {piece}
          </CitationMark>
        ) : (
          <span key={at}>{piece}</span>
        ),
      )}
    </section>
  )
}

function CitationTable({ citations, asOf }: ListProps) {
  const { open } = useReading()
  if (!citations.length) return null
  return (
    <div className="table-scroll">
      <table className="citation-table">
        <thead>
          <tr>
            <th scope="col">引文</th>
            <th scope="col">结论</th>
            <th scope="col">说明</th>
          </tr>
        </thead>
        <tbody>
          {citations.map((citation) => (
            <tr key={citation.start}>
              <td>
                <button
                  type="button"
                  className="linklike"
                  onClick={() => open(targetOfCitation(citation, asOf))}
                >
                  {citation.text}
                </button>
              </td>
              <td>
                <VerdictBadge verdict={citation.verdict} />
              </td>
              <td>
                {citation.detail}
                {citation.current && <Current current={citation.current} asOf={asOf} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

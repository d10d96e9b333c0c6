import { Button } from 'antd'
import { useMemo } from 'react'
import { reviewDocument } from '../api/files'
import type { FileFinding, FileReview } from '../api/types'
import { FINDING_GROUPS, GROUP_TONES, groupOf, spotOf } from '../text/findings'
import { FileFindingCard } from './FileFindingCard'
import { DownloadOutlined, PrinterOutlined, WarningOutlined } from './icons'

const STATES = { read: '已读', partly: '没有读全', unread: '没有读出' } as const
const VERDICT_TONES = { vetoed: 'dead', defects: 'old', clean: 'valid', undetermined: 'doubt' } as const

interface Props {
  review: FileReview
  originals: ReadonlyMap<string, File>
  again: () => void
}

/** A review: the verdict and the score, the findings by what is to be done, what was read. */
export function FileReviewView({ review, originals, again }: Props) {
  const citations = useMemo(() => new Map(review.citations.map((one) => [one.text, one])), [review])
  const groups = useMemo(() => {
    const found = new Map<string, FileFinding[]>(FINDING_GROUPS.map((name) => [name, []]))
    for (const item of review.items) found.get(groupOf(item))?.push(item)
    return found
  }, [review])
  const card = (item: FileFinding) => (
    <FileFindingCard
      key={item.code}
      item={item}
      citations={citations}
      asOf={review.as_of}
      originals={originals}
    />
  )
  return (
    <div className="review">
      <section className="review-head" data-tone={VERDICT_TONES[review.verdict]} aria-label="结论">
        <div className="review-verdict">
          <b role="status">{review.label}</b>
          <span>
            {review.procedure ?? '看不出适用的程序'}，{review.documents.length}份文书，以{review.as_of}
            的法律为准
          </span>
        </div>
        {review.score !== null && (
          <div className="review-score">
            <b>{review.score}</b>
            <span>分{review.open_points > 0 && `，待核最多再扣${review.open_points}`}</span>
          </div>
        )}
      </section>
      <div className="review-actions">
        {review.id && (
          <Button icon={<DownloadOutlined />} href={reviewDocument(review.id)}>
            Word 报告
          </Button>
        )}
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印
        </Button>
        <Button type="text" onClick={again}>
          再评一个
        </Button>
      </div>
      {review.concealed.length > 0 && (
        <section className="review-concealed" aria-label="看不见的文字">
          <p>
            <WarningOutlined /> 文件里有页面上看不见的文字，没有当作卷宗内容，其中的话没有照办：
          </p>
          <ul>
            {review.concealed.map((place) => (
              <li key={place.file + place.words}>
                {place.file}（{place.document}）“{place.words}”
              </li>
            ))}
          </ul>
        </section>
      )}
      {FINDING_GROUPS.map((name) => {
        const items = groups.get(name) ?? []
        if (!items.length) return null
        return name === '符合' ? (
          <details key={name} className="review-fine">
            <summary>
              符合 <span>{items.length}项</span>
            </summary>
            {items.map(card)}
          </details>
        ) : (
          <section key={name} className="review-group" aria-label={name}>
            <h2 data-tone={GROUP_TONES[name]}>
              {name} <span>{items.length}项</span>
            </h2>
            {items.map(card)}
          </section>
        )
      })}
      <Read review={review} />
      <p className="review-standard">
        评查标准：{review.standard}（{review.standard_nature}）。{review.standard_note}
      </p>
    </div>
  )
}

/** What was handed in and what was recognised in it. */
function Read({ review }: { review: FileReview }) {
  const bad = review.files.filter((file) => file.state !== 'read' || file.note)
  return (
    <section className="review-read" aria-label="交来的材料">
      <h2>认出的文书</h2>
      {bad.length > 0 && (
        <ul className="review-files">
          {bad.map((file) => (
            <li key={file.name} data-state={file.state}>
              <b>{file.name}</b> {STATES[file.state]}
              {file.note && `：${file.note}`}
            </li>
          ))}
        </ul>
      )}
      <div className="table-scroll">
        <table className="citation-table">
          <thead>
            <tr>
              <th scope="col">文书</th>
              <th scope="col">日期</th>
              <th scope="col">文号</th>
              <th scope="col">位置</th>
            </tr>
          </thead>
          <tbody>
            {review.documents.map((document, at) => (
              <tr key={`${document.title} ${at}`}>
                <td>
                  {document.kind}
                  {!document.readable && '（未识别）'}
                </td>
                <td>{document.day ?? '—'}</td>
                <td>{document.number ?? '—'}</td>
                <td>
                  {document.place.file} {spotOf(document.place)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

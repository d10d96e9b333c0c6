import { Button } from 'antd'
import type { FigureAnswer, MonthPoint, Ranking, RowFilter } from '../api/types'
import { go, rowsPath } from '../state/route'
import { number, rowsName } from '../text/figures'

/** Departments first to last; the ones asked for stand out. Each number leads to its rows. */
export function RankingTable({ ranking, question = '' }: { ranking: Ranking; question?: string }) {
  const parts = ranking.lines.some((line) => line.parts)
  return (
    <table className="ranking">
      <caption>
        {ranking.metric}（{ranking.unit}）{ranking.period.since}至{ranking.period.until}
      </caption>
      <thead>
        <tr>
          <th>名次</th>
          <th>部门</th>
          <th>{ranking.metric}</th>
          {parts && <th>由来</th>}
        </tr>
      </thead>
      <tbody>
        {ranking.lines.map((line) => (
          <tr
            key={line.department}
            data-asked={ranking.tail.length < ranking.lines.length && ranking.tail.includes(line.department)}
          >
            <td>{line.rank ?? '—'}</td>
            <td>{line.department}</td>
            <td className="figure-value">
              {line.value === null || line.value === undefined ? (
                line.note
              ) : (
                <RowsLink rows={line.rows} question={question}>
                  {number(line.value)}
                </RowsLink>
              )}
            </td>
            {parts && <td className="ranking-parts">{line.note ?? line.parts}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A number that opens its rows; of a number computed from several, the first of them that has any. */
export function RowsLink({
  rows,
  question,
  children,
}: {
  rows: readonly RowFilter[]
  question: string
  children: React.ReactNode
}) {
  const first = rows.find((one) => one.rows > 0)
  if (!first) return <>{children}</>
  return (
    <a
      href={rowsPath(first, question)}
      title={`看这${first.rows}行`}
      onClick={(event) => {
        event.preventDefault()
        go(rowsPath(first, question))
      }}
    >
      {children}
    </a>
  )
}

/** What stands on rows: the mark of 示例, rankings, months, and the way to the rows. */
export function FigureRows({ figure, question = '' }: { figure: FigureAnswer; question?: string }) {
  // Answers kept before rows were known have none of these.
  const known = figure as Partial<FigureAnswer>
  const rows = (known.rows ?? []).filter((one) => one.rows > 0)
  const months = known.months ?? []
  return (
    <>
      {(known.rankings ?? []).map((ranking) => (
        <RankingTable key={ranking.metric} ranking={ranking} question={question} />
      ))}
      {months.length > 0 && <Months months={months} unit={figure.unit ?? ''} />}
      {rows.length > 0 && (
        <div className="figure-others" role="group" aria-label="数背后的行">
          <span>数背后的行</span>
          {rows.map((one) => (
            <Button key={rowsName(one)} size="small" onClick={() => go(rowsPath(one, question))}>
              {one.department ?? ''}
              {one.metric} {number(one.rows)}行
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

function Months({ months, unit }: { months: readonly MonthPoint[]; unit: string }) {
  const most = Math.max(...months.map((one) => one.value), 1)
  return (
    <ol className="months" aria-label="逐月">
      {months.map((one) => (
        <li key={one.month} data-whole={one.whole}>
          <b>
            {number(one.value)}
            {months.length < 7 && unit}
          </b>
          <i style={{ height: `${(one.value / most) * 72}px` }} />
          <span>
            {one.month.endsWith('-01') || one === months[0] ? `${one.month.slice(0, 4)}年` : ''}
            {Number(one.month.slice(5))}月
          </span>
        </li>
      ))}
    </ol>
  )
}

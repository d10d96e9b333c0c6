import { Select } from 'antd'
import { useMemo, useState } from 'react'
import * as records from '../api/records'
import type { RowComparison, RowComparisonSheet } from '../api/types'
import { useFetched } from '../state/hooks'
import { number } from '../text/figures'
import { RowsLink } from './FigureRanking'
import { ProblemNote } from './ProblemNote'

/** The published figures of a year beside what their rows make, those that differ first. */
export default function RecordComparison({ years }: { years: readonly number[] }) {
  const [year, setYear] = useState(years[0] ?? 0)
  const request = useMemo(() => (signal: AbortSignal) => records.comparison(year, signal), [year])
  const { value, problem, retry } = useFetched<RowComparisonSheet>(years.length ? request : null)
  const told = value?.lines.filter((line) => line.agrees !== null && line.agrees !== undefined) ?? []
  return (
    <section className="comparison" aria-label="公布数与明细核对">
      <div className="records-head">
        <h3>公布数与明细核对</h3>
        <Select
          aria-label="哪一年的公布数"
          value={year}
          onChange={setYear}
          options={years.map((one) => ({ value: one, label: `${one}年` }))}
        />
      </div>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {value && <p className="chart-note">{value.text}</p>}
      {told.length > 0 && (
        <table className="ranking">
          <thead>
            <tr>
              <th>指标</th>
              <th>时点</th>
              <th>公布</th>
              <th>按明细</th>
              <th>结果</th>
            </tr>
          </thead>
          <tbody>
            {told.map((line) => (
              <Line key={`${line.metric}${line.as_of ?? ''}`} line={line} year={year} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Line({ line, year }: { line: RowComparison; year: number }) {
  return (
    <tr data-agrees={line.agrees}>
      <td title={line.source}>{line.metric}</td>
      <td>{line.as_of ? `截至${line.as_of}` : `${year}年`}</td>
      <td className="figure-value">
        {number(line.stated)}
        {line.unit}
      </td>
      <td className="figure-value">
        <RowsLink rows={line.rows ? [line.rows] : []} question="">
          {number(line.counted ?? 0)}
          {line.unit}
        </RowsLink>
      </td>
      <td>{line.agrees ? '一致' : '对不上'}</td>
    </tr>
  )
}

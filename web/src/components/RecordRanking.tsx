import { DatePicker, Select, Skeleton } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { lazy, Suspense, useMemo, useState } from 'react'
import * as records from '../api/records'
import type { FigureAnswer, RecordOverview } from '../api/types'
import { useFetched } from '../state/hooks'
import { number } from '../text/figures'
import { bars } from './bars'
import type { Paint } from './Chart'
import { RankingTable } from './FigureRanking'
import { ProblemNote } from './ProblemNote'

const Chart = lazy(() => import('./Chart'))
const FIRST = ['行政处罚', '行政检查记录', '热线工单']

/** Departments side by side by one metric over some days: bars, and the table whose numbers lead to their rows. */
export default function RecordRanking({ held }: { held: RecordOverview }) {
  const usual = FIRST.find((name) => held.rankable.includes(name)) ?? held.rankable[0]
  const [chosen, setChosen] = useState<string>()
  const [days, setDays] = useState<[Dayjs, Dayjs] | null>(null)
  const metric = chosen && held.rankable.includes(chosen) ? chosen : usual
  const request = useMemo(() => {
    if (!metric) return null
    const [since, until] = days?.map((day) => day.format('YYYY-MM-DD')) ?? []
    return (signal: AbortSignal) => records.ranking({ metric, since, until }, signal)
  }, [metric, days])
  const { value, problem, loading, retry } = useFetched<FigureAnswer>(request)
  if (!metric) return null
  const ranking = value?.rankings[0]
  return (
    <figure className="chart-card ranking-card" aria-label="部门排名">
      <figcaption>
        <h3>
          部门排名
          {value?.sample && <b className="sample-mark">示例</b>}
        </h3>
        <Select
          aria-label="按哪一项排名"
          showSearch
          value={metric}
          onChange={setChosen}
          options={held.rankable.map((name) => ({ value: name, label: name }))}
          popupMatchSelectWidth={false}
        />
        <DatePicker.RangePicker
          aria-label="时段"
          placeholder={['今年', '至今']}
          value={days}
          onChange={(picked) => setDays(picked?.[0] && picked[1] ? [picked[0], picked[1]] : null)}
          presets={[...presets(), ...held.years.map((year) => preset(`${year}年`, year, 0, 11))]}
          allowEmpty={[false, false]}
        />
      </figcaption>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 6 }} />}
      {value && !value.answered && <p className="figure-none">{value.text.split('\n')[0]}</p>}
      {ranking && <Bars ranking={ranking} />}
      {ranking && <RankingTable ranking={ranking} />}
      {value?.flags.map((flag) => (
        <p key={flag.text} className="chart-flag">
          {flag.text}
        </p>
      ))}
    </figure>
  )
}

function Bars({ ranking }: { ranking: FigureAnswer['rankings'][number] }) {
  const rows = useMemo(
    () =>
      ranking.lines.flatMap((line) =>
        line.value === null || line.value === undefined ? [] : [{ name: line.department, value: line.value }],
      ),
    [ranking],
  )
  const draw = useMemo(() => (paint: Paint) => bars(paint, rows, ranking.unit), [rows, ranking])
  const height = Math.max(120, rows.length * 30)
  const words = rows.map((row) => `${row.name}${number(row.value)}${ranking.unit}`).join('，')
  return (
    <Suspense fallback={<div style={{ height }} />}>
      <Chart draw={draw} height={height} label={`${ranking.metric}：${words}`} />
    </Suspense>
  )
}

const preset = (label: string, year: number, from: number, to: number) => ({
  label,
  value: [dayjs(new Date(year, from, 1)), dayjs(new Date(year, to, 1)).endOf('month')] as [Dayjs, Dayjs],
})

/** The quarters of this year that have begun, the latest first. */
function presets() {
  const now = dayjs()
  const quarter = Math.floor(now.month() / 3)
  return [...Array(quarter + 1).keys()]
    .reverse()
    .map((at) => preset(`今年${'一二三四'[at]}季度`, now.year(), at * 3, at * 3 + 2))
}

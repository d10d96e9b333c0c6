import { Select } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { FigureComposition, FigureOverview, FigureTrend } from '../api/types'
import { FLAGS, number, when } from '../text/figures'
import { bars } from './bars'
import type { ChartOption, Paint } from './Chart'
import { WarningOutlined } from './icons'

const Chart = lazy(() => import('./Chart'))
const HEIGHT = 280

/** What the figures look like side by side: parts of a whole, years, and how many numbers are held of whom. */
export default function FigureCharts({ held }: { held: FigureOverview }) {
  return (
    <div className="charts">
      <Compositions all={held.compositions} />
      <Trends all={held.trends} />
      <Scopes held={held} />
    </div>
  )
}

const keyOf = (whole: FigureComposition) => `${whole.scope}${whole.name}（${when(whole.period)}）`

function Compositions({ all }: { all: readonly FigureComposition[] }) {
  const sorted = useMemo(
    () =>
      [...all].sort(
        (a, b) =>
          Number(b.scope === '经开区') - Number(a.scope === '经开区') ||
          (b.period.as_of ?? '').localeCompare(a.period.as_of ?? ''),
      ),
    [all],
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const whole = sorted.find((one) => keyOf(one) === chosen) ?? sorted[0]
  if (!whole) return null
  return (
    <figure className="chart-card">
      <figcaption>
        <h3>构成</h3>
        <Select
          aria-label="看哪一项的构成"
          value={keyOf(whole)}
          onChange={setChosen}
          options={sorted.map((one) => ({ value: keyOf(one), label: keyOf(one) }))}
          popupMatchSelectWidth={false}
        />
      </figcaption>
      <Composition whole={whole} />
      <Source text={whole.source} flags={whole.flags} />
    </figure>
  )
}

function Composition({ whole }: { whole: FigureComposition }) {
  const parts = useMemo(() => {
    const named = whole.parts.map(({ name, value }) => ({ name, value }))
    return whole.rest > 0 ? [...named, { name: '来源没有说明', value: whole.rest }] : named
  }, [whole])
  const words = parts.map((part) => `${part.name}${number(part.value)}${whole.unit}`).join('，')
  const label = `${keyOf(whole)}共${number(whole.value)}${whole.unit}：${words}`
  const draw = useMemo(() => {
    const text = (part: { name: string; value: number }) =>
      `${part.name} ${number(part.value)}${whole.unit}（${number((part.value / whole.value) * 100)}%）`
    // Parts that add up to more than their whole make no circle.
    return (paint: Paint): ChartOption =>
      whole.rest < 0
        ? bars(
            paint,
            [{ name: `${whole.name}（来源所写总数）`, value: whole.value }, ...parts],
            whole.unit,
            paint.parts[1],
          )
        : {
            color: paint.parts,
            tooltip: { trigger: 'item', formatter: (one) => text((one as { data: (typeof parts)[0] }).data) },
            legend: {
              bottom: 0,
              itemWidth: 12,
              itemHeight: 12,
              textStyle: { color: paint.ink, fontSize: 12 },
              formatter: (name) => text(parts.find((part) => part.name === name) ?? { name, value: 0 }),
            },
            series: [
              {
                type: 'pie',
                radius: ['38%', '62%'],
                center: ['50%', '36%'],
                label: { show: false },
                itemStyle: { borderColor: paint.sheet, borderWidth: 2 },
                data: parts,
              },
            ],
          }
  }, [whole, parts])
  return (
    <Suspense fallback={<div style={{ height: HEIGHT }} />}>
      <Chart draw={draw} label={label} height={HEIGHT} />
    </Suspense>
  )
}

const nameOf = (trend: FigureTrend) => `${trend.scope}${trend.name}`

function Trends({ all }: { all: readonly FigureTrend[] }) {
  const sorted = useMemo(() => [...all].sort((a, b) => b.points.length - a.points.length), [all])
  const [chosen, setChosen] = useState('政务服务大厅商事登记')
  const trend = sorted.find((one) => nameOf(one) === chosen) ?? sorted[0]
  const draw = useMemo(
    () =>
      (paint: Paint): ChartOption => ({
        grid: { left: 8, right: 8, top: 28, bottom: 4, outerBoundsMode: 'same' },
        tooltip: { trigger: 'axis' },
        xAxis: {
          type: 'category',
          data: trend?.points.map((point) => `${point.year}年`) ?? [],
          axisLabel: { color: paint.ink },
          axisLine: { lineStyle: { color: paint.line } },
        },
        yAxis: {
          type: 'value',
          name: trend?.unit ?? '',
          nameTextStyle: { color: paint.quiet },
          axisLabel: { color: paint.quiet },
          splitLine: { lineStyle: { color: paint.line } },
        },
        series: [
          {
            type: 'bar',
            barMaxWidth: 48,
            label: {
              show: true,
              position: 'top',
              color: paint.ink,
              formatter: (one) => number(Number(one.value)),
            },
            data:
              trend?.points.map((point) => ({
                value: point.value,
                // What was not published as it stands is drawn pale.
                itemStyle: {
                  color: paint.parts[0] ?? paint.ink,
                  opacity: point.state === '公开页面' && point.stated === '精确' ? 1 : 0.5,
                },
              })) ?? [],
          },
        ],
      }),
    [trend],
  )
  if (!trend) return null
  const label = `${nameOf(trend)}：${trend.points.map((p) => `${p.year}年${number(p.value)}${trend.unit}`).join('，')}`
  const pale = trend.points.some((point) => point.state !== '公开页面' || point.stated !== '精确')
  return (
    <figure className="chart-card">
      <figcaption>
        <h3>多年趋势</h3>
        <Select
          aria-label="看哪一项的趋势"
          showSearch
          value={nameOf(trend)}
          onChange={setChosen}
          options={sorted.map((one) => ({
            value: nameOf(one),
            label: `${nameOf(one)}（${one.points.length}年）`,
          }))}
          popupMatchSelectWidth={false}
        />
      </figcaption>
      <Suspense fallback={<div style={{ height: HEIGHT }} />}>
        <Chart draw={draw} label={label} height={HEIGHT} />
      </Suspense>
      {pale && <p className="chart-note">浅色的柱不是精确的公布数（约数、推算或待核）。</p>}
      <Source text={[...new Set(trend.points.map((point) => point.source))].join('；')} flags={trend.flags} />
    </figure>
  )
}

function Scopes({ held }: { held: FigureOverview }) {
  const draw = useMemo(
    () =>
      (paint: Paint): ChartOption =>
        bars(
          paint,
          held.scopes.map((one) => ({ name: one.scope, value: one.figures })),
          '个数',
        ),
    [held],
  )
  return (
    <figure className="chart-card">
      <figcaption>
        <h3>部门和地区分布</h3>
      </figcaption>
      <Suspense fallback={<div style={{ height: HEIGHT }} />}>
        <Chart
          draw={draw}
          height={Math.max(HEIGHT, held.scopes.length * 24)}
          label={`各范围已有的数据项数：${held.scopes.map((one) => `${one.scope}${one.figures}个`).join('，')}`}
        />
      </Suspense>
      <p className="chart-note">
        每个范围已公布并收录的数据项数。报告没有按部门公布同一指标的数，所以不能按部门比较高低。
      </p>
    </figure>
  )
}

function Source({ text, flags }: { text: string; flags: FigureTrend['flags'] }) {
  return (
    <>
      {flags
        .filter((flag) => flag.code !== 'rounded')
        .map((flag) => (
          <p key={flag.text} className="chart-flag">
            <WarningOutlined /> <b>{FLAGS[flag.code]}</b> {flag.text}
          </p>
        ))}
      <p className="chart-source">出处：{text}</p>
    </>
  )
}

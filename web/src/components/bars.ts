import { number } from '../text/figures'
import type { ChartOption, Paint } from './Chart'

/** Horizontal bars, the first row on top; `first` paints that one. */
export function bars(
  paint: Paint,
  rows: { name: string; value: number }[],
  unit: string,
  first: string | undefined = paint.parts[0],
): ChartOption {
  const shown = [...rows].reverse()
  const base = paint.parts[0] ?? paint.ink
  return {
    grid: { left: 4, right: 56, top: 4, bottom: 4, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      data: shown.map((row) => row.name),
      axisLabel: { color: paint.ink, width: 130, overflow: 'break' },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        label: {
          show: true,
          position: 'right',
          color: paint.ink,
          formatter: (one) => `${number(Number(one.value))}${unit === '个数' ? '' : unit}`,
        },
        data: shown.map((row, at) => ({
          value: row.value,
          itemStyle: { color: at === shown.length - 1 ? (first ?? base) : base },
        })),
      },
    ],
  }
}

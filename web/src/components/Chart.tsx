import { BarChart, type BarSeriesOption, PieChart, type PieSeriesOption } from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components'
import { type ComposeOption, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useStill } from '../state/hooks'

register([BarChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export type ChartOption = ComposeOption<
  BarSeriesOption | PieSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

export interface Paint {
  ink: string
  quiet: string
  line: string
  sheet: string
  /** For the parts of a whole, in their order. */
  parts: string[]
}

function paint(): Paint {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: of('--ink'),
    quiet: of('--ink-3'),
    line: of('--line-2'),
    sheet: of('--sheet'),
    parts: [of('--blue'), of('--seal'), of('--valid'), of('--old'), of('--coming'), of('--doubt')],
  }
}

function onShade(listener: () => void): () => void {
  const watch = new MutationObserver(listener)
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-shade'] })
  return () => watch.disconnect()
}
const useShadeName = () => useSyncExternalStore(onShade, () => document.documentElement.dataset.shade)

interface Props {
  /** Memoize it: the chart is drawn anew for another function. */
  draw: (paint: Paint) => ChartOption
  /** What the chart shows, in words, for who does not see it. */
  label: string
  height: number
}

/** A chart that follows its width and the shade of the page. */
export default function Chart({ draw, label, height }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const shade = useShadeName()
  const still = useStill()
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current, null, { renderer: 'svg' })
    const colours = paint()
    // Drawn, not written as HTML: that comes with inline styles, which the page's policy keeps out.
    const tooltip = {
      renderMode: 'richText' as const,
      backgroundColor: colours.sheet,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 },
    }
    const option = draw(colours)
    chart.setOption({ animation: !still, ...option, tooltip: { ...tooltip, ...option.tooltip } })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [draw, shade, still])
  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />
}

import { yuan } from '../../text/cases'

interface Props {
  min: number
  /** Null: no upper limit. */
  max: number | null
  value: number | null
  who: string
}

/** The statutory range in yuan with the proposed fine in it, below it or above it. */
export function RangeBar({ min, max, value, who }: Props) {
  const most = Math.max(max ?? min * 2, value ?? 0, 1)
  const scale = most * 1.08
  const at = (amount: number): number => Math.min(100, (amount / scale) * 100)
  const [from, to] = [at(min), max === null ? 100 : at(max)]
  const inside = value !== null && value >= min && (max === null || value <= max)
  const words = `${who}的法定幅度${yuan(min)}至${max === null ? '不封顶' : yuan(max)}${value === null ? '' : `，拟${yuan(value)}`}`
  return (
    <figure className="range-bar" role="img" aria-label={words}>
      <div className="range-track" aria-hidden="true">
        <span
          className="range-allowed"
          data-open={max === null || undefined}
          style={{ insetInlineStart: `${from}%`, inlineSize: `${Math.max(to - from, 0.8)}%` }}
        />
        {value !== null && (
          <span className="range-value" data-inside={inside} style={{ insetInlineStart: `${at(value)}%` }}>
            <b data-end={at(value) > 78 || undefined} data-start={at(value) < 14 || undefined}>
              拟罚 {yuan(value)}
            </b>
          </span>
        )}
      </div>
      <figcaption aria-hidden="true">
        <span>
          法定 <b>{yuan(min)}</b>
        </span>
        <span>至</span>
        <b>{max === null ? '不封顶' : yuan(max)}</b>
      </figcaption>
    </figure>
  )
}

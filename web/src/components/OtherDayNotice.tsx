import { Button } from 'antd'
import { useReading, useToday } from '../state/reading'
import { longDate } from '../text/dates'

/** Said above the work wherever the law of another day is shown. */
export function OtherDayNotice() {
  const { asOf, setAsOf } = useReading()
  const now = useToday()
  if (asOf === now) return null
  return (
    <div className="other-day" role="status">
      <span>
        正以 <b>{longDate(asOf)}</b> 的法律为准，{asOf < now ? '不是今天的法律' : '这一天还没有到'}。
      </span>
      <Button type="link" size="small" onClick={() => setAsOf(now)}>
        回到今天
      </Button>
    </div>
  )
}

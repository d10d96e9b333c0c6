import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useNarrow } from '../state/hooks'
import { useReading, useToday } from '../state/reading'
import { longDate } from '../text/dates'
import { CalendarOutlined } from './icons'

const FIRST = dayjs('1949-10-01')
const LAST = dayjs('2100-12-31')

/** 以…的法律为准. Anything but today is said in vermilion. */
export default function AsOfPicker() {
  const { asOf, setAsOf } = useReading()
  const now = useToday()
  const narrow = useNarrow()
  const other = asOf !== now
  const before = (years: number) => dayjs(now).subtract(years, 'year')
  return (
    <div className="as-of" data-other={other || undefined} title={`以${longDate(asOf)}的法律为准`}>
      {!narrow && <span className="as-of-word">以</span>}
      <DatePicker
        aria-label="以哪一天的法律为准"
        value={dayjs(asOf)}
        allowClear={false}
        inputReadOnly={narrow}
        variant="borderless"
        minDate={FIRST}
        maxDate={LAST}
        suffixIcon={<CalendarOutlined />}
        format={other || !narrow ? 'YYYY-MM-DD' : '[今日法律]'}
        presets={[
          { label: '今天', value: dayjs(now) },
          { label: '一年前', value: before(1) },
          { label: '两年前', value: before(2) },
          { label: '五年前', value: before(5) },
        ]}
        onChange={(day) => day && setAsOf(day.format('YYYY-MM-DD'))}
      />
      {!narrow && <span className="as-of-word">的法律为准</span>}
      {!narrow &&
        (other ? (
          <Button type="link" size="small" onClick={() => setAsOf(now)}>
            回到今天
          </Button>
        ) : (
          <span className="as-of-today">今天</span>
        ))}
    </div>
  )
}

import { Segmented, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import type { Affected, Change } from '../api/schema'
import * as work from '../api/work'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'

const KINDS: Record<Affected['kind'], string> = {
  answer: '回答',
  opinion: '文书',
  standard_reply: '热线口径',
}
const AHEAD = [
  { value: 0, label: '只看已经变的' },
  { value: 90, label: '往后三个月' },
  { value: 365, label: '往后一年' },
]

/** What rests on law and lists that have changed since, or will. */
export default function WatchPage() {
  const [ahead, setAhead] = useState(90)
  const request = useMemo(() => (signal: AbortSignal) => work.watch(ahead, signal), [ahead])
  const { value, problem, loading, retry } = useFetched(request)
  const differs = value?.affected.filter((one) => one.differs).length ?? 0
  return (
    <div className="page">
      <div className="column">
        <h1>变动提醒</h1>
        <p className="page-lead">
          做好的回答、文书和核准的口径，各依据了哪些条文和清单。其后条文被修改、废止，清单、门槛有变动，列在这里，并按今天的法律重算；没有变的不算。
        </p>
        <div className="work-bar">
          <Segmented aria-label="时间" options={AHEAD} value={ahead} onChange={setAhead} />
        </div>
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 6 }} />}
        {value && (
          <section aria-label="受影响的" aria-busy={loading}>
            <p className="work-sum" role="status">
              {value.affected.length === 0
                ? '没有受影响的回答、文书和口径。'
                : `${value.affected.length} 件的依据有变动${differs ? `，其中 ${differs} 件按今天的法律结论不同` : ''}。`}
            </p>
            <ol className="work-list">
              {value.affected.map((one) => (
                <AffectedRow key={one.kind + one.id} one={one} />
              ))}
            </ol>
          </section>
        )}
      </div>
    </div>
  )
}

function AffectedRow({ one }: { one: Affected }) {
  return (
    <li className="work-row" data-tone={one.differs ? 'dead' : undefined}>
      <p className="work-meta">
        <span>{KINDS[one.kind]}</span>
        <span>按 {one.as_of} 的法律作出</span>
        {one.owner && <span>{one.owner}</span>}
      </p>
      <b>{one.title}</b>
      {one.recomputed && !one.differs && <p className="work-again">按今天的法律重算，结论不变</p>}
      {one.differs && (
        <ul className="work-again" aria-label="按今天的法律重算">
          {one.unlike.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      <ul>
        {one.changes.map((change) => (
          <ChangeLine key={change.kind + change.about} change={change} />
        ))}
      </ul>
    </li>
  )
}

function ChangeLine({ change }: { change: Change }) {
  return (
    <li>
      <span
        className="badge"
        data-tone={change.to_come ? 'coming' : change.kind === '已废止' ? 'dead' : 'old'}
      >
        {change.kind}
      </span>{' '}
      {change.text}
      {change.then && (
        <details>
          <summary>{change.now ? '对照新旧文字' : '当时的文字'}</summary>
          <div className="work-texts" data-two={change.now ? '' : undefined}>
            <blockquote>
              <cite>当时</cite>
              {change.then}
            </blockquote>
            {change.now && (
              <blockquote>
                <cite>{change.to_come ? '将来' : '现在'}</cite>
                {change.now}
              </blockquote>
            )}
          </div>
        </details>
      )}
    </li>
  )
}

import { Button, Input, Select, Skeleton } from 'antd'
import { useMemo } from 'react'
import * as api from '../api/decisions'
import type {
  CheckedCitation,
  ComparedPoint,
  DecisionCount,
  DecisionLine,
  DecisionList,
  DecisionStatistics,
  DecisionView,
  SimilarDecision,
} from '../api/schema'
import { CitationMark } from '../components/CitationMark'
import { ArrowLeftOutlined } from '../components/icons'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { useReading } from '../state/reading'
import { address, decisionPath, go } from '../state/route'
import type { PageProps } from './registry'

const PATH = '/decisions'
const OUTCOMES = [
  ...['变更', '撤销', '确认违法', '责令履行', '确认无效', '维持', '驳回'],
  ...['调解', '撤回', '处罚', '不予处罚', '其他', '未见'],
]

/** Decided cases: found by what happened or by provision, one by one, and what they add up to. */
export default function DecisionsPage({ params, below }: PageProps) {
  return (
    <div className="page">
      <div className="column decisions">
        {below ? <One id={decodeURIComponent(below)} /> : <All params={params} />}
      </div>
    </div>
  )
}

function All({ params }: { params: URLSearchParams }) {
  const { asOf } = useReading()
  const q = params.get('q') ?? undefined
  const provision = params.get('provision') ?? undefined
  const outcome = params.get('outcome') ?? undefined
  const field = params.get('field') ?? undefined
  const request = useMemo(
    () => (signal: AbortSignal) => api.decisions({ q, provision, outcome, field }, asOf, signal),
    [q, provision, outcome, field, asOf],
  )
  const { value, problem, loading, retry } = useFetched<DecisionList>(request)
  const like = useMemo(() => (q ? (signal: AbortSignal) => api.similar(q, asOf, signal) : null), [q, asOf])
  const similar = useFetched(like)
  const all = useMemo(() => (signal: AbortSignal) => api.decisions({}, asOf, signal), [asOf])
  const fields = useFetched<DecisionList>(all).value?.statistics.fields.map((one) => one.name) ?? []
  const show = (change: Record<string, string | undefined>) =>
    go(address(PATH, { q, provision, outcome, field, ...change }))
  return (
    <>
      <h1>复议案例</h1>
      <p className="page-lead">
        公开的复议案例和本单位导入的决定。没有见到的写未见；案例供参考，不是法律依据。
      </p>
      <search>
        <form
          className="search-form"
          onSubmit={(event) => {
            event.preventDefault()
            const given = new FormData(event.currentTarget).get('q')
            const text = typeof given === 'string' ? given.trim() : ''
            const byLaw = /第.+条|\d+条/.test(text) && text.length <= 60
            show(byLaw ? { q: undefined, provision: text } : { q: text, provision: undefined })
          }}
        >
          <Input
            size="large"
            allowClear
            aria-label="案情或者条文"
            placeholder="一段案情，或者一处条文，如食品安全法第一百二十四条"
            name="q"
            key={q ?? provision ?? ''}
            defaultValue={q ?? provision ?? ''}
            maxLength={4000}
          />
          <Button size="large" type="primary" htmlType="submit">
            查找
          </Button>
        </form>
      </search>
      <div className="search-options">
        <Select
          aria-label="处理结果"
          allowClear
          placeholder="处理结果"
          value={outcome ?? null}
          options={OUTCOMES.map((name) => ({ value: name, label: name }))}
          onChange={(chosen: string | null | undefined) => show({ outcome: chosen ?? undefined })}
        />
        <Select
          aria-label="领域"
          allowClear
          placeholder="领域"
          value={field ?? null}
          options={fields.map((name) => ({ value: name, label: name }))}
          onChange={(chosen: string | null | undefined) => show({ field: chosen ?? undefined })}
        />
      </div>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 8 }} />}
      {similar.value && similar.value.similar.length > 0 && (
        <section aria-label="类似决定" className="decision-like">
          <h2>与所写案情的异同</h2>
          {similar.value.similar.map((one) => (
            <Similar key={one.id} one={one} />
          ))}
          <p className="decision-note">{similar.value.note}</p>
        </section>
      )}
      {value && (
        <section aria-label="案例" aria-busy={loading}>
          <h2>
            案例 <small>{value.total} 个</small>
          </h2>
          {value.total === 0 && <p className="nothing">没有符合条件的案例。换个说法，或者去掉筛选条件。</p>}
          <ol className="decision-list">
            {value.decisions.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </ol>
        </section>
      )}
      {value && value.total > 0 && <Statistics held={value.statistics} />}
    </>
  )
}

function Line({ one }: { one: DecisionLine }) {
  const facts = [one.own ? '本单位' : one.region, one.field, one.published ?? one.decided].filter(Boolean)
  return (
    <li>
      <a href={decisionPath(one.id)} onClick={follow(decisionPath(one.id))}>
        {one.title}
      </a>
      <p className="decision-meta">
        <Marks outcomes={one.outcomes} reasons={one.reasons} nature={one.nature} seen={one.seen} />
        <span>{facts.join(' · ')}</span>
      </p>
      <p className="decision-excerpt">{one.excerpt}</p>
    </li>
  )
}

function Marks(one: {
  outcomes: readonly string[]
  reasons: readonly string[]
  nature: string
  seen: string
}) {
  const reasons = one.reasons.filter((reason) => reason !== '未见' && reason !== '其他')
  return (
    <span className="decision-marks">
      {one.outcomes.map((outcome) => (
        <b key={outcome} data-unseen={outcome === '未见' || undefined}>
          {outcome === '未见' ? '结果未见' : outcome}
        </b>
      ))}
      {reasons.map((reason) => (
        <span key={reason}>{reason}</span>
      ))}
      {one.nature !== '官方' && <i className="nature">{one.nature}</i>}
      {one.seen !== '全文' && <i className="nature">{one.seen}</i>}
    </span>
  )
}

function Similar({ one }: { one: SimilarDecision }) {
  return (
    <article className="decision-similar">
      <h3>
        <a href={decisionPath(one.id)} onClick={follow(decisionPath(one.id))}>
          {one.title}
        </a>
      </h3>
      <p className="decision-meta">
        <Marks outcomes={one.outcomes} reasons={one.reasons} nature={one.source.nature} seen={one.seen} />
      </p>
      <dl>
        <Points name="相同" sign="=" points={one.alike} />
        <Points name="不同" sign="≠" points={one.differs} />
        <Points name="还不能比" sign="?" points={one.open} />
      </dl>
      <p>{one.lesson}</p>
    </article>
  )
}

function Points({ name, sign, points }: { name: string; sign: string; points: readonly ComparedPoint[] }) {
  if (!points.length) return null
  return (
    <>
      <dt>
        <span aria-hidden="true">{sign}</span> {name}
      </dt>
      <dd>
        <ul>
          {points.map((point) => (
            <li key={point.aspect + point.label}>
              <b>{point.label}</b> 本案：{point.mine ?? '待查'}；该案：{point.theirs ?? '未见'}
              {point.note && <em>{point.note}</em>}
            </li>
          ))}
        </ul>
      </dd>
    </>
  )
}

function Statistics({ held }: { held: DecisionStatistics }) {
  return (
    <section aria-label="统计" className="decision-counts">
      <h2>统计</h2>
      <p className="decision-note">{held.note}</p>
      <div className="decision-tables">
        <Counts name="处理结果" counts={held.outcomes} titles={held.titles} />
        <Counts name="理由" counts={held.reasons} titles={held.titles} />
        <Counts name="被纠正的原因" counts={held.corrections} titles={held.titles} />
      </div>
      {held.recurring.length > 0 && (
        <>
          <h3>反复出现的问题</h3>
          <ul className="decision-faults">
            {held.recurring.map((fault) => (
              <li key={fault.by + fault.name + fault.reason}>
                <b>
                  {fault.name} · {fault.reason}
                </b>
                ：{fault.of} 个案例里有 {fault.count} 个因此被纠正（
                {fault.decisions.map((id, at) => (
                  <span key={id}>
                    {at > 0 && '、'}
                    <a href={decisionPath(id)} onClick={follow(decisionPath(id))}>
                      {held.titles[id] ?? id}
                    </a>
                  </span>
                ))}
                ）
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Counts({
  name,
  counts,
  titles,
}: {
  name: string
  counts: readonly DecisionCount[]
  titles: Readonly<Record<string, string>>
}) {
  if (!counts.length) return null
  return (
    <div>
      <h3>{name}</h3>
      {counts.map((one) => (
        <details key={one.name}>
          <summary>
            <span>{one.name}</span> <b>{one.count}</b>
          </summary>
          <ul>
            {one.decisions.map((id) => (
              <li key={id}>
                <a href={decisionPath(id)} onClick={follow(decisionPath(id))}>
                  {titles[id] ?? id}
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}

function One({ id }: { id: string }) {
  const { asOf } = useReading()
  const request = useMemo(() => (signal: AbortSignal) => api.decision(id, asOf, signal), [id, asOf])
  const { value, problem, loading, retry } = useFetched<DecisionView>(request)
  return (
    <>
      <Button type="link" className="decision-back" icon={<ArrowLeftOutlined />} onClick={() => go(PATH)}>
        全部案例
      </Button>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 10 }} />}
      {value && <Whole view={value} />}
    </>
  )
}

function Whole({ view }: { view: DecisionView }) {
  const one = view.decision
  const readFrom = one.read_from ?? []
  const amounts = Object.entries(one.amounts ?? {}).map(
    ([name, yuan]) => `${name}${yuan.toLocaleString('zh-CN')}元`,
  )
  const rows: [string, string | null | undefined][] = [
    ['机关', one.decided_by],
    ['被申请人', one.office],
    ['地区', one.region],
    ['决定日期', one.dates?.decided],
    ['公布日期', one.dates?.published],
    ['行为', one.conduct],
    ['原处理', one.reviewed_act],
    ['争议焦点', one.issues?.join('；') || null],
    ['结果说明', one.outcome_note],
    ['裁量理由', one.reasoning],
    ['金额', amounts.join('、') || null],
    ['来源', [one.source.title, one.place].filter(Boolean).join('，')],
  ]
  return (
    <article className="decision-whole" data-marks>
      <h1>{one.title}</h1>
      <p className="decision-meta">
        <span>{one.id}</span>
        <Marks outcomes={one.outcomes} reasons={one.reasons} nature={one.nature} seen={one.seen} />
      </p>
      {view.cautions.length > 0 && (
        <ul className="decision-cautions" aria-label="请注意">
          {view.cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
      <dl className="decision-facts">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-unseen={!text || undefined}>{text ?? '未见'}</dd>
          </div>
        ))}
        <Basis name="依据" citations={view.basis} asOf={view.as_of} />
        <Basis name="相关条文" citations={view.related} asOf={view.as_of} />
      </dl>
      <div className="decision-text">
        {one.text.split('\n').map((line, at) => {
          if (line.startsWith('## ')) return <h2 key={at}>{line.slice(3)}</h2>
          return line.trim() ? <p key={at}>{line}</p> : null
        })}
      </div>
      {readFrom.length > 0 && (
        <details>
          <summary>各项读自何处</summary>
          <ul>
            {readFrom.map((from, at) => (
              <li key={at}>
                <b>{from.field}</b>（{from.place}）：{from.words}
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  )
}

function Basis({
  name,
  citations,
  asOf,
}: {
  name: string
  citations: readonly CheckedCitation[]
  asOf: string
}) {
  if (!citations.length) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {citations.map((citation) => (
          <span key={citation.text} className="decision-cite">
            <CitationMark citation={citation} asOf={asOf}>
              {citation.text}
            </CitationMark>
          </span>
        ))}
      </dd>
    </div>
  )
}

function follow(path: string) {
  return (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(path)
  }
}

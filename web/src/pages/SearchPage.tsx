import { Button, Checkbox, Input, Skeleton, Switch } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../api/counsel'
import type { Kind, SearchAnswer } from '../api/types'
import { OtherDayNotice } from '../components/OtherDayNotice'
import { bestScore, EvidenceRow } from '../components/EvidenceCard'
import { SearchOutlined } from '../components/icons'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { useReading } from '../state/reading'
import { go } from '../state/route'
import { wordsOf } from '../text/words'
import type { PageProps } from './registry'

const KINDS: { value: Kind; label: string }[] = [
  { value: 'law', label: '法律条文' },
  { value: 'list', label: '清单' },
  { value: 'discretion', label: '裁量基准' },
  { value: 'decision', label: '复议决定' },
]
const PAGE = 20
const MOST = 100

export default function SearchPage({ params }: PageProps) {
  const query = params.get('q') ?? ''
  const { asOf } = useReading()
  const [kinds, setKinds] = useState<Kind[]>(['law'])
  const [all, setAll] = useState(false)
  const [more, setMore] = useState({ query, count: PAGE })
  const count = more.query === query ? more.count : PAGE
  const request = useMemo(
    () =>
      query
        ? (signal: AbortSignal) =>
            counsel.search({ query, kinds, as_of: asOf, top_k: count, include_not_in_force: all }, signal)
        : null,
    [query, kinds, asOf, count, all],
  )
  const { value, problem, loading, retry } = useFetched<SearchAnswer>(request)
  const words = useMemo(() => wordsOf(query), [query])
  const best = bestScore(value?.hits ?? [])
  return (
    <div className="page">
      <div className="column">
        <h1>检索</h1>
        <search>
          <form
            className="search-form"
            onSubmit={(event) => {
              event.preventDefault()
              const text = new FormData(event.currentTarget).get('q')
              if (typeof text === 'string' && text.trim())
                go(`/search?${new URLSearchParams({ q: text.trim() })}`)
            }}
          >
            <Input
              size="large"
              autoFocus
              allowClear
              aria-label="检索词"
              placeholder="条号、法律名称、关键词或一段案情"
              prefix={<SearchOutlined />}
              name="q"
              key={query}
              defaultValue={query}
              maxLength={10_000}
            />
            <Button size="large" type="primary" htmlType="submit">
              检索
            </Button>
          </form>
        </search>
        <div className="search-options">
          <Checkbox.Group
            aria-label="范围"
            options={KINDS}
            value={kinds}
            onChange={(chosen) => chosen.length && setKinds(chosen)}
          />
          <label className="switch" htmlFor="all-texts">
            <Switch id="all-texts" size="small" checked={all} onChange={setAll} />{' '}
            连未施行、已废止、已修改的一起找
          </label>
        </div>
        <OtherDayNotice />
        {value?.note && <p className="evidence-note">{value.note}</p>}
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 10 }} />}
        {value && value.hits.length === 0 && (
          <p className="nothing">没有找到。可以换个说法，或打开上面的开关，连不在施行的文本一起找。</p>
        )}
        {value && value.hits.length > 0 && (
          <section className="results" aria-label="检索结果" aria-busy={loading}>
            <ol>
              {value.hits.map((hit) => (
                <EvidenceRow
                  key={hit.id}
                  hit={hit}
                  asOf={value.as_of}
                  words={words}
                  best={best}
                  length={150}
                />
              ))}
            </ol>
            {value.hits.length === count && count < MOST && (
              <Button
                block
                onClick={() => setMore({ query, count: Math.min(MOST, count + PAGE) })}
                loading={loading}
              >
                再多一些
              </Button>
            )}
          </section>
        )}
        {!query && !value && (
          <ul className="search-tips">
            <li>直接写条号，例如「行政处罚法第33条」，最先给出这一条。</li>
            <li>写一段案情，会着重给出规定罚则的条文。</li>
            <li>右上角的日期决定以哪一天的法律为准。</li>
          </ul>
        )}
      </div>
    </div>
  )
}

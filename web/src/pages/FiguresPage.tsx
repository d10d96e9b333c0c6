import { Button, Input, Skeleton } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import * as counsel from '../api/counsel'
import type { Asked } from '../api/records'
import type { FigureAnswer, FigureFinding, FigureOverview } from '../api/types'
import { FigureCard } from '../components/FigureCard'
import { WarningOutlined } from '../components/icons'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { figurePath, go } from '../state/route'
import type { PageProps } from './registry'

const FigureCharts = lazy(() => import('../components/FigureCharts'))
const FigureTable = lazy(() => import('../components/FigureTable'))
const RecordsSection = lazy(() => import('../components/RecordsSection'))
const RowsDrawer = lazy(() => import('../components/RowsDrawer'))
const LONGEST = 200

/** Ask for a number; see all of them, what they look like, and where they do not agree. */
export default function FiguresPage({ params }: PageProps) {
  const query = params.get('q') ?? ''
  const asked = useMemo(() => rowsOf(params), [params])
  const all = useFetched<FigureOverview>(counsel.figures)
  const request = useMemo(
    () => (query ? (signal: AbortSignal) => counsel.askFigure(query, signal) : null),
    [query],
  )
  const { value, problem, loading, retry } = useFetched<FigureAnswer>(request)
  const years = useMemo(
    () => [...new Set(all.value?.figures.map((figure) => figure.year))].sort((a, b) => b - a),
    [all.value],
  )
  const bad = all.value?.findings.filter((finding) => !finding.agrees) ?? []
  return (
    <div className="page">
      <div className="column figures">
        <h1>数据</h1>
        <p className="page-lead">
          执法报告和公开页面里的数，加上本单位导入的明细：问到的数由程序取出或算出，附算式和出处；没有的数不推测。
        </p>
        <search>
          <form
            className="search-form"
            onSubmit={(event) => {
              event.preventDefault()
              const text = new FormData(event.currentTarget).get('q')
              if (typeof text === 'string' && text.trim()) go(figurePath(text.trim()))
            }}
          >
            <Input
              size="large"
              allowClear
              aria-label="要问的数"
              placeholder="例如：履责率比十月底涨了多少？"
              name="q"
              key={query}
              defaultValue={query}
              maxLength={LONGEST}
            />
            <Button size="large" type="primary" htmlType="submit">
              问
            </Button>
          </form>
        </search>
        {!query && all.value && (
          <div className="figure-others" aria-label="例子">
            <span>例如</span>
            {all.value.examples.map((question) => (
              <Button key={question} size="small" onClick={() => go(figurePath(question))}>
                {question}
              </Button>
            ))}
          </div>
        )}
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 4 }} />}
        {value && !problem && (
          <div aria-live="polite" aria-busy={loading}>
            <FigureCard figure={value} question={query} />
          </div>
        )}
        {asked && (
          <Suspense>
            <RowsDrawer
              key={JSON.stringify(asked)}
              asked={asked}
              close={() => go(query ? figurePath(query) : '/figures')}
            />
          </Suspense>
        )}
        <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
          <RecordsSection years={years} asked={Boolean(query)} />
        </Suspense>
        {all.problem && <ProblemNote problem={all.problem} retry={all.retry} />}
        {all.loading && !all.value && <Skeleton active paragraph={{ rows: 12 }} />}
        {all.value && (
          <>
            <h2>公布的数</h2>
            <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
              <FigureCharts held={all.value} />
            </Suspense>
            <h2>数据核对</h2>
            <Findings bad={bad} good={all.value.findings.filter((finding) => finding.agrees)} />
            <h2>全部数据</h2>
            <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
              <FigureTable held={all.value} />
            </Suspense>
          </>
        )}
      </div>
    </div>
  )
}

/** The rows an address asks for, if it does. */
function rowsOf(params: URLSearchParams): Asked | null {
  const [metric, since, until] = ['rows', 'since', 'until'].map((name) => params.get(name))
  return metric && since && until ? { metric, since, until, department: params.get('department') } : null
}

function Findings({ bad, good }: { bad: readonly FigureFinding[]; good: readonly FigureFinding[] }) {
  return (
    <section className="findings" aria-label="数据核对">
      <p>
        载入时把来源里的总数、比率和分项都复算了一遍，共{bad.length + good.length}处，{bad.length}
        处对不上。对不上的照录不改，凡涉及的答复都带提示。
      </p>
      <ol className="figure-flags">
        {bad.map((finding) => (
          <li key={finding.text} data-code="inconsistent">
            <WarningOutlined /> <b>{finding.name}</b> {finding.text}
          </li>
        ))}
      </ol>
      <details>
        <summary>对得上的{good.length}处</summary>
        <ul>
          {good.map((finding) => (
            <li key={finding.text}>{finding.text}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}

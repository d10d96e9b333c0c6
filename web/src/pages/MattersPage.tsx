import { App, Button, DatePicker, Input, Modal, Segmented, Select, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useState } from 'react'
import { asProblem, type Problem } from '../api/http'
import type { Matter } from '../api/schema'
import * as work from '../api/work'
import type { MatterKind, MatterState } from '../api/work'
import { BackLink } from '../components/BackLink'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { go } from '../state/route'
import { fullMoment, today } from '../text/dates'
import { MatterSteps } from '../components/MatterSteps'
import type { PageProps } from './registry'

const STATES: { value: MatterState | 'all'; label: string }[] = [
  { value: 'all', label: '全部' },
  { value: '待分派', label: '待分派' },
  { value: '办理中', label: '办理中' },
  { value: '待审核', label: '待审核' },
  { value: '待签发', label: '待签发' },
  { value: '已办结', label: '已办结' },
]
const KINDS: MatterKind[] = ['咨询', '法制审核', '合同审查', '复议应诉', '会议', '重大决策', '其他']
const TONE: Record<MatterState, string> = {
  待分派: 'old',
  办理中: 'coming',
  待审核: 'coming',
  待签发: 'coming',
  已办结: 'valid',
  已撤回: 'doubt',
}

/** The public-sector lawyers' desk. */
export default function MattersPage({ below, params }: PageProps) {
  if (below) return <MatterView id={decodeURIComponent(below)} key={below} />
  return params.get('view') === 'participation' ? <ParticipationView /> : <MatterList params={params} />
}

function MatterList({ params }: { params: URLSearchParams }) {
  const chosen = (params.get('state') as MatterState | 'all' | null) ?? 'all'
  const request = useMemo(
    () => (signal: AbortSignal) => work.matters(chosen === 'all' ? null : chosen, signal),
    [chosen],
  )
  const { value, problem, loading, retry } = useFetched(request)
  const [adding, setAdding] = useState(false)
  return (
    <div className="page">
      <div className="column">
        <h1>事项</h1>
        <p className="page-lead">
          咨询、法制审核、会议和重大决策，从登记、分派、办理、审核到签发。谁参与、用了多久都记下来。
        </p>
        <div className="work-bar">
          <Segmented
            aria-label="状态"
            options={STATES}
            value={chosen}
            onChange={(state) => go(`/matters?state=${encodeURIComponent(state)}`)}
          />
          <span>
            <Button type="link" onClick={() => go('/matters?view=participation')}>
              参与情况
            </Button>
            <Button type="primary" onClick={() => setAdding(true)}>
              登记事项
            </Button>
          </span>
        </div>
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 6 }} />}
        {value?.length === 0 && <p className="nothing">没有事项。点“登记事项”开始。</p>}
        {value && value.length > 0 && (
          <ol className="work-list" aria-label="事项" aria-busy={loading}>
            {value.map((one) => (
              <li key={one.id} className="work-row" data-tone={one.overdue ? 'dead' : undefined}>
                <a
                  href={`/matters/${one.id}`}
                  onClick={(event) => {
                    event.preventDefault()
                    go(`/matters/${one.id}`)
                  }}
                >
                  <p className="work-meta">
                    <span className="badge" data-tone={TONE[one.state]}>
                      {one.state}
                    </span>
                    <span>{[one.kind, one.field].filter(Boolean).join(' · ')}</span>
                    {one.assignee && <span>承办：{one.assignee}</span>}
                    {one.due && (
                      <span>
                        {one.overdue ? '已超期：' : '期限：'}
                        {one.due}
                      </span>
                    )}
                  </p>
                  <b>{one.title}</b>
                </a>
              </li>
            ))}
          </ol>
        )}
        {adding && <Registering close={() => setAdding(false)} />}
      </div>
    </div>
  )
}

function Registering({ close }: { close: () => void }) {
  const [form, setForm] = useState<work.NewMatterForm>({
    kind: '咨询',
    title: '',
    description: '',
    field: null,
    due: null,
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const change = (part: Partial<work.NewMatterForm>) => setForm({ ...form, ...part })
  const open = async () => {
    try {
      const made = await work.openMatter(form)
      close()
      go(`/matters/${made.id}`)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <Modal
      open
      title="登记事项"
      okText="登记"
      cancelText="取消"
      okButtonProps={{ disabled: !form.title.trim() }}
      onOk={open}
      onCancel={close}
    >
      <div className="work-form">
        <Select
          aria-label="种类"
          value={form.kind}
          options={KINDS.map((kind) => ({ value: kind, label: kind }))}
          onChange={(kind) => change({ kind })}
        />
        <Input
          aria-label="标题"
          placeholder="标题"
          maxLength={200}
          value={form.title}
          onChange={(event) => change({ title: event.target.value })}
        />
        <Input
          aria-label="领域"
          placeholder="领域，例如 市场监管（据此推荐承办人）"
          maxLength={40}
          value={form.field ?? ''}
          onChange={(event) => change({ field: event.target.value || null })}
        />
        <DatePicker
          aria-label="办理期限"
          placeholder="办理期限（可不填）"
          value={form.due ? dayjs(form.due) : null}
          onChange={(day) => change({ due: day ? day.format('YYYY-MM-DD') : null })}
        />
        <Input.TextArea
          aria-label="说明"
          placeholder="要办的事、案情、材料"
          autoSize={{ minRows: 4, maxRows: 12 }}
          maxLength={20_000}
          value={form.description}
          onChange={(event) => change({ description: event.target.value })}
        />
        {problem && <ProblemNote problem={problem} />}
      </div>
    </Modal>
  )
}

function MatterView({ id }: { id: string }) {
  const request = useMemo(() => (signal: AbortSignal) => work.matter(id, signal), [id])
  const { value, problem, loading, retry } = useFetched(request)
  return (
    <div className="page">
      <div className="column">
        <BackLink path="/matters" label="全部事项" />
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 8 }} />}
        {value && <MatterPaper first={value} />}
      </div>
    </div>
  )
}

function MatterPaper({ first }: { first: Matter }) {
  const { message } = App.useApp()
  const [one, setOne] = useState(first)
  return (
    <article className="work-paper">
      <h1>{one.title}</h1>
      <p className="work-meta">
        <span className="badge" data-tone={TONE[one.state]}>
          {one.state}
        </span>
        <span>{[one.kind, one.field, one.department].filter(Boolean).join(' · ')}</span>
        {one.due && (
          <span>
            {one.overdue ? '已超期：' : '期限：'}
            {one.due}
          </span>
        )}
      </p>
      {one.description && <p className="work-note">{one.description}</p>}
      <MatterSteps
        key={one.updated_at}
        matter={one}
        taken={(next, said) => {
          setOne(next)
          message.success(said)
        }}
      />
      <section>
        <h2>办理经过</h2>
        <ol className="work-events">
          {one.events.map((event) => (
            <li key={event.at + event.act}>
              <time dateTime={event.at}>{fullMoment(event.at)}</time>
              <b>{event.act}</b>
              <span>{event.who}</span>
              {event.minutes > 0 && <span>{event.minutes} 分钟</span>}
              {event.note && <p>{event.note}</p>}
            </li>
          ))}
        </ol>
      </section>
    </article>
  )
}

function ParticipationView() {
  const [span, setSpan] = useState<[string, string]>([`${today().slice(0, 4)}-01-01`, today()])
  const request = useMemo(() => (signal: AbortSignal) => work.participation(span[0], span[1], signal), [span])
  const { value, problem, retry } = useFetched(request)
  return (
    <div className="page">
      <div className="column">
        <BackLink path="/matters" label="全部事项" />
        <h1>公职律师参与情况</h1>
        <div className="work-bar">
          <DatePicker.RangePicker
            aria-label="起止"
            allowClear={false}
            value={[dayjs(span[0]), dayjs(span[1])]}
            onChange={(days) =>
              days?.[0] && days[1] && setSpan([days[0].format('YYYY-MM-DD'), days[1].format('YYYY-MM-DD')])
            }
          />
        </div>
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {value && (
          <>
            <p className="work-sum" role="status">
              {value.total === 0
                ? '这段时间没有登记事项。'
                : `登记 ${value.total} 件（撤回的不算），有公职律师参与的 ${value.with_lawyer} 件，参与率 ${((value.rate ?? 0) * 100).toFixed(1)}%。`}
            </p>
            <table className="work-table">
              <thead>
                <tr>
                  <th scope="col">公职律师</th>
                  <th scope="col">承办</th>
                  <th scope="col">审核</th>
                  <th scope="col">签发</th>
                  <th scope="col">用时</th>
                </tr>
              </thead>
              <tbody>
                {value.lawyers.map((one) => (
                  <tr key={one.name}>
                    <td>{one.name}</td>
                    <td>{one.handled}</td>
                    <td>{one.reviewed}</td>
                    <td>{one.signed}</td>
                    <td>{one.minutes} 分钟</td>
                  </tr>
                ))}
                {value.lawyers.length === 0 && (
                  <tr>
                    <td colSpan={5}>还没有登记公职律师。</td>
                  </tr>
                )}
              </tbody>
            </table>
          </>
        )}
      </div>
    </div>
  )
}

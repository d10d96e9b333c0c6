import { App, Button, Input, Modal, Segmented, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { asProblem, type Problem } from '../api/http'
import type { HotlineView } from '../api/schema'
import * as work from '../api/work'
import type { OrderState } from '../api/work'
import { BackLink } from '../components/BackLink'
import { ProblemNote } from '../components/ProblemNote'
import { useFetched } from '../state/hooks'
import { go } from '../state/route'
import { fullMoment } from '../text/dates'
import type { PageProps } from './registry'

const STATES: { value: OrderState | 'all'; label: string }[] = [
  { value: '待审', label: '待审' },
  { value: '已核准', label: '已核准' },
  { value: '已退回', label: '已退回' },
  { value: 'all', label: '全部' },
]

/** The agents' queue: what came in, the draft, and a person's word on it. */
export default function HotlinePage({ below, params }: PageProps) {
  const number = below ? decodeURIComponent(below) : null
  return number ? <OrderDesk key={number} number={number} /> : <Queue params={params} />
}

function Queue({ params }: { params: URLSearchParams }) {
  const chosen = (params.get('state') as OrderState | 'all' | null) ?? '待审'
  const [round, setRound] = useState(0)
  const request = useMemo(
    () => (signal: AbortSignal) => {
      void round
      return work.orders(chosen === 'all' ? null : chosen, signal)
    },
    [chosen, round],
  )
  const { value, problem, loading, retry } = useFetched(request)
  const [adding, setAdding] = useState(false)
  return (
    <div className="page">
      <div className="column">
        <h1>热线工单</h1>
        <p className="page-lead">
          每件工单先由程序归类、起草或者交人；紧急的排在最前。答复经人核准才能给市民，核准后成为下一次的口径。
        </p>
        <div className="work-bar">
          <Segmented
            aria-label="状态"
            options={STATES}
            value={chosen}
            onChange={(state) => go(`/hotline?state=${encodeURIComponent(state)}`)}
          />
          <Button onClick={() => setAdding(true)}>录入一件</Button>
        </div>
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 6 }} />}
        {value?.length === 0 && <p className="nothing">这里没有工单。</p>}
        {value && value.length > 0 && (
          <ol className="work-list" aria-label="工单" aria-busy={loading}>
            {value.map((one) => (
              <li key={one.order_no} className="work-row" data-tone={one.urgent ? 'dead' : undefined}>
                <a
                  href={`/hotline/${encodeURIComponent(one.order_no)}`}
                  onClick={(event) => {
                    event.preventDefault()
                    go(`/hotline/${encodeURIComponent(one.order_no)}`)
                  }}
                >
                  <p className="work-meta">
                    <span>{one.order_no}</span>
                    <span>{[one.category, one.field, one.matter].filter(Boolean).join(' · ')}</span>
                    <Tags one={one} />
                  </p>
                  <b>{one.content}</b>
                </a>
              </li>
            ))}
          </ol>
        )}
        {adding && (
          <Adding
            close={() => {
              setAdding(false)
              setRound((n) => n + 1)
            }}
          />
        )}
      </div>
    </div>
  )
}

function Tags({ one }: { one: HotlineView }) {
  return (
    <>
      {one.urgent && (
        <span className="badge" data-tone="dead">
          紧急
        </span>
      )}
      {one.needs_human && !one.urgent && (
        <span className="badge" data-tone="old">
          须人工
        </span>
      )}
      {one.standard && (
        <span className="badge" data-tone="valid">
          已有口径
        </span>
      )}
      {one.state !== '待审' && (
        <span className="badge" data-tone={one.state === '已核准' ? 'valid' : 'doubt'}>
          {one.state}
        </span>
      )}
    </>
  )
}

function Adding({ close }: { close: () => void }) {
  const [number, setNumber] = useState('')
  const [content, setContent] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const take = async () => {
    try {
      await work.takeOrder({ order_no: number.trim(), content })
      close()
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <Modal
      open
      title="录入工单"
      okText="起草"
      cancelText="取消"
      okButtonProps={{ disabled: !number.trim() || !content.trim() }}
      onOk={take}
      onCancel={close}
    >
      <div className="work-form">
        <Input
          aria-label="工单号"
          placeholder="工单号"
          value={number}
          maxLength={64}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Input.TextArea
          aria-label="诉求内容"
          placeholder="市民反映的事情"
          autoSize={{ minRows: 5, maxRows: 14 }}
          maxLength={10_000}
          value={content}
          onChange={(event) => setContent(event.target.value)}
        />
        {problem && <ProblemNote problem={problem} />}
      </div>
    </Modal>
  )
}

function OrderDesk({ number }: { number: string }) {
  const request = useMemo(() => (signal: AbortSignal) => work.order(number, signal), [number])
  const { value, problem, loading, retry } = useFetched(request)
  return (
    <div className="page">
      <div className="column">
        <BackLink path="/hotline" label="全部工单" />
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !value && <Skeleton active paragraph={{ rows: 8 }} />}
        {value && <Order first={value} />}
      </div>
    </div>
  )
}

function Order({ first }: { first: HotlineView }) {
  const { message } = App.useApp()
  const [one, setOne] = useState(first)
  const [reply, setReply] = useState(first.reply ?? first.reply_draft)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (step: () => Promise<HotlineView>, done: string) => {
    setBusy(true)
    try {
      setOne(await step())
      setProblem(null)
      message.success(done)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const open = one.state === '待审'
  return (
    <article className="work-paper">
      <h1>{one.order_no}</h1>
      <p className="work-meta">
        <span>{[one.category, one.field, one.matter].filter(Boolean).join(' · ')}</span>
        <Tags one={one} />
        <span>{one.limit.text}</span>
      </p>
      <section>
        <h2>市民反映</h2>
        <blockquote className="work-said">{one.content}</blockquote>
        {one.content.includes('〔') && (
          <Button
            size="small"
            onClick={() => attempt(() => work.reveal(one.order_no), '已显示，记入审计日志')}
          >
            显示个人信息
          </Button>
        )}
      </section>
      {one.reason && (
        <p className="work-warning" role="note">
          须人工处理：{one.reason}
        </p>
      )}
      <section>
        <h2>答复草稿</h2>
        <Input.TextArea
          aria-label="答复草稿"
          className="work-reply"
          autoSize={{ minRows: 6, maxRows: 30 }}
          value={reply}
          readOnly={!open}
          maxLength={5_000}
          onChange={(event) => setReply(event.target.value)}
        />
        {problem && <ProblemNote problem={problem} />}
        {open ? (
          <div className="work-steps">
            <Button
              type="primary"
              loading={busy}
              disabled={!reply.trim()}
              onClick={() => attempt(() => work.approve(one.order_no, reply), '已核准')}
            >
              核准答复
            </Button>
            <Input
              aria-label="退回理由"
              placeholder="退回理由"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button
              loading={busy}
              disabled={!reason.trim()}
              onClick={() => attempt(() => work.sendBack(one.order_no, reason), '已退回')}
            >
              退回
            </Button>
          </div>
        ) : (
          <p className="work-meta" role="status">
            {one.state}：{one.decided_by} {one.decided_at && fullMoment(one.decided_at)}
          </p>
        )}
      </section>
      <section>
        <h2>内部说明</h2>
        <p className="work-note">{one.internal_note}</p>
      </section>
    </article>
  )
}

import { Alert, Button, Input, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import * as admin from '../api/admin'
import { asProblem, type Problem } from '../api/http'
import type { AuditPage, Verification } from '../api/schema'
import { useFetched } from '../state/hooks'
import { fullMoment } from '../text/dates'
import { DownloadOutlined } from './icons'
import { ProblemNote } from './ProblemNote'

type Line = AuditPage['lines'][number]

const ACTIONS = [
  { value: 'session.begin', label: '登录' },
  { value: 'ask', label: '提问' },
  { value: 'conversations.read', label: '看会话' },
  { value: 'conversations.export', label: '导出回答' },
  { value: 'opinions.sign', label: '签发文书' },
  { value: 'opinions.export', label: '导出文书' },
  { value: 'hotline.personal', label: '看工单里的个人信息' },
  { value: 'people.add', label: '建账户' },
  { value: 'people.change', label: '改账户' },
  { value: 'tokens.create', label: '建接口令牌' },
]
const OUTCOMES: Record<string, string> = {
  ok: '',
  refused: '被拒',
  locked: '锁定中',
  broken: '中断',
  failed: '失败',
}

/** Who did what, the last first; whether the log is whole. */
export default function AdminAudit() {
  const [who, setWho] = useState('')
  const [action, setAction] = useState<string | null>(null)
  const request = useMemo(
    () => (signal: AbortSignal) => admin.audit({ ...(who && { who }), ...(action && { action }) }, signal),
    [who, action],
  )
  const { value, problem, loading, retry } = useFetched(request)
  return (
    <section aria-label="审计日志" aria-busy={loading}>
      <p className="work-sum">
        谁在什么时候做了什么：只增不改，逐条相扣。不记问题的原文和个人信息，只记编号。
      </p>
      <Verify />
      <div className="admin-filter">
        <Input.Search
          aria-label="谁"
          placeholder="用户名"
          allowClear
          onSearch={(text) => setWho(text.trim())}
        />
        <Select
          aria-label="动作"
          placeholder="全部动作"
          allowClear
          value={action}
          onChange={(chosen: string | undefined) => setAction(chosen ?? null)}
          options={ACTIONS}
          popupMatchSelectWidth={false}
        />
      </div>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 8 }} />}
      {value && <Lines key={`${who}|${action}`} first={value} chosen={{ who, action }} />}
    </section>
  )
}

function Lines({ first, chosen }: { first: AuditPage; chosen: { who: string; action: string | null } }) {
  const [older, setOlder] = useState<AuditPage[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const pages = [first, ...older]
  const lines = pages.flatMap((page) => page.lines)
  const last = lines.at(-1)
  const more = pages.at(-1)?.more && last
  const goOn = async () => {
    if (!last) return
    try {
      const page = await admin.audit({
        ...(chosen.who && { who: chosen.who }),
        ...(chosen.action && { action: chosen.action }),
        before: last.number,
      })
      setOlder((held) => [...held, page])
      setProblem(null)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  if (lines.length === 0) return <p className="nothing">没有这样的记录。</p>
  return (
    <>
      <ol className="work-list">
        {lines.map((line) => (
          <Row key={line.number} line={line} />
        ))}
      </ol>
      {problem && <ProblemNote problem={problem} retry={() => void goOn()} />}
      {more && (
        <Button className="admin-more" block onClick={() => void goOn()}>
          更早的
        </Button>
      )}
    </>
  )
}

function Row({ line }: { line: Line }) {
  const outcome = OUTCOMES[line.outcome] ?? line.outcome.replace('failed:', '失败 ')
  return (
    <li className="work-row admin-line" data-tone={outcome ? 'dead' : undefined}>
      <b>
        {line.label}
        {outcome && <em>{outcome}</em>}
      </b>
      <p className="work-meta">
        <span>{line.number}</span>
        <span>{fullMoment(line.at)}</span>
        <span>{line.who}</span>
        {line.address && <span>{line.address}</span>}
        {line.object && <code>{line.object}</code>}
      </p>
    </li>
  )
}

function Verify() {
  const [found, setFound] = useState<Verification | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    try {
      setFound(await admin.verifyAudit())
      setProblem(null)
    } catch (error) {
      setProblem(asProblem(error))
    }
    setBusy(false)
  }
  const broken = (found?.problems.length ?? 0) > 0
  return (
    <>
      <div className="work-steps">
        <Button loading={busy} onClick={() => void verify()}>
          逐条核对
        </Button>
        <Button href={admin.AUDIT_CSV} icon={<DownloadOutlined />}>
          导出 CSV
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {found && (
        <Alert
          className="admin-said admin-verdict"
          role="status"
          type={broken ? 'error' : 'success'}
          showIcon
          title={broken ? `核对了 ${found.rows} 条，日志不完整` : `核对了 ${found.rows} 条，完整，没有被改动`}
          description={
            broken ? (
              <ul>
                {found.problems.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            ) : (
              <>
                最后一条的指纹，记在别处，日后可以对照：
                <code className="admin-token">
                  {found.number}:{found.seal}
                </code>
              </>
            )
          }
        />
      )}
    </>
  )
}

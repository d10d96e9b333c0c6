import { lazy, Suspense } from 'react'
import { Segmented, Skeleton } from 'antd'
import { go } from '../state/route'
import type { PageProps } from './registry'

const VIEWS = [
  { value: '', label: '人员', view: lazy(() => import('../components/AdminPeople')) },
  { value: 'tokens', label: '令牌', view: lazy(() => import('../components/AdminTokens')) },
  { value: 'knowledge', label: '知识', view: lazy(() => import('../components/AdminKnowledge')) },
  { value: 'state', label: '运行', view: lazy(() => import('../components/AdminState')) },
  { value: 'audit', label: '审计', view: lazy(() => import('../components/AdminAudit')) },
]

/** People, tokens, what is known, how it runs, and what was done. */
export default function AdminPage({ below }: PageProps) {
  const chosen = VIEWS.find((one) => one.value === below) ?? VIEWS[0]
  const View = chosen?.view
  return (
    <div className="page">
      <div className="column">
        <h1>管理</h1>
        <div className="work-bar">
          <Segmented
            aria-label="管理什么"
            options={VIEWS.map(({ value, label }) => ({ value, label }))}
            value={chosen?.value ?? ''}
            onChange={(value) => go(value ? `/admin/${value}` : '/admin')}
          />
        </div>
        <Suspense fallback={<Skeleton active paragraph={{ rows: 6 }} />}>{View && <View />}</Suspense>
      </div>
    </div>
  )
}

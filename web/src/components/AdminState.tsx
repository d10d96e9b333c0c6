import { Button, Progress, Skeleton } from 'antd'
import { useEffect } from 'react'
import * as admin from '../api/admin'
import type { JobProgress } from '../api/schema'
import { useFetched } from '../state/hooks'
import { fullMoment } from '../text/dates'
import { ProblemNote } from './ProblemNote'

const LOOK_AGAIN = 5_000
const STATES = { ok: '正常', warning: '注意', error: '要修' }

/** Background work with how far it is, and how the server is doing. */
export default function AdminState() {
  const jobs = useFetched(admin.jobs)
  const health = useFetched(admin.health)
  const { retry } = jobs
  const running = jobs.value?.some((one) => one.state === '进行中') ?? false
  useEffect(() => {
    if (!running) return
    const timer = setInterval(retry, LOOK_AGAIN)
    return () => clearInterval(timer)
  }, [running, retry])
  return (
    <>
      <section className="admin-part" aria-label="运行状况" aria-busy={health.loading}>
        <div className="admin-head">
          <h2>运行状况</h2>
          <Button size="small" loading={health.loading} onClick={health.retry}>
            再看一次
          </Button>
        </div>
        {health.problem && <ProblemNote problem={health.problem} retry={health.retry} />}
        {health.loading && !health.value && <Skeleton active paragraph={{ rows: 5 }} />}
        {health.value && (
          <dl className="admin-looks">
            {health.value.looks.map((one) => (
              <div key={one.name} data-state={one.state}>
                <dt>
                  {one.name}
                  <em>{STATES[one.state]}</em>
                </dt>
                <dd>
                  {one.seen}
                  {one.remedy && <small>{one.remedy}</small>}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <p className="admin-note">在服务器上运行 counsel doctor，查得更全。</p>
      </section>
      <section className="admin-part" aria-label="后台任务" aria-busy={jobs.loading}>
        <h2>后台任务</h2>
        {jobs.problem && <ProblemNote problem={jobs.problem} retry={jobs.retry} />}
        {jobs.value && (
          <ul className="work-list">
            {jobs.value.map((one) => (
              <Job key={one.name + one.detail} job={one} />
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function Job({ job }: { job: JobProgress }) {
  const percent = job.total ? Math.floor((job.done / job.total) * 100) : 100
  return (
    <li className="work-row">
      <b>{job.name}</b>
      <p className="work-meta">
        <span>{job.state}</span>
        <span>{job.detail}</span>
        {job.total > 0 && (
          <span>
            {job.done.toLocaleString('zh-CN')} / {job.total.toLocaleString('zh-CN')}
          </span>
        )}
        {(job.problems ?? 0) > 0 && <span data-tone="dead">{job.problems} 件有问题</span>}
        {job.since && <span>{fullMoment(job.since)}</span>}
      </p>
      {job.total > 0 && <Progress percent={percent} size="small" aria-label={`${job.name}的进度`} />}
    </li>
  )
}

import { Button, Input, InputNumber, Select } from 'antd'
import { useMemo, useState } from 'react'
import { asProblem, type Problem } from '../api/http'
import type { Matter } from '../api/schema'
import * as work from '../api/work'
import { useFetched } from '../state/hooks'
import { ProblemNote } from './ProblemNote'

interface Props {
  matter: Matter
  taken: (next: Matter, said: string) => void
}

/** What can be done with a matter as it stands; who may do it is said by the server. */
export function MatterSteps({ matter, taken }: Props) {
  const [note, setNote] = useState('')
  const [minutes, setMinutes] = useState(0)
  const [opinion, setOpinion] = useState(matter.opinion_id ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const take = async (step: work.Step, more: Record<string, unknown>, said: string) => {
    try {
      taken(await work.takeStep(matter.id, step, { note, ...more }), said)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const timed = { minutes }
  if (matter.state === '已办结' || matter.state === '已撤回') return null
  return (
    <section className="work-do" aria-label="办理">
      {(matter.state === '待分派' || matter.state === '办理中') && (
        <Assigning matter={matter} assign={(lawyer) => take('assign', { lawyer }, `已分派给${lawyer}`)} />
      )}
      <Input.TextArea
        aria-label="说明"
        placeholder="这一步的说明（退回、撤回必填）"
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="work-steps">
        <label>
          用时{' '}
          <InputNumber
            aria-label="用时（分钟）"
            min={0}
            max={1440}
            value={minutes}
            onChange={(value) => setMinutes(value ?? 0)}
          />{' '}
          分钟
        </label>
        <Button onClick={() => take('remark', timed, '已记录')}>记一笔</Button>
        {matter.state === '办理中' && (
          <>
            <Input
              aria-label="文书编号"
              placeholder="文书编号（可不填）"
              value={opinion}
              maxLength={64}
              onChange={(event) => setOpinion(event.target.value)}
            />
            <Button
              type="primary"
              onClick={() => take('submit', { ...timed, opinion_id: opinion.trim() || null }, '已提交审核')}
            >
              提交审核
            </Button>
          </>
        )}
        {matter.state === '待审核' && (
          <Button type="primary" onClick={() => take('review', { ...timed, decision: '通过' }, '审核通过')}>
            审核通过
          </Button>
        )}
        {(matter.state === '待审核' || matter.state === '待签发') && (
          <Button onClick={() => take('review', { ...timed, decision: '退回' }, '已退回')}>退回</Button>
        )}
        {matter.state === '待签发' && (
          <Button type="primary" onClick={() => take('sign', timed, '已签发')}>
            签发
          </Button>
        )}
        <Button danger type="text" onClick={() => take('withdraw', {}, '已撤回')}>
          撤回
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </section>
  )
}

function Assigning({ matter, assign }: { matter: Matter; assign: (lawyer: string) => void }) {
  const request = useMemo(
    () => (signal: AbortSignal) => work.lawyers(matter.field ?? null, signal),
    [matter.field],
  )
  const { value, problem, retry } = useFetched(request)
  const [chosen, setChosen] = useState<string | null>(null)
  if (problem) return <ProblemNote problem={problem} retry={retry} />
  if (value?.length === 0)
    return <p className="nothing">还没有登记公职律师，请管理员在管理页登记姓名和专长。</p>
  return (
    <div className="work-steps">
      <Select
        aria-label="承办人"
        className="work-lawyer"
        placeholder="选承办人：专长相符、手头少的排在前面"
        value={chosen ?? matter.assignee ?? null}
        options={(value ?? []).map((one) => ({
          value: one.name,
          label: `${one.name}（${one.fields.join('、')}；在手 ${one.open} 件）`,
        }))}
        onChange={setChosen}
      />
      <Button disabled={!chosen} onClick={() => chosen && assign(chosen)}>
        {matter.assignee ? '改派' : '分派'}
      </Button>
    </div>
  )
}

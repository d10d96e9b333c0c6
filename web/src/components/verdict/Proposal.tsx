import { Checkbox, Input } from 'antd'
import type { CaseForm } from '../../state/caseForms'

const KINDS = [
  '警告',
  '通报批评',
  '没收违法所得',
  '没收非法财物',
  '暂扣许可证件',
  '吊销许可证件',
  '责令停产停业',
  '责令关闭',
  '限制从业',
  '行政拘留',
]

/** What is wrong with a field, under it. */
export function FieldProblem({ problem }: { problem: string | undefined }) {
  return problem ? (
    <p className="field-problem" role="alert">
      {problem}
    </p>
  ) : null
}

/** The basis, and what is proposed under it. */
export function Proposal({
  form,
  change,
  problems,
}: {
  form: CaseForm
  change: (next: Partial<CaseForm>) => void
  problems: ReadonlyMap<string, string>
}) {
  const { proposed } = form
  const money = (name: 'fine' | 'fine_person', label: string) => (
    <label>
      <span className="proposal-label">{label}</span>
      <Input
        aria-label={label}
        inputMode="decimal"
        suffix="元"
        placeholder="没有则不填"
        value={proposed[name]}
        status={problems.has(`proposed.${name}`) ? 'error' : ''}
        onChange={(event) => change({ proposed: { ...proposed, [name]: event.target.value } })}
      />
      <FieldProblem problem={problems.get(`proposed.${name}`)} />
    </label>
  )
  return (
    <div className="proposal">
      <label className="proposal-basis">
        <span className="proposal-label">处罚依据</span>
        <Input
          aria-label="处罚依据"
          placeholder="写到条、款、项：《食品安全法》第一百二十四条第一款第（五）项"
          value={form.basis}
          maxLength={300}
          status={problems.has('basis') ? 'error' : ''}
          onChange={(event) => change({ basis: event.target.value })}
        />
        <FieldProblem problem={problems.get('basis')} />
      </label>
      {money('fine', '拟罚款')}
      {money('fine_person', '对责任人员拟罚款')}
      <div className="proposal-kinds" role="group" aria-label="其他处罚">
        <span className="proposal-label">其他处罚</span>
        <Checkbox.Group
          options={KINDS}
          value={proposed.kinds}
          onChange={(kinds) => change({ proposed: { ...proposed, kinds } })}
        />
        <FieldProblem problem={problems.get('proposed') ?? problems.get('proposed.kinds')} />
      </div>
    </div>
  )
}

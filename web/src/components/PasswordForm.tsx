import { Button, Input } from 'antd'
import { useState } from 'react'
import { changePassword } from '../api/admin'
import { asProblem, type Problem } from '../api/http'
import { ProblemNote } from './ProblemNote'

/** One's own password. The server ends every other session of one's own with it. */
export function PasswordForm({ changed }: { changed: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const differs = again !== '' && again !== next
  const submit = async () => {
    setBusy(true)
    try {
      await changePassword(current, next)
      changed()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <form
      className="password-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {problem && <ProblemNote problem={problem} />}
      <label htmlFor="current-password">现在的密码</label>
      <Input.Password
        id="current-password"
        size="large"
        autoFocus
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <label htmlFor="new-password">新密码</label>
      <Input.Password
        id="new-password"
        size="large"
        autoComplete="new-password"
        aria-describedby="password-rule"
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <p id="password-rule" className="password-rule">
        10 至 72 个字符。几个不相干的词连起来，好记又难猜。
      </p>
      <label htmlFor="again-password">再输一次新密码</label>
      <Input.Password
        id="again-password"
        size="large"
        autoComplete="new-password"
        status={differs ? 'error' : ''}
        value={again}
        onChange={(event) => setAgain(event.target.value)}
      />
      {differs && <p className="password-rule">两次输入的不一样。</p>}
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={busy}
        disabled={!current || !next || next !== again}
      >
        改好密码
      </Button>
    </form>
  )
}

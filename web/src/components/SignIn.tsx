import { Button, Input } from 'antd'
import { useState } from 'react'
import * as counsel from '../api/counsel'
import { asProblem, type Problem } from '../api/http'
import { ProblemNote } from './ProblemNote'

export function SignIn({ problem: first, entered }: { problem: Problem | null; entered: () => void }) {
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState(first)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    try {
      await counsel.signIn(token.trim())
      entered()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <main className="door">
      <form
        className="door-card"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <img src="/seal.svg" alt="" width={56} height={56} />
        <h1>执法顾问</h1>
        <p>请打开服务启动时打印的登录链接，或在这里输入登录令牌。</p>
        {problem && <ProblemNote problem={problem} />}
        <label htmlFor="token">登录令牌</label>
        <Input.Password
          id="token"
          size="large"
          autoFocus
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={!token.trim()}>
          登录
        </Button>
      </form>
    </main>
  )
}

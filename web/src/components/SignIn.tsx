import { Button, Input } from 'antd'
import { useState } from 'react'
import * as counsel from '../api/counsel'
import { asProblem, type Problem } from '../api/http'
import type { SessionAnswer } from '../api/types'
import { PasswordForm } from './PasswordForm'
import { ProblemNote } from './ProblemNote'

interface Props {
  /** How one signs in here. */
  session: SessionAnswer
  problem: Problem | null
  entered: () => void
}

/** The door: an account, the office's own sign-on, or, while there are no accounts, the token of the printed link. */
export function SignIn({ session, problem: first, entered }: Props) {
  const [problem, setProblem] = useState(first)
  const [busy, setBusy] = useState(false)
  const enter = async (begin: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await begin()
      entered()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <main className="door">
      <div className="door-card">
        <img src="/seal.svg" alt="" width={56} height={56} />
        <h1>执法顾问</h1>
        {session.accounts ? (
          <AccountForm problem={problem} busy={busy} enter={(n, p) => enter(() => counsel.enter(n, p))} />
        ) : (
          <TokenForm problem={problem} busy={busy} enter={(t) => enter(() => counsel.signIn(t))} />
        )}
        {session.single_sign_on && (
          <>
            <p className="door-or">或者</p>
            <Button size="large" block href="/api/v1/session/single-sign-on">
              {session.single_sign_on}
            </Button>
          </>
        )}
      </div>
    </main>
  )
}

interface FormProps {
  problem: Problem | null
  busy: boolean
}

function AccountForm({
  problem,
  busy,
  enter,
}: FormProps & { enter: (name: string, password: string) => Promise<void> }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void enter(name.trim(), password)
      }}
    >
      {problem && <ProblemNote problem={problem} />}
      <label htmlFor="name">用户名</label>
      <Input
        id="name"
        size="large"
        autoFocus
        autoComplete="username"
        autoCapitalize="none"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label htmlFor="password">密码</label>
      <Input.Password
        id="password"
        size="large"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={busy}
        disabled={!name.trim() || !password}
      >
        登录
      </Button>
    </form>
  )
}

function TokenForm({ problem, busy, enter }: FormProps & { enter: (token: string) => Promise<void> }) {
  const [token, setToken] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void enter(token.trim())
      }}
    >
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
  )
}

/** Whoever comes in with a password that another has set sets one of his own first. */
export function FirstPassword({ name, changed }: { name: string; changed: () => void }) {
  return (
    <main className="door">
      <div className="door-card">
        <img src="/seal.svg" alt="" width={56} height={56} />
        <h1>换成自己的密码</h1>
        <p>{name}，现在的密码是别人替您设的。换好以后就可以使用。</p>
        <PasswordForm changed={changed} />
      </div>
    </main>
  )
}

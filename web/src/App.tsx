import { XProvider } from '@ant-design/x'
import xZhCN from '@ant-design/x/locale/zh_CN'
import { App as AntApp } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useCallback, useEffect, useMemo, useState } from 'react'
import * as counsel from './api/counsel'
import { asProblem, onSignedOut, Problem } from './api/http'
import type { SessionAnswer } from './api/types'
import { ProblemNote } from './components/ProblemNote'
import { FirstPassword, SignIn } from './components/SignIn'
import { Desk } from './Desk'
import { chats } from './state/chats'
import { useStill } from './state/hooks'
import { ReadingProvider } from './state/reading'
import { SessionProvider } from './state/session'
import { antdTheme, useShade } from './state/theme'

dayjs.locale('zh-cn')
const LOCALE = { ...zhCN, ...xZhCN }
const READY_INTERVAL = 1000

type Gate =
  | { at: 'opening'; reason: string }
  | { at: 'unreachable'; problem: Problem }
  | { at: 'door'; session: SessionAnswer; problem: Problem | null }
  | { at: 'in'; session: SessionAnswer }

/** Something the address brings along, taken out of it before anything else can keep it. */
function taken(name: string): string | null {
  const address = new URL(window.location.href)
  const value = address.searchParams.get(name)
  if (value === null) return null
  address.searchParams.delete(name)
  window.history.replaceState(null, '', address.pathname + address.search + address.hash)
  return value
}
/** The token of a sign-in link. */
let token = taken('token')
/** Why the office's own sign-on did not let in (api/single_sign_on.py). */
const REFUSED: Record<string, string> = {
  refused: '您在本系统还没有可用的账户。请管理员为您建一个统一登录的账户，或启用原有的。',
  unreachable: '单位的统一登录现在连不上。稍后再试，或用密码登录。',
  expired: '这次登录隔得太久，或者换过浏览器。请再点一次。',
  nameless: '统一登录没有告诉本系统您的用户名。请把这句话告诉管理员。',
  failed: '统一登录没有成功：对方的答复没有通过核验，或者您取消了登录。',
}
let refused = taken('sign_in')

export function App() {
  const [shade, setShade] = useShade()
  const still = useStill()
  const [gate, setGate] = useState<Gate>({ at: 'opening', reason: '正在连接' })
  const [round, setRound] = useState(0)
  const theme = useMemo(() => antdTheme(shade, still), [shade, still])
  const again = useCallback(() => setRound((n) => n + 1), [])

  useEffect(() => onSignedOut(again), [again])

  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const enter = async () => {
      try {
        let problem: Problem | null = null
        if (refused !== null) {
          problem = new Problem(401, '没有登录', REFUSED[refused] ?? '没有登录成功。请再试一次。')
          refused = null
        }
        if (token !== null) {
          const mine = token
          token = null
          problem = await counsel.signIn(mine).then(
            () => null,
            (error: unknown) => asProblem(error),
          )
        }
        const session = await counsel.session()
        if (gone) return
        if (!session.signed_in) return setGate({ at: 'door', session, problem })
        if (session.must_change_password) return setGate({ at: 'in', session })
        const reason = await counsel.notReady()
        if (gone) return
        if (reason === null) return setGate({ at: 'in', session })
        setGate({ at: 'opening', reason })
        timer = setTimeout(enter, READY_INTERVAL)
      } catch (error) {
        if (gone) return
        setGate({ at: 'unreachable', problem: asProblem(error) })
      }
    }
    void enter()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [round])

  const leave = useCallback(async () => {
    await counsel.signOut()
    chats.clear()
    again()
  }, [again])

  return (
    <XProvider theme={theme} locale={LOCALE} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 2 }}>
        {gate.at === 'opening' && <Opening reason={gate.reason} />}
        {gate.at === 'unreachable' && (
          <main className="door">
            <ProblemNote problem={gate.problem} retry={again} />
          </main>
        )}
        {gate.at === 'door' && <SignIn session={gate.session} problem={gate.problem} entered={again} />}
        {gate.at === 'in' && gate.session.must_change_password && (
          <FirstPassword name={gate.session.title ?? ''} changed={again} />
        )}
        {gate.at === 'in' && !gate.session.must_change_password && (
          <SessionProvider value={gate.session}>
            <ReadingProvider>
              <Desk session={gate.session} shade={shade} setShade={setShade} leave={leave} />
            </ReadingProvider>
          </SessionProvider>
        )}
      </AntApp>
    </XProvider>
  )
}

function Opening({ reason }: { reason: string }) {
  return (
    <main className="door" aria-busy="true">
      <div className="opening" role="status">
        <img src="/seal.svg" alt="" width={56} height={56} />
        <p>{reason}</p>
        <div className="opening-bar" aria-hidden="true" />
      </div>
    </main>
  )
}

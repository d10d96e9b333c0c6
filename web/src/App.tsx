import { XProvider } from '@ant-design/x'
import xZhCN from '@ant-design/x/locale/zh_CN'
import { App as AntApp } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useCallback, useEffect, useMemo, useState } from 'react'
import * as counsel from './api/counsel'
import { asProblem, onSignedOut, type Problem } from './api/http'
import type { SessionAnswer } from './api/types'
import { ProblemNote } from './components/ProblemNote'
import { SignIn } from './components/SignIn'
import { Desk } from './Desk'
import { chats } from './state/chats'
import { useStill } from './state/hooks'
import { ReadingProvider } from './state/reading'
import { antdTheme, useShade } from './state/theme'

dayjs.locale('zh-cn')
const LOCALE = { ...zhCN, ...xZhCN }
const READY_INTERVAL = 1000

type Gate =
  | { at: 'opening'; reason: string }
  | { at: 'unreachable'; problem: Problem }
  | { at: 'door'; problem: Problem | null }
  | { at: 'in'; session: SessionAnswer }

/** The token of a sign-in link, taken out of the address before anything else can keep it. */
function takeToken(): string | null {
  const address = new URL(window.location.href)
  const token = address.searchParams.get('token')
  if (token === null) return null
  address.searchParams.delete('token')
  window.history.replaceState(null, '', address.pathname + address.search + address.hash)
  return token
}
let token = takeToken()

export function App() {
  const [shade, setShade] = useShade()
  const still = useStill()
  const [gate, setGate] = useState<Gate>({ at: 'opening', reason: '正在连接' })
  const [round, setRound] = useState(0)
  const theme = useMemo(() => antdTheme(shade, still), [shade, still])
  const again = useCallback(() => setRound((n) => n + 1), [])

  useEffect(() => onSignedOut(() => setGate({ at: 'door', problem: null })), [])

  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const enter = async () => {
      try {
        if (token !== null) {
          const mine = token
          token = null
          await counsel.signIn(mine)
        }
        const session = await counsel.session()
        if (gone) return
        if (!session.signed_in) return setGate({ at: 'door', problem: null })
        const reason = await counsel.notReady()
        if (gone) return
        if (reason === null) return setGate({ at: 'in', session })
        setGate({ at: 'opening', reason })
        timer = setTimeout(enter, READY_INTERVAL)
      } catch (error) {
        if (gone) return
        const problem = asProblem(error)
        setGate(problem.status === 401 ? { at: 'door', problem } : { at: 'unreachable', problem })
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
    setGate({ at: 'door', problem: null })
  }, [])

  return (
    <XProvider theme={theme} locale={LOCALE} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 2 }}>
        {gate.at === 'opening' && <Opening reason={gate.reason} />}
        {gate.at === 'unreachable' && (
          <main className="door">
            <ProblemNote problem={gate.problem} retry={again} />
          </main>
        )}
        {gate.at === 'door' && <SignIn problem={gate.problem} entered={again} />}
        {gate.at === 'in' && (
          <ReadingProvider>
            <Desk session={gate.session} shade={shade} setShade={setShade} leave={leave} />
          </ReadingProvider>
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

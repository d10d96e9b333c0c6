import { App, Button, Drawer, Dropdown, Modal, Skeleton } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { signOutEverywhere } from './api/admin'
import * as counsel from './api/counsel'
import { asProblem, type Problem } from './api/http'
import type { ConversationSummary, SessionAnswer } from './api/types'
import { Brand } from './components/Brand'
import { ConversationRail } from './components/ConversationRail'
import { MenuOutlined, MoonOutlined, SunOutlined, UserOutlined } from './components/icons'
import { PageIndex, PageSwitch } from './components/PageIndex'
import { PasswordForm } from './components/PasswordForm'
import { AskPage } from './pages/AskPage'
import { ASK, pageAt } from './pages/registry'
import { beginAnew } from './state/anew'
import { useNarrow, useOnline, useWide } from './state/hooks'
import { useSheet } from './state/printing'
import { useReading } from './state/reading'
import { conversationAt, conversationPath, go, useRoute } from './state/route'
import { halt } from './state/signals'
import type { Shade } from './state/theme'

const AsOfPicker = lazy(() => import('./components/AsOfPicker'))
const PassagePanel = lazy(() => import('./components/PassagePanel'))
const ProvisionPanel = lazy(() => import('./components/ProvisionPanel'))
const PrintSheet = lazy(() => import('./components/PrintSheet'))

/** An open popup takes Escape for itself. */
const POPUPS = ['ant-popover', 'ant-picker-dropdown', 'ant-dropdown', 'ant-modal-wrap']
  .map((name) => `.${name}:not(.${name}-hidden):not([style*='display: none'])`)
  .join()

interface Props {
  session: SessionAnswer
  shade: Shade
  setShade: (shade: Shade) => void
  leave: () => void
}

/** The page once its reader is in: conversations, the work, and the provision beside it. */
export function Desk({ session, shade, setShade, leave }: Props) {
  const { path, params } = useRoute()
  const page = pageAt(path)
  const narrow = useNarrow()
  const online = useOnline()
  const { target, close } = useReading()
  const sheet = useSheet()
  const [menu, setMenu] = useState(false)
  const [password, setPassword] = useState(false)
  const { message } = App.useApp()
  const [list, setList] = useState<ConversationSummary[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  // The conversation stays open behind the other pages.
  const [conversation, setConversation] = useState(conversationAt(path))
  if (page === ASK && conversationAt(path) !== conversation) setConversation(conversationAt(path))

  const refresh = useCallback(() => {
    counsel.conversations().then(
      (found) => {
        setList(found)
        setProblem(null)
      },
      (error: unknown) => setProblem(asProblem(error)),
    )
  }, [])
  useEffect(refresh, [refresh])

  const title = list?.find((c) => c.id === conversation)?.title
  useEffect(() => {
    const name = page === ASK ? title : page.label
    document.title = name ? `${name} · 执法顾问` : '执法顾问'
  }, [page, title])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        close()
        beginAnew()
      } else if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector(POPUPS)) {
        if (target) close()
        else halt.send()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [target, close])

  /** A new conversation has its id: it gets its address, or is what the reader comes back to. */
  const named = useCallback(
    (id: string) => {
      if (window.location.pathname === '/') go(conversationPath(id), { replace: true })
      else if (!window.location.pathname.startsWith('/c/')) setConversation((before) => before ?? id)
      refresh()
    },
    [refresh],
  )

  const home = conversation ? conversationPath(conversation) : '/'
  // Until there are accounts everybody sees every page.
  const index = { current: page, home, roles: session.accounts ? (session.roles ?? []) : null }
  const conversations = (
    <ConversationRail
      list={list}
      problem={problem}
      active={page === ASK ? conversation : null}
      refresh={refresh}
      chosen={() => setMenu(false)}
    />
  )
  const View = page.view
  return (
    <div className="desk" data-panel={target ? 'open' : undefined}>
      {narrow ? (
        <Drawer
          placement="left"
          size={300}
          open={menu}
          onClose={() => setMenu(false)}
          closable={false}
          aria-label="会话"
          rootClassName="rail-drawer"
        >
          <div className="rail">
            <Brand chosen={() => setMenu(false)} />
            {conversations}
          </div>
        </Drawer>
      ) : (
        <aside className="rail">
          <Brand />
          <PageIndex {...index} />
          {conversations}
        </aside>
      )}
      <main className="work">
        <header className="top">
          {narrow ? (
            <>
              <Button
                type="text"
                icon={<MenuOutlined />}
                aria-label="会话列表"
                onClick={() => setMenu(true)}
              />
              <PageSwitch {...index} />
            </>
          ) : (
            <span className="top-title">{page === ASK ? title : page.group}</span>
          )}
          <span className="top-space" />
          <Suspense fallback={<span className="as-of" />}>
            <AsOfPicker />
          </Suspense>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'who', label: whoIs(session), disabled: true },
                {
                  key: 'model',
                  label: session.model ? `模型：${session.model}` : '未配置模型：摘录作答',
                  disabled: true,
                },
                { type: 'divider' },
                {
                  key: 'shade',
                  label: shade === 'dark' ? '浅色' : '深色',
                  icon: shade === 'dark' ? <SunOutlined /> : <MoonOutlined />,
                },
                ...(session.accounts ? [{ key: 'password', label: '改密码' }] : []),
                { key: 'leave', label: '退出登录' },
                { key: 'everywhere', label: '在所有设备上退出' },
              ],
              onClick: ({ key }) => {
                if (key === 'shade') setShade(shade === 'dark' ? 'light' : 'dark')
                if (key === 'leave') leave()
                if (key === 'password') setPassword(true)
                if (key === 'everywhere') void signOutEverywhere().then(leave)
              },
            }}
          >
            <Button type="text" icon={<UserOutlined />} aria-label="账户与外观" />
          </Dropdown>
        </header>
        {!online && (
          <div className="offline" role="status">
            网络已断开。已有的内容可以看，新的提问要等网络恢复。
          </div>
        )}
        <div className="stage" hidden={page !== ASK}>
          <AskPage conversation={conversation} named={named} changed={refresh} />
        </div>
        {View && (
          <div className="stage">
            <Suspense fallback={<Skeleton className="column" active />}>
              <View
                key={page.key}
                params={params}
                below={path.slice(page.path.length).replace(/^\/+|\/+$/g, '')}
              />
            </Suspense>
          </div>
        )}
      </main>
      <Beside />
      <Modal
        title="改密码"
        open={password}
        onCancel={() => setPassword(false)}
        footer={null}
        width={420}
        destroyOnHidden
      >
        <PasswordForm
          changed={() => {
            setPassword(false)
            void message.success('改好了；其他设备上的登录都已退出')
          }}
        />
      </Modal>
      {sheet && (
        <Suspense fallback={null}>
          <PrintSheet sheet={sheet} />
        </Suspense>
      )}
    </div>
  )
}

function whoIs({ name, title, roles, department }: SessionAnswer): string {
  if (!name || name === '本机用户') return '本机用户'
  return [title ?? name, department, (roles ?? []).join('、')].filter(Boolean).join(' · ')
}

/** The provision: beside the text where there is room, over it from the right or from below where there is not. */
function Beside() {
  const { target, close } = useReading()
  const wide = useWide()
  const narrow = useNarrow()
  // While the drawer closes, what was in it stays.
  const [kept, setKept] = useState(target)
  if (target && target !== kept) setKept(target)
  const panel = (
    <Suspense fallback={<Skeleton active />}>
      {kept && (kept.hit ? <PassagePanel hit={kept.hit} /> : <ProvisionPanel target={kept} />)}
    </Suspense>
  )
  if (wide) return target ? <aside className="beside">{panel}</aside> : null
  return (
    <Drawer
      open={target !== null}
      onClose={close}
      closable={false}
      // From the side it leaves the text in sight and in use.
      mask={narrow}
      placement={narrow ? 'bottom' : 'right'}
      size={narrow ? '82%' : 480}
      rootClassName="beside-drawer"
      aria-label="条文"
    >
      {panel}
    </Drawer>
  )
}

import { Skeleton } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { OtherDayNotice } from '../components/AsOfPicker'
import { Composer } from '../components/Composer'
import { ProblemNote } from '../components/ProblemNote'
import { chats, useAnswering, useChat } from '../state/chats'
import { useStill } from '../state/hooks'
import { useReading } from '../state/reading'
import { conversationPath, go } from '../state/route'

// Markdown is heavy and needed with the first answer only; it is fetched while the reader writes.
const answerTurn = () => import('../components/AnswerTurn')
const AnswerTurn = lazy(answerTurn)

const EXAMPLES = [
  { field: '市场监管', question: '小店没有明码标价，初次发现，当场改正了，能不能不罚？' },
  { field: '处罚程序', question: '拟对一家企业罚款十万元，作出决定前要走哪些程序？' },
  { field: '生态环境', question: '工地夜间施工噪声扰民，现在应当依据哪部法律处罚？' },
  { field: '食品安全', question: '餐馆后厨人员没有健康证明就上岗，怎么处罚？' },
  { field: '追责时效', question: '违法行为是三年前发生的，现在才发现，还能处罚吗？' },
  { field: '行政复议', question: '当事人对处罚决定不服，应当在多长时间内申请复议？' },
]

interface Props {
  conversation: string | null
  /** A conversation was begun or grew: the list is to be read again. */
  changed: () => void
}

export function AskPage({ conversation, changed }: Props) {
  const { asOf } = useReading()
  const [fresh, setFresh] = useState(() => `new-${Date.now()}`)
  const key = conversation ?? fresh
  const chat = useChat(key)
  const answering = useAnswering(key)
  const [drafts, setDrafts] = useState<Record<string, string>>({})
  const draft = drafts[key] ?? ''
  const setDraft = useCallback((text: string) => setDrafts((all) => ({ ...all, [key]: text })), [key])
  const scroller = useRef<HTMLDivElement>(null)

  useEffect(() => {
    void answerTurn()
  }, [])

  useEffect(() => {
    if (conversation) void chats.load(conversation)
    else setFresh(`new-${Date.now()}`)
  }, [conversation])

  const named = useCallback(
    (id: string) => {
      // Only while its reader is still there: another page may have been opened meanwhile.
      if (window.location.pathname === (conversation ? conversationPath(conversation) : '/')) {
        go(conversationPath(id), { replace: true })
      }
      changed()
    },
    [conversation, changed],
  )

  useEffect(() => {
    const stop = () => chats.stop(key)
    window.addEventListener('counsel:stop', stop)
    return () => window.removeEventListener('counsel:stop', stop)
  }, [key])

  const ask = useCallback(
    (question: string) => {
      setDraft('')
      void chats.ask(key, question, asOf, named).then(changed)
    },
    [key, asOf, named, changed, setDraft],
  )
  const retry = useCallback(
    (turnKey: string) => void chats.retry(key, turnKey, named).then(changed),
    [key, named, changed],
  )
  const supply = useCallback(
    (question: string) => {
      setDraft(`${question}答：`)
      window.dispatchEvent(new Event('counsel:compose'))
    },
    [setDraft],
  )

  // A new question goes to the top, and its answer grows below it without moving the reader.
  const count = chat.turns.length
  const still = useStill()
  const seen = useRef({ key, count })
  useLayoutEffect(() => {
    const last = scroller.current?.querySelector('.turn:last-of-type')
    const before = seen.current
    seen.current = { key, count }
    if (!last) return
    const grew = count > before.count && before.count > 0
    last.scrollIntoView({ block: 'start', behavior: grew && !still ? 'smooth' : 'instant' })
  }, [key, count, still])

  const empty = count === 0 && !chat.loading && !chat.problem
  return (
    <div className="ask" data-empty={empty || undefined}>
      <div className="ask-scroll" ref={scroller}>
        <div className="column">
          {chat.problem && (
            <ProblemNote problem={chat.problem} retry={() => conversation && chats.load(conversation)} />
          )}
          {chat.loading && <Skeleton active paragraph={{ rows: 6 }} />}
          {empty && <Welcome ask={ask} />}
          <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
            {chat.turns.map((turn) => (
              <AnswerTurn key={turn.key} turn={turn} retry={retry} supply={supply} />
            ))}
          </Suspense>
        </div>
      </div>
      <div className="ask-foot">
        <div className="column">
          <OtherDayNotice />
          <Composer
            value={draft}
            setValue={setDraft}
            answering={answering}
            disabled={chat.loading}
            submit={ask}
            stop={() => chats.stop(key)}
          />
        </div>
      </div>
    </div>
  )
}

function Welcome({ ask }: { ask: (question: string) => void }) {
  return (
    <div className="welcome">
      <h1>今天要办什么案子？</h1>
      <p>写下案情或问题。先给依据，再给结论；每一处引文都按您选定的日期逐款核验。</p>
      <ul className="examples">
        {EXAMPLES.map(({ field, question }) => (
          <li key={question}>
            <button type="button" onClick={() => ask(question)}>
              <b>{field}</b>
              <span>{question}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

import { Skeleton } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { OtherDayNotice } from '../components/OtherDayNotice'
import { Composer } from '../components/Composer'
import { ProblemNote } from '../components/ProblemNote'
import { chats, useAnswering, useChat } from '../state/chats'
import { useReading } from '../state/reading'
import { begin, compose, halt } from '../state/signals'
import { useMay } from '../state/session'

// Markdown is heavy and needed with the first answer only; it is fetched while the reader writes.
const answerTurn = () => import('../components/AnswerTurn')
const AnswerTurn = lazy(answerTurn)

const EXAMPLES = [
  { field: '市场监管', question: '小店没有明码标价，初次发现，当场改正了，能不能不罚？' },
  { field: '生态环境', question: '工地夜间施工噪声扰民，现在应当依据哪部法律处罚？' },
  { field: '食品安全', question: '餐馆后厨人员没有健康证明就上岗，怎么处罚？' },
  { field: '行政强制', question: '扣押财物最长可以扣多久？' },
  { field: '处罚程序', question: '行政处罚的听证，当事人应当在几日内提出？' },
  { field: '新旧法律', question: '大气污染防治法第九十九条现在还有效吗？' },
]

const newKey = (): string => `new-${performance.now()}`
/** A key under which nothing was asked: a question half written under it stays. */
const unused = (key: string): string => (chats.get(key).turns.length ? newKey() : key)

interface Props {
  conversation: string | null
  /** A new conversation has been given its id. */
  named: (id: string) => void
  /** A conversation was begun or grew: the list is to be read again. */
  changed: () => void
}

export function AskPage({ conversation, named, changed }: Props) {
  const { asOf } = useReading()
  const [fresh, setFresh] = useState(newKey)
  const key = conversation ?? fresh
  const chat = useChat(key)
  const answering = useAnswering(key)
  const [drafts, setDrafts] = useState<Record<string, string>>({})
  const draft = drafts[key] ?? ''
  const setDraft = useCallback((text: string) => setDrafts((all) => ({ ...all, [key]: text })), [key])

  useEffect(() => {
    void answerTurn()
  }, [])

  useEffect(() => {
    if (conversation) void chats.load(conversation)
  }, [conversation])

  useEffect(() => halt.on(() => chats.stop(key)), [key])
  useEffect(() => begin.on(() => setFresh(unused)), [])

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
      compose.send()
    },
    [setDraft],
  )

  const may = useMay('ask')
  const empty = chat.turns.length === 0 && !chat.loading && !chat.problem
  return (
    <div className="ask" data-empty={empty || undefined}>
      <div className="ask-scroll">
        <div className="column">
          {chat.problem && (
            <ProblemNote problem={chat.problem} retry={() => conversation && chats.load(conversation)} />
          )}
          {chat.loading && <Skeleton active paragraph={{ rows: 6 }} />}
          {empty && may && <Welcome ask={ask} />}
          <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
            {chat.turns.map((turn, i) => (
              <AnswerTurn
                key={turn.key}
                turn={turn}
                last={i === chat.turns.length - 1}
                retry={retry}
                supply={supply}
                say={answering ? null : ask}
              />
            ))}
          </Suspense>
        </div>
      </div>
      <div className="ask-foot">
        <div className="column">
          <OtherDayNotice />
          {may ? (
            <Composer
              value={draft}
              setValue={setDraft}
              answering={answering}
              disabled={chat.loading}
              submit={ask}
              stop={() => chats.stop(key)}
            />
          ) : (
            <p className="ask-not">您的角色只看不问：可以检索、核验引文，看本部门的会话。</p>
          )}
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

import { Button, Input } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import * as counsel from '../../api/counsel'
import type { CheckAnswer, Opinion, OpinionSection } from '../../api/types'
import { useFetched } from '../../state/hooks'
import { EditOutlined, WarningOutlined } from '../icons'
import { VerdictBadge } from '../StatusBadge'
import { PaperBody } from './PaperBody'

const PAUSE = 700 // milliseconds without a key before what is written is checked

interface Props {
  section: OpinionSection
  opinion: Opinion
  /** Resolves when it is kept. */
  save: (heading: string, body: string | null) => Promise<boolean>
}

/** One section: read it, or write it with its citations looked up as one writes. */
export function PaperSection({ section, opinion, save }: Props) {
  const [editing, setEditing] = useState(false)
  const asOf = opinion.as_of
  return (
    <section className="paper-section" aria-label={section.heading} data-edited={section.edited || undefined}>
      <header>
        <h3>{section.heading}</h3>
        {section.edited && <small>已由人改过</small>}
        {section.rewritten && <small>模型改写文字，已核验</small>}
        {opinion.status !== 'final' && !editing && (
          <Button
            type="text"
            size="small"
            icon={<EditOutlined />}
            aria-label={`改写${section.heading}`}
            onClick={() => setEditing(true)}
          >
            改写
          </Button>
        )}
      </header>
      {editing ? (
        <Editor section={section} asOf={asOf} save={save} close={() => setEditing(false)} />
      ) : (
        <>
          <PaperBody body={section.body} citations={section.citations} asOf={asOf} />
          <Loose section={section} />
        </>
      )}
    </section>
  )
}

/** What the check found amiss in the words. */
function Loose({ section }: { section: OpinionSection }) {
  if (!section.uncited.length && !section.unfounded.length) return null
  return (
    <ul className="paper-loose">
      {section.uncited.map((sentence) => (
        <li key={sentence}>
          <WarningOutlined /> 说到法律而没有引条文：{sentence}
        </li>
      ))}
      {section.unfounded.length > 0 && (
        <li>
          <WarningOutlined /> 数字未见于事实、依据或者计算：{section.unfounded.join('、')}
        </li>
      )}
    </ul>
  )
}

interface EditorProps {
  section: OpinionSection
  asOf: string
  save: Props['save']
  close: () => void
}

function Editor({ section, asOf, save, close }: EditorProps) {
  const [heading, setHeading] = useState(section.heading)
  const [body, setBody] = useState(section.body)
  const [sending, setSending] = useState(false)
  const keep = async (text: string | null) => {
    setSending(true)
    if (await save(heading, text)) close()
    else setSending(false)
  }
  return (
    <form
      className="paper-editor"
      onSubmit={(event) => {
        event.preventDefault()
        void keep(body)
      }}
    >
      <Input
        aria-label="小标题"
        value={heading}
        maxLength={60}
        onChange={(event) => setHeading(event.target.value)}
      />
      <Input.TextArea
        aria-label="正文"
        value={body}
        autoFocus
        autoSize={{ minRows: 4, maxRows: 30 }}
        onChange={(event) => setBody(event.target.value)}
      />
      <p className="paper-hint">
        一行一段；（一）1．（1）开头的短行是小标题，“&gt; ”开头的是引文，“|”隔开的是表格。
      </p>
      <LiveCheck text={body} asOf={asOf} />
      <div className="paper-bar">
        {section.composed != null ? (
          <Button disabled={sending} onClick={() => void keep(null)}>
            恢复程序写的
          </Button>
        ) : (
          <span />
        )}
        <span className="paper-buttons">
          <Button disabled={sending} onClick={close}>
            不改了
          </Button>
          <Button type="primary" htmlType="submit" loading={sending} disabled={!heading.trim()}>
            保存
          </Button>
        </span>
      </div>
    </form>
  )
}

/** The citations of what is being written, looked up whenever the writer pauses. */
function LiveCheck({ text, asOf }: { text: string; asOf: string }) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  const request = useMemo(
    () => (settled.trim() ? (signal: AbortSignal) => counsel.checkCitations(settled, asOf, signal) : null),
    [settled, asOf],
  )
  const { value } = useFetched<CheckAnswer>(request)
  if (!value) return null
  const bad = value.citations.filter((citation) => citation.verdict !== 'verified')
  return (
    <div className="paper-live" role="status">
      <span>{value.summary.text}</span>
      {bad.map((citation) => (
        <p key={citation.start}>
          <VerdictBadge verdict={citation.verdict} /> {citation.text}：{citation.detail}
        </p>
      ))}
    </div>
  )
}

import { App, Button, Input, Popover, Space } from 'antd'
import { type RefObject, useState } from 'react'
import * as counsel from '../api/counsel'
import { asProblem } from '../api/http'
import type { Done } from '../api/types'
import { handOver, materialOf } from '../state/drafting'
import { printAnswer } from '../state/printing'
import { go } from '../state/route'
import { copyText } from '../text/clipboard'
import { fullMoment, longDate } from '../text/dates'
import { modeInWords, verdictsInWords, writerInWords } from '../text/verdicts'
import {
  CopyOutlined,
  DislikeOutlined,
  DownloadOutlined,
  FileTextOutlined,
  InfoCircleOutlined,
  LikeOutlined,
  PrinterOutlined,
} from './icons'

interface Props {
  done: Done
  question: string
  askedAt: string
  body: RefObject<HTMLElement | null>
}

export function AnswerActions({ done, question, askedAt, body }: Props) {
  const { message } = App.useApp()
  const copy = async () => {
    const about = `（以${longDate(done.as_of)}的法律为准；${verdictsInWords(done.citations)}。执法顾问）`
    const plain = `${done.answer.trim()}\n\n${about}`
    // A card's lines stand in the text alone.
    const html = done.findings.length ? undefined : `${plainHtml(body.current)}<p>${about}</p>`
    await copyText(plain, html)
    message.success('已复制回答')
  }
  return (
    <div className="answer-actions">
      <Space size={2} wrap>
        <Button type="text" size="small" icon={<CopyOutlined />} onClick={copy}>
          复制
        </Button>
        <Button
          type="text"
          size="small"
          icon={<PrinterOutlined />}
          onClick={() => printAnswer({ done, question, askedAt })}
        >
          打印
        </Button>
        <Button
          type="text"
          size="small"
          icon={<DownloadOutlined />}
          href={counsel.exportAddress(done.message_id)}
          download
        >
          导出
        </Button>
        <Button
          type="text"
          size="small"
          icon={<FileTextOutlined />}
          onClick={() => {
            handOver(materialOf(done, question))
            go('/opinions')
          }}
        >
          拟成文书
        </Button>
        <Made done={done} askedAt={askedAt} />
      </Space>
      <Space size={2}>
        <Verdict id={done.message_id} verdict="useful" />
        <Verdict id={done.message_id} verdict="wrong" />
      </Space>
    </div>
  )
}

/** What the answer looks like without the page's marks, for a document. */
function plainHtml(body: HTMLElement | null): string {
  if (!body) return ''
  const copy = body.cloneNode(true) as HTMLElement
  for (const sign of copy.querySelectorAll('.cite-sign')) sign.remove()
  for (const mark of copy.querySelectorAll('.cite')) mark.replaceWith(...mark.childNodes)
  return copy.innerHTML
}

function Made({ done, askedAt }: { done: Done; askedAt: string }) {
  const { provenance } = done
  return (
    <Popover
      trigger="click"
      placement="top"
      title="这个回答的出处"
      content={
        <dl className="made">
          <dt>写作</dt>
          <dd>{writerInWords(provenance)}</dd>
          {provenance.note && (
            <>
              <dt>说明</dt>
              <dd>{provenance.note}</dd>
            </>
          )}
          <dt>法律日期</dt>
          <dd>{longDate(done.as_of)}</dd>
          <dt>提问时间</dt>
          <dd>{fullMoment(askedAt)}</dd>
          <dt>知识版本</dt>
          <dd>
            <code>{provenance.knowledge.slice(0, 12)}</code>
          </dd>
          <dt>提示词</dt>
          <dd>
            <code>{provenance.prompts.slice(0, 12)}</code>
          </dd>
          <dt>程序</dt>
          <dd>
            <code>{provenance.code.slice(0, 12)}</code>
          </dd>
          <dt>编号</dt>
          <dd>
            <code>{done.message_id}</code>
          </dd>
        </dl>
      }
    >
      <Button type="text" size="small" icon={<InfoCircleOutlined />}>
        {modeInWords(done)}
      </Button>
    </Popover>
  )
}

const REASONS: Record<'useful' | 'wrong', string[]> = {
  useful: ['结论清楚', '依据齐全', '省了时间'],
  wrong: ['结论不对', '引错了条文', '缺少关键依据', '答非所问'],
}

function Verdict({ id, verdict }: { id: string; verdict: 'useful' | 'wrong' }) {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState('')
  const [sent, setSent] = useState(false)
  const [sending, setSending] = useState(false)
  const label = verdict === 'useful' ? '有用' : '有误'
  const submit = async () => {
    setSending(true)
    try {
      await counsel.feedback(id, verdict, why.trim())
      setSent(true)
      setOpen(false)
      message.success('已记下，谢谢')
    } catch (error) {
      const { title, detail } = asProblem(error)
      message.error(`${title}：${detail}`)
    } finally {
      setSending(false)
    }
  }
  return (
    <Popover
      trigger="click"
      placement="topRight"
      open={open}
      onOpenChange={setOpen}
      title={verdict === 'useful' ? '哪里有用？（可不填）' : '哪里有误？'}
      content={
        <form
          className="feedback"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <div className="feedback-reasons">
            {REASONS[verdict].map((reason) => (
              <button
                key={reason}
                type="button"
                onClick={() =>
                  setWhy((before) =>
                    before.includes(reason) ? before : [before, reason].filter(Boolean).join('；'),
                  )
                }
              >
                {reason}
              </button>
            ))}
          </div>
          <Input.TextArea
            aria-label="说明"
            value={why}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={verdict === 'useful' ? '说一句' : '说一句为什么，便于改正'}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button type="primary" size="small" htmlType="submit" loading={sending}>
            提交
          </Button>
        </form>
      }
    >
      <Button
        type="text"
        size="small"
        aria-pressed={sent}
        className={sent ? 'given' : ''}
        icon={verdict === 'useful' ? <LikeOutlined /> : <DislikeOutlined />}
      >
        {label}
      </Button>
    </Popover>
  )
}

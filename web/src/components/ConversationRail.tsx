import { Conversations } from '@ant-design/x'
import { App, Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../api/counsel'
import { asProblem, type Problem } from '../api/http'
import type { ConversationSummary } from '../api/types'
import { chats } from '../state/chats'
import { conversationPath, go } from '../state/route'
import { beginAnew } from '../state/anew'
import { ageGroup } from '../text/dates'
import { DeleteOutlined, EditOutlined, EllipsisOutlined, PlusOutlined, SearchOutlined } from './icons'
import { ProblemNote } from './ProblemNote'

const SHORTCUT = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'

interface Props {
  list: readonly ConversationSummary[] | null
  problem: Problem | null
  active: string | null
  refresh: () => void
  /** A choice was made: on a narrow screen the drawer closes. */
  chosen: () => void
}

export function ConversationRail({ list, problem, active, refresh, chosen }: Props) {
  const { modal, message } = App.useApp()
  const [wanted, setWanted] = useState('')
  const shown = useMemo(() => {
    const words = wanted.trim().toLowerCase().split(/\s+/)
    return (list ?? []).filter((c) => words.every((word) => c.title.toLowerCase().includes(word)))
  }, [list, wanted])

  const attempt = async (what: () => Promise<unknown>) => {
    try {
      await what()
      refresh()
    } catch (error) {
      const { title, detail } = asProblem(error)
      message.error(`${title}：${detail}`)
    }
  }

  const rename = ({ id, title }: ConversationSummary) => {
    let next = title
    modal.confirm({
      title: '重命名',
      icon: null,
      content: (
        <Input
          aria-label="会话名称"
          defaultValue={title}
          maxLength={100}
          autoFocus
          onChange={(event) => {
            next = event.target.value
          }}
        />
      ),
      okText: '保存',
      cancelText: '取消',
      onOk: () => next.trim() && next !== title && attempt(() => counsel.rename(id, next.trim())),
    })
  }

  const remove = ({ id, title }: ConversationSummary) => {
    modal.confirm({
      title: '删除这个会话？',
      content: `「${title}」和其中的回答将从记录中删除，不能恢复。`,
      okText: '删除',
      okButtonProps: { danger: true },
      cancelText: '取消',
      onOk: () =>
        attempt(async () => {
          await counsel.remove(id)
          chats.forget(id)
          if (id === active) go('/')
        }),
    })
  }

  const start = () => {
    beginAnew()
    chosen()
  }

  return (
    <nav className="conversations" aria-label="会话">
      <Button className="new-chat" block icon={<PlusOutlined />} onClick={start}>
        新的咨询<kbd>{SHORTCUT}</kbd>
      </Button>
      {(list?.length ?? 0) > 0 && (
        <Input
          className="rail-search"
          allowClear
          variant="filled"
          prefix={<SearchOutlined />}
          placeholder="搜索会话"
          aria-label="搜索会话"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className="rail-list">
        {problem && <ProblemNote problem={problem} retry={refresh} />}
        {list && !problem && shown.length === 0 && (
          <p className="rail-empty">{wanted ? '没有名称相符的会话' : '咨询过的问题会留在这里'}</p>
        )}
        <Conversations
          activeKey={active ?? ''}
          groupable
          items={shown.map((conversation) => ({
            key: conversation.id,
            group: ageGroup(conversation.updated_at),
            title: conversation.title,
            label: (
              <a
                href={conversationPath(conversation.id)}
                aria-current={conversation.id === active ? 'page' : undefined}
                onClick={(event) => event.preventDefault()}
              >
                {conversation.title || '未命名'}
              </a>
            ),
          }))}
          onActiveChange={(id) => {
            go(conversationPath(id))
            chosen()
          }}
          menu={(item) => ({
            trigger: (
              <Button
                type="text"
                size="small"
                className="rail-more"
                icon={<EllipsisOutlined />}
                aria-label="会话操作"
                onClick={(event) => event.stopPropagation()}
              />
            ),
            items: [
              { key: 'rename', label: '重命名', icon: <EditOutlined /> },
              { key: 'remove', label: '删除', icon: <DeleteOutlined />, danger: true },
            ],
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation()
              const conversation = list?.find((c) => c.id === item.key)
              if (!conversation) return
              if (key === 'rename') rename(conversation)
              else remove(conversation)
            },
          })}
        />
      </div>
    </nav>
  )
}

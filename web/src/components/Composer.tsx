import { Sender } from '@ant-design/x'
import type { GetRef } from 'antd'
import { type RefObject, useEffect, useRef } from 'react'
import { compose } from '../state/signals'

interface Props {
  value: string
  setValue: (value: string) => void
  answering: boolean
  disabled: boolean
  submit: (question: string) => void
  stop: () => void
}

export const MESSAGE_LIMIT = 20_000

export function Composer({ value, setValue, answering, disabled, submit, stop }: Props) {
  const sender: RefObject<GetRef<typeof Sender> | null> = useRef(null)
  useEffect(() => compose.on(() => sender.current?.focus({ cursor: 'end' })), [])
  const long = value.length > MESSAGE_LIMIT
  return (
    <div className="composer">
      <Sender
        ref={sender}
        value={value}
        onChange={(text) => setValue(text)}
        loading={answering}
        disabled={disabled}
        autoSize={{ minRows: 1, maxRows: 8 }}
        placeholder="写下案情或要问的法律问题"
        onSubmit={(text) => {
          if (text.trim() && !long) submit(text.trim())
        }}
        onCancel={stop}
        suffix={(_, { components: { SendButton, LoadingButton } }) =>
          answering ? (
            <LoadingButton type="default" aria-label="停止" title="停止（Esc）" />
          ) : (
            <SendButton
              type="primary"
              aria-label="发送"
              title="发送（Enter）"
              disabled={!value.trim() || long}
            />
          )
        }
      />
      <p className="composer-hint">
        {long ? (
          <span className="too-long">
            {value.length.toLocaleString()} 字，超过 {MESSAGE_LIMIT.toLocaleString()} 字的上限，请删减
          </span>
        ) : (
          <>
            <span className="keys">Enter 发送 · Shift+Enter 换行 · </span>结论供参考，作出决定前请核对原文
          </>
        )}
      </p>
    </div>
  )
}

import { Alert, App, Button, Input, InputNumber, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import * as admin from '../api/admin'
import { asProblem, type Problem } from '../api/http'
import type { PeopleAnswer, ShownToken, Token } from '../api/schema'
import { useFetched } from '../state/hooks'
import { copyText } from '../text/clipboard'
import { fullMoment } from '../text/dates'
import { CopyOutlined, PlusOutlined } from './icons'
import { ProblemNote } from './ProblemNote'

/** API tokens: made, shown once, ended. */
export default function AdminTokens() {
  const { value, problem, loading, retry } = useFetched(admin.tokens)
  const people = useFetched(admin.people)
  const [making, setMaking] = useState(false)
  const [shown, setShown] = useState<ShownToken | null>(null)
  const [failed, setFailed] = useState<Problem | null>(null)
  const { message, modal } = App.useApp()
  const revoke = (one: Token) =>
    modal.confirm({
      title: `作废「${one.label}」的令牌？`,
      content: '立刻生效，用它的程序会收到 401。作废后不能恢复。',
      okText: '作废',
      cancelText: '取消',
      onOk: () =>
        admin.revokeToken(one.id).then(
          () => {
            setFailed(null)
            void message.success('作废了')
            retry()
          },
          (error: unknown) => setFailed(asProblem(error)),
        ),
    })
  return (
    <section aria-label="接口令牌" aria-busy={loading}>
      <div className="admin-head">
        <p className="work-sum">程序带着令牌调用接口：以某个账户的名义，只做写明的事，到期自动失效。</p>
        <Button
          type="primary"
          icon={<PlusOutlined />}
          disabled={!people.value?.people.length}
          onClick={() => setMaking(true)}
        >
          建令牌
        </Button>
      </div>
      {people.value?.people.length === 0 && <p className="work-sum">先建账户，令牌属于某个账户。</p>}
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {failed && <ProblemNote problem={failed} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 4 }} />}
      {value && value.length > 0 && (
        <ul className="work-list">
          {value.map((one) => (
            <li key={one.id} className="work-row admin-row" data-off={ended(one) || undefined}>
              <div>
                <b>{one.label}</b>
                <p className="work-meta">
                  <span>{one.id}</span>
                  <span>以 {one.person} 的名义</span>
                  <span>{ended(one) ?? `${fullMoment(one.expires_at)} 到期`}</span>
                  <span>{one.used_at ? `上次使用 ${fullMoment(one.used_at)}` : '没有用过'}</span>
                </p>
                <p className="work-meta">
                  {one.scopes.map((scope) => people.value?.actions[scope] ?? scope).join('、')}
                </p>
              </div>
              {!one.revoked_at && (
                <Button size="small" onClick={() => revoke(one)}>
                  作废
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {making && people.value && (
        <TokenForm
          held={people.value}
          close={() => setMaking(false)}
          done={(made) => {
            setMaking(false)
            setShown(made)
            retry()
          }}
        />
      )}
      {shown && <Shown shown={shown} close={() => setShown(null)} />}
    </section>
  )
}

function ended(one: Token): string | null {
  if (one.revoked_at) return '已作废'
  return new Date(one.expires_at) <= new Date() ? '已到期' : null
}

interface TokenFormProps {
  held: PeopleAnswer
  close: () => void
  done: (made: ShownToken) => void
}

function TokenForm({ held, close, done }: TokenFormProps) {
  const [person, setPerson] = useState<string | null>(null)
  const [label, setLabel] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [days, setDays] = useState(90)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const owner = held.people.find((one) => one.name === person)
  const may = held.roles
    .filter((one) => owner?.roles.includes(one.role))
    .flatMap((one) => one.actions)
    .filter((action, i, all) => action !== 'account' && all.indexOf(action) === i)
  const submit = async () => {
    setBusy(true)
    try {
      done(await admin.createToken({ person: person ?? '', label, scopes, days }))
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title="建令牌"
      okText="建好"
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: !person || !label.trim() || scopes.length === 0 }}
      onOk={() => void submit()}
      onCancel={close}
      destroyOnHidden
    >
      <div className="admin-form">
        {problem && <ProblemNote problem={problem} />}
        <div className="admin-field">
          <span id="person-label">账户</span>
          <Select
            showSearch
            aria-labelledby="person-label"
            placeholder="以谁的名义"
            value={person}
            onChange={(chosen: string) => {
              setPerson(chosen)
              setScopes([])
            }}
            options={held.people
              .filter((one) => !one.disabled)
              .map((one) => ({ value: one.name, label: `${one.title}（${one.name}）` }))}
          />
        </div>
        <label>
          <span>用途</span>
          <Input
            value={label}
            maxLength={60}
            placeholder="哪个系统用，做什么用"
            onChange={(event) => setLabel(event.target.value)}
          />
        </label>
        <div className="admin-field">
          <span id="scopes-label">可以做什么</span>
          <Select
            mode="multiple"
            aria-labelledby="scopes-label"
            disabled={!person}
            showSearch={{ optionFilterProp: 'label' }}
            value={scopes}
            onChange={(chosen: string[]) => setScopes(chosen)}
            options={may.map((action) => ({ value: action, label: held.actions[action] ?? action }))}
          />
        </div>
        <label>
          <span>有效期（天，最长 366）</span>
          <InputNumber min={1} max={366} value={days} onChange={(chosen) => setDays(chosen ?? 90)} />
        </label>
      </div>
    </Modal>
  )
}

function Shown({ shown, close }: { shown: ShownToken; close: () => void }) {
  const { message } = App.useApp()
  return (
    <Modal
      open
      title={`「${shown.token.label}」的令牌`}
      okText="我已抄下"
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      onOk={close}
    >
      <Alert
        className="admin-said"
        type="warning"
        showIcon
        title="只显示这一次。关上以后，谁也看不到它；丢了就作废，再建一个。"
      />
      <code className="admin-token">{shown.text}</code>
      <Button
        icon={<CopyOutlined />}
        onClick={() => void copyText(shown.text).then(() => message.success('已复制'))}
      >
        复制
      </Button>
    </Modal>
  )
}

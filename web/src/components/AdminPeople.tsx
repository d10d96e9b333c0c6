import { App, Button, Dropdown, Skeleton } from 'antd'
import { useState } from 'react'
import * as admin from '../api/admin'
import { asProblem, type Problem } from '../api/http'
import type { Person } from '../api/schema'
import { useFetched } from '../state/hooks'
import { fullMoment } from '../text/dates'
import { PersonForm, ResetPassword } from './AdminPersonForm'
import { EllipsisOutlined, PlusOutlined } from './icons'
import { ProblemNote } from './ProblemNote'

/** Everybody with an account: added, changed, shut out. */
export default function AdminPeople() {
  const { value, problem, loading, retry } = useFetched(admin.people)
  const [form, setForm] = useState<Person | 'new' | null>(null)
  const [password, setPassword] = useState<Person | null>(null)
  const [failed, setFailed] = useState<Problem | null>(null)
  const { message, modal } = App.useApp()

  const act = (what: () => Promise<unknown>, done: string) =>
    what().then(
      () => {
        setFailed(null)
        void message.success(done)
        retry()
      },
      (error: unknown) => setFailed(asProblem(error)),
    )
  const disable = (one: Person) =>
    modal.confirm({
      title: `停用 ${one.title}（${one.name}）？`,
      content: '立刻退出登录，他的接口令牌同时失效。账户不删除，以前的记录仍在他名下，随时可以再启用。',
      okText: '停用',
      cancelText: '取消',
      onOk: () => act(() => admin.changePerson(one.name, { disabled: true }), `停用了 ${one.title}`),
    })
  const finished = (said: string) => {
    setForm(null)
    setPassword(null)
    void message.success(said)
    retry()
  }

  return (
    <section aria-label="人员" aria-busy={loading}>
      <div className="admin-head">
        <p className="work-sum" role="status">
          {value && told(value.people)}
        </p>
        <Button type="primary" icon={<PlusOutlined />} disabled={!value} onClick={() => setForm('new')}>
          建账户
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {failed && <ProblemNote problem={failed} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 6 }} />}
      {value && value.people.length > 0 && (
        <ul className="work-list">
          {value.people.map((one) => (
            <li key={one.name} className="work-row admin-row" data-off={one.disabled || undefined}>
              <div>
                <b>{one.title}</b>
                <p className="work-meta">
                  <span>{one.name}</span>
                  {one.department && <span>{one.department}</span>}
                  <span>{one.roles.join('、')}</span>
                  <span>{state(one)}</span>
                </p>
              </div>
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'change', label: '改姓名、部门、角色' },
                    ...(one.has_password ? [{ key: 'password', label: '重设密码并解除锁定' }] : []),
                    { key: 'out', label: '让他退出登录' },
                    { key: 'off', label: one.disabled ? '重新启用' : '停用', danger: !one.disabled },
                  ],
                  onClick: ({ key }) => {
                    if (key === 'change') setForm(one)
                    if (key === 'password') setPassword(one)
                    if (key === 'out') void act(() => admin.endSessions(one.name), `${one.title} 已退出登录`)
                    if (key === 'off' && one.disabled)
                      void act(() => admin.changePerson(one.name, { disabled: false }), `启用了 ${one.title}`)
                    if (key === 'off' && !one.disabled) disable(one)
                  },
                }}
              >
                <Button type="text" icon={<EllipsisOutlined />} aria-label={`${one.title}：更多`} />
              </Dropdown>
            </li>
          ))}
        </ul>
      )}
      {form && value && (
        <PersonForm
          held={value}
          person={form === 'new' ? null : form}
          close={() => setForm(null)}
          done={finished}
        />
      )}
      {password && <ResetPassword person={password} close={() => setPassword(null)} done={finished} />}
    </section>
  )
}

function told(people: readonly Person[]): string {
  if (people.length === 0)
    return '还没有账户，现在由登录链接进入。建好第一个（须是管理员）以后，登录链接和登录令牌不再起作用，要用账户重新登录。'
  const off = people.filter((one) => one.disabled).length
  return `${people.length} 个账户${off ? `，其中 ${off} 个已停用` : ''}。`
}

function state(one: Person): string {
  if (one.disabled) return '已停用'
  if (!one.has_password && !one.single_sign_on) return '只用接口令牌'
  const how = one.single_sign_on ? '统一登录' : one.must_change_password ? '尚未换成自己的密码' : ''
  const seen = one.last_seen_at ? `上次登录 ${fullMoment(one.last_seen_at)}` : '没有登录过'
  return [how, seen].filter(Boolean).join('，')
}

import { Input, Modal, Select, Switch } from 'antd'
import { useState } from 'react'
import * as admin from '../api/admin'
import type { Role } from '../api/admin'
import { asProblem, type Problem } from '../api/http'
import type { PeopleAnswer, Person } from '../api/schema'
import { ProblemNote } from './ProblemNote'

interface FormProps {
  held: PeopleAnswer
  /** Who is changed; null for a new account. */
  person: Person | null
  close: () => void
  done: (said: string) => void
}

export function PersonForm({ held, person, close, done }: FormProps) {
  const first = held.people.length === 0
  const [name, setName] = useState('')
  const [title, setTitle] = useState(person?.title ?? '')
  const [department, setDepartment] = useState(person?.department ?? '')
  const [roles, setRoles] = useState<Role[]>(person ? [...person.roles] : first ? ['管理员'] : [])
  const [password, setPassword] = useState('')
  const [single, setSingle] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const system = roles.includes('热线平台')
  const submit = async () => {
    setBusy(true)
    try {
      if (person) {
        await admin.changePerson(person.name, { title, department, roles })
        done(`改好了 ${title}`)
      } else {
        await admin.addPerson({
          name,
          title,
          department: department.trim() || null,
          roles,
          password: system || single ? null : password,
          single_sign_on: single && !system,
        })
        done(`建好了账户 ${name}`)
      }
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={person ? `${person.title}（${person.name}）` : '建账户'}
      okText={person ? '改好' : '建好'}
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: roles.length === 0 || (!person && !name.trim()) }}
      onOk={() => void submit()}
      onCancel={close}
      destroyOnHidden
    >
      <div className="admin-form">
        {problem && <ProblemNote problem={problem} />}
        {!person && (
          <label>
            <span>用户名</span>
            <Input
              value={name}
              maxLength={40}
              autoCapitalize="none"
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        )}
        <label>
          <span>姓名</span>
          <Input value={title} maxLength={60} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <label>
          <span>部门</span>
          <Input
            value={department}
            maxLength={60}
            placeholder="同一部门的人按角色可以看到彼此的会话"
            onChange={(event) => setDepartment(event.target.value)}
          />
        </label>
        <div className="admin-field">
          <span id="roles-label">角色</span>
          <Select
            mode="multiple"
            aria-labelledby="roles-label"
            value={roles}
            onChange={(chosen: Role[]) => setRoles(chosen)}
            options={held.roles.map(({ role }) => ({ value: role, label: role }))}
          />
          {roles.length > 0 && <Allowed held={held} roles={roles} />}
        </div>
        {!person && !system && (
          <>
            <div className="admin-switch">
              <Switch id="single" size="small" checked={single} onChange={setSingle} />
              <label htmlFor="single">用单位统一登录，不设密码</label>
            </div>
            {!single && (
              <label>
                <span>{first ? '密码' : '初始密码（他登录后要换成自己的）'}</span>
                <Input.Password
                  value={password}
                  autoComplete="new-password"
                  placeholder="10 至 72 个字符"
                  onChange={(event) => setPassword(event.target.value)}
                />
              </label>
            )}
          </>
        )}
        {system && (
          <p className="password-rule">这是系统的账户，不用密码登录；建好后在「接口令牌」里给它一个令牌。</p>
        )}
      </div>
    </Modal>
  )
}

/** What the chosen roles may do, in the words of the table of permissions. */
function Allowed({ held, roles }: { held: PeopleAnswer; roles: readonly Role[] }) {
  const may = new Set(held.roles.filter((one) => roles.includes(one.role)).flatMap((one) => one.actions))
  const words = [...may].filter((a) => a !== 'signed_in' && a !== 'account').map((a) => held.actions[a] ?? a)
  return <p className="password-rule">可以：{words.join('、')}。</p>
}

export function ResetPassword({
  person,
  close,
  done,
}: {
  person: Person
  close: () => void
  done: (said: string) => void
}) {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    try {
      await admin.setPassword(person.name, password)
      done('重设好了；他登录后要先换成自己的密码')
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={`重设 ${person.title} 的密码`}
      okText="重设"
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={{ disabled: !password }}
      onOk={() => void submit()}
      onCancel={close}
      destroyOnHidden
    >
      <div className="admin-form">
        {problem && <ProblemNote problem={problem} />}
        <label>
          <span>新的初始密码</span>
          <Input.Password
            value={password}
            autoFocus
            autoComplete="new-password"
            placeholder="10 至 72 个字符"
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <p className="password-rule">他所有的登录都会退出；登录后要先换成自己的密码。</p>
      </div>
    </Modal>
  )
}

import { Input, Skeleton } from 'antd'
import { useState } from 'react'
import * as admin from '../api/admin'
import type { Holdings } from '../api/schema'
import { useFetched } from '../state/hooks'
import { spanInWords } from '../text/dates'
import { SearchOutlined } from './icons'
import { ProblemNote } from './ProblemNote'

const SHOWN = 30

/** What is known: the sources as the lawyers wrote them, the texts counted, what is doubtful, the lists. */
export default function AdminKnowledge() {
  const { value, problem, loading, retry } = useFetched(admin.knowledge)
  return (
    <section aria-label="知识来源" aria-busy={loading}>
      {problem && <ProblemNote problem={problem} retry={retry} />}
      {loading && !value && <Skeleton active paragraph={{ rows: 10 }} />}
      {value && (
        <>
          <p className="work-sum">
            以 {value.day} 计数，知识版本 {value.knowledge}。来源由法律人在 knowledge_base/sources.yaml
            里写明。
          </p>
          <Texts held={value} />
          <Sources held={value} />
          <Doubts held={value} />
          <Lists held={value} />
        </>
      )}
    </section>
  )
}

function Texts({ held }: { held: Holdings }) {
  return (
    <section className="admin-part">
      <h2>法律文本</h2>
      <div className="admin-scroll">
        <table className="admin-table">
          <thead>
            <tr>
              {['种类', '部', '文本', '条', '现行有效', '尚未施行', '废止或修改', '待核'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {held.texts.map((one) => (
              <tr key={one.kind}>
                <th scope="row">{one.kind}</th>
                {[one.instruments, one.texts, one.articles, one.in_force, one.not_yet, one.ended].map(
                  (n, i) => (
                    <td key={i}>{n.toLocaleString('zh-CN')}</td>
                  ),
                )}
                <td data-doubt={one.doubtful > 0 || undefined}>{one.doubtful.toLocaleString('zh-CN')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Sources({ held }: { held: Holdings }) {
  return (
    <section className="admin-part">
      <h2>来源（{held.sources.length}）</h2>
      <ul className="work-list">
        {held.sources.map((one) => (
          <li key={one.name} className="work-row">
            <b>{one.name}</b>
            <p>{one.content}</p>
            <p className="work-meta">
              <span>{one.nature}</span>
              {one.as_of && <span>{one.as_of}</span>}
              {typeof one.files === 'number' && <span>{one.files} 个文件</span>}
            </p>
            {one.checked && <p className="admin-note">核对：{one.checked}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Doubts({ held }: { held: Holdings }) {
  const [word, setWord] = useState('')
  const found = held.doubts.filter((one) => `${one.title}${one.note}`.includes(word.trim()))
  if (held.doubts.length === 0) return null
  return (
    <section className="admin-part">
      <h2>效力待核的文本（{held.doubts.length}）</h2>
      <p className="admin-note">
        数据定不下来它们今天是否施行，引用前要人工核对；核对好以后写进 knowledge_base/laws/有效性更正.yaml。
      </p>
      <Input
        className="admin-find"
        aria-label="找一部法律"
        placeholder="法律名称"
        prefix={<SearchOutlined />}
        allowClear
        value={word}
        onChange={(event) => setWord(event.target.value)}
      />
      <ul className="work-list">
        {found.slice(0, SHOWN).map((one) => (
          <li key={one.version} className="work-row">
            <b>《{one.title}》</b>
            <p className="admin-note">{one.note || '没有写明原因'}</p>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="admin-note">还有 {found.length - SHOWN} 部，写出名称来找。</p>}
    </section>
  )
}

function Lists({ held }: { held: Holdings }) {
  return (
    <section className="admin-part">
      <h2>清单（{held.lists.length}）</h2>
      <ul className="work-list">
        {held.lists.map((one) => (
          <li key={one.title + one.region} className="work-row">
            <b>{one.title}</b>
            <p className="work-meta">
              <span>{one.category}</span>
              <span>{one.region}</span>
              <span>{one.nature}</span>
              <span data-tone={one.state === '有效期内' ? undefined : 'doubt'}>{one.state}</span>
              {(one.in_force.from || one.in_force.to) && <span>{spanInWords(one.in_force)}</span>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { App, Button, Skeleton } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import * as counsel from '../api/counsel'
import type { CheckedCitation, Provision } from '../api/types'
import { useFetched } from '../state/hooks'
import { type Target, useReading } from '../state/reading'
import { copyText } from '../text/clipboard'
import { longDate, spanInWords } from '../text/dates'
import { Current } from './Current'
import { shortLaw } from './EvidenceCard'
import {
  ArrowLeftOutlined,
  CloseOutlined,
  CopyOutlined,
  LeftOutlined,
  LinkOutlined,
  RightOutlined,
} from './icons'
import { ProblemNote } from './ProblemNote'
import { StatusBadge, VerdictBadge } from './StatusBadge'

const FIRST_ARTICLE = '第一条'

/** One provision: its text, its version and days in force, what stands around it, and who cites it. */
export default function ProvisionPanel({ target }: { target: Target }) {
  const { back, close } = useReading()
  const { law, version, asOf } = target
  // A law cited as a whole is opened at its beginning.
  const article = target.article ?? FIRST_ARTICLE
  const top = useRef<HTMLDivElement>(null)
  const missing =
    target.citation?.verdict === 'no_such_provision' || target.citation?.verdict === 'out_of_scope'
  const request = useMemo(
    () =>
      law && !missing
        ? (signal: AbortSignal) => counsel.provision({ law, article, version, as_of: asOf }, signal)
        : null,
    [law, article, version, asOf, missing],
  )
  const { value, problem, loading, retry } = useFetched<Provision>(request)
  const shown = problem ? null : value
  useEffect(() => {
    const scroller = top.current
    if (!scroller || !shown) return
    const cited = scroller.querySelector('[data-cited]')
    scroller.scrollTo({ top: 0 })
    cited?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  return (
    <article className="provision" aria-label="条文" aria-busy={loading} tabIndex={-1}>
      <header className="provision-bar">
        {back ? (
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={back}>
            返回
          </Button>
        ) : (
          <span className="provision-bar-title">条文</span>
        )}
        <Button type="text" icon={<CloseOutlined />} aria-label="关闭条文" onClick={close} />
      </header>
      <div className="provision-scroll" ref={top}>
        {target.citation && target.citation.verdict !== 'verified' && (
          <VerdictNote citation={target.citation} asOf={asOf} />
        )}
        {!target.article && shown && <p className="provision-whole">引用的是整部法律，以下从第一条看起。</p>}
        {problem && <ProblemNote problem={problem} retry={retry} />}
        {loading && !shown && <Skeleton active title paragraph={{ rows: 8 }} />}
        {shown && <ProvisionText provision={shown} target={target} />}
      </div>
    </article>
  )
}

function VerdictNote({ citation, asOf }: { citation: CheckedCitation; asOf: string }) {
  return (
    <section className="verdict-note">
      <p>
        <VerdictBadge verdict={citation.verdict} />
      </p>
      <p className="verdict-text">{citation.text}</p>
      <p>{citation.detail}</p>
      {citation.current && <Current current={citation.current} asOf={asOf} />}
    </section>
  )
}

function ProvisionText({ provision, target }: { provision: Provision; target: Target }) {
  const { open } = useReading()
  const { message } = App.useApp()
  const { version, in_force: span } = provision
  const name = `《${provision.law}》${provision.article}`
  const copy = async (text: string, what: string) => {
    await copyText(text)
    message.success(`已复制${what}`)
  }
  const follow = (to: { law?: string; article: string; version?: string; asOf?: string }) =>
    open({ law: provision.law, asOf: target.asOf, ...to }, { follow: true })
  const versionOf = (id: string) => id.split('#')[0] ?? id
  const notes = [...new Set([provision.note, version.note])].filter(Boolean)
  return (
    <>
      <div className="provision-head">
        <h2>{provision.law}</h2>
        <p className="provision-no">
          {provision.article} <StatusBadge status={provision.status} />
        </p>
        {provision.path.length > 0 && <p className="provision-path">{provision.path.join(' › ')}</p>}
      </div>
      <div className="provision-text">
        {provision.paragraphs.length === 0 && <p>{provision.text}</p>}
        {provision.paragraphs.map((paragraph) => {
          const here = target.paragraph === paragraph.number
          return (
            <div
              key={paragraph.number}
              className="paragraph"
              data-cited={(here && !target.item) || undefined}
            >
              {provision.paragraphs.length > 1 && (
                <button
                  type="button"
                  className="paragraph-no"
                  aria-label={`复制引用到第${chinese(paragraph.number)}款`}
                  title={`第${chinese(paragraph.number)}款：复制引用`}
                  onClick={() => copy(`${name}第${chinese(paragraph.number)}款`, '引用')}
                >
                  {paragraph.number}
                </button>
              )}
              <p>
                <Quoted text={paragraph.text} quote={target.quote} />
              </p>
              {paragraph.items.map((item) => {
                const cited = target.item === item.number && (here || !target.paragraph)
                return (
                  <div key={item.number} className="item" data-cited={cited || undefined}>
                    <p>
                      <Quoted text={item.text} quote={target.quote} />
                    </p>
                    {item.subitems.map((subitem) => (
                      <p key={subitem.number} className="subitem">
                        <Quoted text={subitem.text} quote={target.quote} />
                      </p>
                    ))}
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
      <div className="provision-actions">
        <Button size="small" icon={<LinkOutlined />} onClick={() => copy(citationOf(name, target), '引用')}>
          复制引用
        </Button>
        <Button
          size="small"
          icon={<CopyOutlined />}
          onClick={() => copy(`${name}：\n${provision.text}`, '条文')}
        >
          复制条文
        </Button>
      </div>
      {notes.map((note) => (
        <p key={note} className="provision-note">
          {note}
        </p>
      ))}
      <dl className="provision-facts">
        <dt>效力期间</dt>
        <dd>{spanInWords(span, version.start_certain)}</dd>
        {version.passed && (
          <>
            <dt>本文本</dt>
            <dd>{longDate(version.passed)}通过</dd>
          </>
        )}
        {version.commenced && version.commenced !== span.from && (
          <>
            <dt>该法始行</dt>
            <dd>{longDate(version.commenced)}</dd>
          </>
        )}
        <dt>种类</dt>
        <dd>
          {version.kind}
          {version.issuer ? ` · ${version.issuer}` : ''}
        </dd>
        <dt>来源</dt>
        <dd>
          {provision.source.title}（{provision.source.nature}）
        </dd>
        <dt>状态依据日</dt>
        <dd>{longDate(provision.as_of)}</dd>
      </dl>
      <nav className="neighbours" aria-label="前后条">
        {provision.previous ? (
          <button
            type="button"
            onClick={() => follow({ article: provision.previous?.article ?? '', version: version.id })}
          >
            <span>
              <LeftOutlined /> 上一条
            </span>
            <b>{provision.previous.article}</b>
            <em>{provision.previous.text}</em>
          </button>
        ) : (
          <span />
        )}
        {provision.next && (
          <button
            type="button"
            onClick={() => follow({ article: provision.next?.article ?? '', version: version.id })}
          >
            <span>
              下一条 <RightOutlined />
            </span>
            <b>{provision.next.article}</b>
            <em>{provision.next.text}</em>
          </button>
        )}
      </nav>
      {provision.versions.length > 1 && (
        <section className="provision-list">
          <h3>历次文本</h3>
          <ol>
            {provision.versions.map((text) => (
              <li key={text.id} data-current={text.id === version.id || undefined}>
                <button
                  type="button"
                  disabled={text.id === version.id}
                  onClick={() => follow({ article: provision.article, version: text.id })}
                >
                  <span>{text.passed ? `${longDate(text.passed)}通过` : '通过日期不详'}</span>
                  <small>{spanInWords(text.in_force)}</small>
                </button>
                <StatusBadge status={text.status} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {provision.cited_by.length > 0 && (
        <section className="provision-list">
          <h3>被这些条文引用</h3>
          <ol>
            {provision.cited_by.map((by) => (
              <li key={by.id}>
                <button
                  type="button"
                  onClick={() => follow({ law: by.law, article: by.article, version: versionOf(by.id) })}
                >
                  <span>
                    《{shortLaw(by.law)}》{by.article}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

const DIGITS = '零一二三四五六七八九十'
function chinese(n: number): string {
  if (n <= 10) return DIGITS[n] ?? ''
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? DIGITS[tens] : ''}十${n % 10 ? DIGITS[n % 10] : ''}`
}

function citationOf(name: string, { paragraph, item }: Target): string {
  return `${name}${paragraph ? `第${chinese(paragraph)}款` : ''}${item ? `第（${chinese(item)}）项` : ''}`
}

function Quoted({ text, quote }: { text: string; quote: string | null | undefined }) {
  const at = quote ? text.indexOf(quote) : -1
  if (!quote || at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark className="hit-word">{quote}</mark>
      {text.slice(at + quote.length)}
    </>
  )
}

import { Button, Dropdown, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import * as counsel from '../../api/counsel'
import { asProblem, type Problem } from '../../api/http'
import type { Opinion, OpinionForm } from '../../api/types'
import { signerName } from '../../state/drafting'
import { useFetched } from '../../state/hooks'
import { go } from '../../state/route'
import { longDate } from '../../text/dates'
import { ArrowLeftOutlined, DownloadOutlined, WarningOutlined } from '../icons'
import { ProblemNote } from '../ProblemNote'
import { VerdictBadge } from '../StatusBadge'
import { PaperFields, PaperMissing, PaperTold } from './PaperFields'
import { PaperSection } from './PaperSection'
import { PaperStatus } from './PaperStatus'
import { PaperHistory, PaperStep } from './PaperSteps'

/** One paper: what is still missing, what stands in its way, its words, and who did what to it. */
export function PaperView({ id }: { id: string }) {
  const request = useMemo(() => (signal: AbortSignal) => counsel.paper(id, signal), [id])
  const fetched = useFetched<Opinion>(request)
  const forms = useFetched<OpinionForm[]>(counsel.paperForms)
  // What a step gave back is newer than what was fetched.
  const [newer, setNewer] = useState<Opinion | null>(null)
  const opinion = newer ?? fetched.value
  const form = forms.value?.find((one) => one.kind === opinion?.kind)
  const failed = fetched.problem ?? forms.problem
  return (
    <>
      <Button type="text" size="small" icon={<ArrowLeftOutlined />} onClick={() => go('/opinions')}>
        全部文书
      </Button>
      {failed && <ProblemNote problem={failed} retry={fetched.problem ? fetched.retry : forms.retry} />}
      {!failed && (!opinion || !form) && <Skeleton active paragraph={{ rows: 12 }} />}
      {opinion && form && <Paper opinion={opinion} form={form} changed={setNewer} />}
    </>
  )
}

interface PaperProps {
  opinion: Opinion
  form: OpinionForm
  changed: (opinion: Opinion) => void
}

function Paper({ opinion, form, changed }: PaperProps) {
  const [step, setStep] = useState<'review' | 'finalize' | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const final = opinion.status === 'final'
  const change = async (edit: Omit<counsel.PaperEdit, 'version' | 'name'>): Promise<boolean> => {
    setProblem(null)
    const name = signerName()
    try {
      changed(
        await counsel.editPaper(opinion.id, { version: opinion.version, ...(name && { name }), ...edit }),
      )
      return true
    } catch (error) {
      setProblem(asProblem(error))
      return false
    }
  }
  return (
    <>
      <header className="paper-head">
        <h1>{opinion.title}</h1>
        <p>
          <PaperStatus status={opinion.status} />{' '}
          {opinion.kind_name !== opinion.title && `${opinion.kind_name} · `}第{opinion.version}稿 · 以
          {longDate(opinion.as_of)}的法律为准
        </p>
        <p>
          {opinion.drafted_by}拟{opinion.reviewed_by && `，${opinion.reviewed_by}复核`}
          {opinion.finalized_by && `，${opinion.finalized_by}定稿`}
        </p>
        <div className="paper-buttons">
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                {
                  key: 'bracketed',
                  label: (
                    <a href={counsel.paperAddress(opinion.id, 'bracketed')} download>
                      引文写在括号里
                    </a>
                  ),
                },
                {
                  key: 'footnotes',
                  label: (
                    <a href={counsel.paperAddress(opinion.id, 'footnotes')} download>
                      引文作脚注，附条文
                    </a>
                  ),
                },
              ],
            }}
          >
            <Button icon={<DownloadOutlined />}>{final ? '下载 Word' : '下载 Word（草稿）'}</Button>
          </Dropdown>
          {!final && <Button onClick={() => setStep('review')}>复核</Button>}
          {opinion.status === 'reviewed' && (
            <Button type="primary" onClick={() => setStep('finalize')}>
              定稿
            </Button>
          )}
        </div>
      </header>
      {step && <PaperStep opinion={opinion} step={step} close={() => setStep(null)} done={changed} />}
      {problem && <ProblemNote problem={problem} />}
      {!final && <Blocking opinion={opinion} />}
      {!final && (
        <PaperMissing
          key={`missing-${opinion.version}`}
          opinion={opinion}
          form={form}
          save={(edit) => change(edit)}
        />
      )}
      <article className="paper-sheet" aria-label="文书正文">
        {opinion.sections.map((section) => (
          <PaperSection
            key={section.id}
            section={section}
            opinion={opinion}
            save={(heading, body) =>
              change({ sections: [{ id: section.id, ...(body !== null && { heading }), body }] })
            }
          />
        ))}
      </article>
      <PaperTold
        key={`told-${opinion.version}`}
        opinion={opinion}
        save={(description) => change({ description })}
      />
      <PaperFields
        key={`fields-${opinion.version}`}
        opinion={opinion}
        form={form}
        save={(edit) => change(edit)}
      />
      <Computed opinion={opinion} />
      <PaperHistory opinion={opinion} />
    </>
  )
}

/** What keeps the paper from being final, and what its writer should know. */
function Blocking({ opinion }: { opinion: Opinion }) {
  const open = opinion.vetoes.filter((veto) => !veto.reply)
  const answered = opinion.vetoes.filter((veto) => veto.reply)
  const count = open.length + opinion.unverified.length
  return (
    <section className="paper-card" aria-label="定稿以前">
      <h2>
        {count ? `定稿以前还有 ${count} 处要处理` : '没有未核实的引文，也没有待处理的问题'}
        <small>{count ? '' : '复核以后可以定稿'}</small>
      </h2>
      <ul className="paper-blocking">
        {opinion.unverified.map((one, at) => (
          <li key={`${one.section}-${at}`}>
            <VerdictBadge verdict={one.verdict as Parameters<typeof VerdictBadge>[0]['verdict']} />
            <span>
              {one.heading}：{one.text}。{one.detail}
            </span>
          </li>
        ))}
        {open.map((veto) => (
          <li key={veto.code}>
            <WarningOutlined />
            <span>
              {veto.text}
              {veto.answerable && <small>（改正，或者由复核人写明理由）</small>}
            </span>
          </li>
        ))}
        {answered.map((veto) => (
          <li key={veto.code} data-answered>
            <span>
              {veto.text}
              <small>
                {veto.replied_by}：{veto.reply}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {opinion.notes.length > 0 && (
        <details>
          <summary>办理提示 {opinion.notes.length} 条（不写进文书）</summary>
          <ul>
            {opinion.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** Every number that was computed, and how. */
function Computed({ opinion }: { opinion: Opinion }) {
  if (!opinion.figures.length) return null
  return (
    <details className="paper-card">
      <summary>数字的算法 {opinion.figures.length} 条</summary>
      <ul className="paper-figures">
        {opinion.figures.map((figure, at) => (
          <li key={at}>
            <b>{figure.name}</b> {figure.text !== figure.computation && `${figure.text}：`}
            {figure.computation}
          </li>
        ))}
      </ul>
    </details>
  )
}

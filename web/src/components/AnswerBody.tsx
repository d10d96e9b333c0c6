import { Button } from 'antd'
import { memo, type ReactNode, useMemo } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import type { CheckedCitation, Passage, Status } from '../api/types'
import { targetOfHit, useReading } from '../state/reading'
import { answerMarks } from '../text/answerMarks'
import { CitationMark } from './CitationMark'
import { StatusBadge } from './StatusBadge'

interface Props {
  markdown: string
  citations: readonly CheckedCitation[]
  hits: readonly Passage[]
  asOf: string
  /** Questions still open, and what to do when the reader answers one. */
  open?: readonly string[]
  supply?: (question: string) => void
}

const NONE: readonly string[] = []

/** The answer as written, with its citations and evidence numbers live. HTML in it stays text. */
export const AnswerBody = memo(function AnswerBody({
  markdown,
  citations,
  hits,
  asOf,
  open = NONE,
  supply,
}: Props) {
  const plugins = useMemo(
    () => [remarkGfm, answerMarks(markdown, { citations, evidence: hits.length, open })],
    [markdown, citations, hits.length, open],
  )
  const components = useMemo<Components>(
    () => ({
      mark({ node, children }) {
        const citation = citations[Number(node?.properties.dataCitation)]
        if (!citation) return <span>{children}</span>
        return (
          <CitationMark
            citation={citation}
            asOf={asOf}
            first={node?.properties.dataFirst !== undefined}
            last={node?.properties.dataLast !== undefined}
          >
            {children}
          </CitationMark>
        )
      },
      sup({ node, children }) {
        const hit = hits[Number(node?.properties.dataEvidence) - 1]
        return hit ? <EvidenceNumber hit={hit} asOf={asOf} /> : <span>{children}</span>
      },
      span({ node, children }) {
        const status = node?.properties.dataStanding
        if (typeof status !== 'string') return <span>{children}</span>
        return (
          <span className="standing">
            {status && <StatusBadge status={status as Status} />}
            <span>{withoutStatus(children, status)}</span>
          </span>
        )
      },
      small: ({ children }) => <span className="unverified">{children}</span>,
      li({ node, children, className }) {
        const question = node?.properties.dataOpen
        return (
          <li className={className}>
            {children}
            {typeof question === 'string' && supply && <Supply ask={() => supply(question)} />}
          </li>
        )
      },
      table: ({ children }) => (
        <div className="table-scroll">
          <table>{children}</table>
        </div>
      ),
      a: ({ children, href }) => (
        <a href={href} target="_blank" rel="noreferrer">
          {children}
        </a>
      ),
      // Pictures would be fetched from wherever the text says.
      img: ({ alt }) => <span>{alt}</span>,
    }),
    [citations, hits, asOf, supply],
  )
  return (
    <div className="answer-body" data-marks>
      <Markdown remarkPlugins={plugins} components={components}>
        {markdown}
      </Markdown>
    </div>
  )
})

/** The status is shown as a badge; the words after it follow. */
function withoutStatus(children: ReactNode, status: string): ReactNode {
  const [first, ...rest] = Array.isArray(children) ? (children as ReactNode[]) : [children]
  if (typeof first !== 'string') return children
  return [first.slice(status.length).replace(/^ · /, ''), ...rest]
}

function EvidenceNumber({ hit, asOf }: { hit: Passage; asOf: string }) {
  const { open } = useReading()
  return (
    <button
      type="button"
      className="evidence-number"
      aria-label={`依据 ${hit.rank}：${hit.title}，打开条文`}
      onClick={() => open(targetOfHit(hit, asOf))}
    >
      {hit.rank}
    </button>
  )
}

function Supply({ ask }: { ask: () => void }): ReactNode {
  return (
    <Button size="small" type="link" className="supply" onClick={ask}>
      补充
    </Button>
  )
}

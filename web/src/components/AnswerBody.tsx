import { memo, useMemo } from 'react'
import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import type { CheckedCitation } from '../api/types'
import { citationMarks } from '../text/citationMarks'
import { CitationMark } from './CitationMark'

interface Props {
  markdown: string
  citations: readonly CheckedCitation[]
  asOf: string
}

/** The answer as written, with a mark at each citation. HTML in it stays text. */
export const AnswerBody = memo(function AnswerBody({ markdown, citations, asOf }: Props) {
  const plugins = useMemo(() => [remarkGfm, citationMarks(markdown, citations)], [markdown, citations])
  const components = useMemo<Components>(
    () => ({
      mark({ node, children }) {
        const index = Number(node?.properties.dataCitation)
        const citation = citations[index]
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
      small: ({ children }) => <span className="unverified">{children}</span>,
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
    [citations, asOf],
  )
  return (
    <div className="answer-body" data-marks>
      <Markdown remarkPlugins={plugins} components={components} skipHtml={false}>
        {markdown}
      </Markdown>
    </div>
  )
})

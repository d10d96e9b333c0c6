import { useMemo } from 'react'
import type { CheckedCitation } from '../../api/types'
import { rowsOf, type Piece } from '../../text/paper'
import { CitationMark } from '../CitationMark'

interface Props {
  body: string
  citations: readonly CheckedCitation[]
  asOf: string
}

/** A section as it will stand on paper, its citations under their verdicts and its blanks to be seen. */
export function PaperBody({ body, citations, asOf }: Props) {
  const rows = useMemo(() => rowsOf(body, citations), [body, citations])
  return (
    <div className="paper-body" data-marks>
      {rows.map((row) => {
        if (row.kind === 'table') {
          const [head, ...rest] = row.cells
          return (
            <div key={row.at} className="table-scroll">
              <table>
                <thead>
                  <tr>
                    {head?.map((cell, at) => (
                      <th key={at} scope="col">
                        <Pieces pieces={cell} asOf={asOf} />
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rest.map((cells, at) => (
                    <tr key={at}>
                      {cells.map((cell, column) => (
                        <td key={column}>
                          <Pieces pieces={cell} asOf={asOf} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
        const content = <Pieces pieces={row.pieces} asOf={asOf} />
        if (row.kind === 'heading') return <h4 key={row.at}>{content}</h4>
        if (row.kind === 'quote') return <blockquote key={row.at}>{content}</blockquote>
        return <p key={row.at}>{content}</p>
      })}
    </div>
  )
}

function Pieces({ pieces, asOf }: { pieces: readonly Piece[]; asOf: string }) {
  return pieces.map((piece) => {
    if (piece.citation)
      return (
        <CitationMark key={piece.at} citation={piece.citation} asOf={asOf}>
          {piece.text}
        </CitationMark>
      )
    if (piece.blank)
      return (
        <mark key={piece.at} className="paper-blank">
          {piece.text}
        </mark>
      )
    return <span key={piece.at}>{piece.text}</span>
  })
}

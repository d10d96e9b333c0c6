/** The marks of a paper's body, as `assistant/drafting/markup.py` reads them: a paragraph a line. */

import type { CheckedCitation } from '../api/types'
import { unitOffsets } from './offsets'

export interface Piece {
  /** Where it begins in the body, in UTF-16 units. */
  at: number
  text: string
  citation?: CheckedCitation
  blank?: boolean
}

export interface Row {
  kind: 'text' | 'heading' | 'quote' | 'table'
  at: number
  pieces: readonly Piece[]
  /** Of a table: its rows of cells, the first of them the head. */
  cells: readonly (readonly (readonly Piece[])[])[]
}

const LEVEL = /^(?:（[一二三四五六七八九十百]+）|\d{1,3}[．.](?!\d)|（\d{1,3}）)/
const STOP = /[。；：，、！？;:]$|[。！？?!]/
const BLANK = /【待[填查]：[^】]*】/g
const HEADING_LENGTH = 40

/** A body as rows, its citations and blanks in their places. */
export function rowsOf(body: string, citations: readonly CheckedCitation[]): readonly Row[] {
  const unit = unitOffsets(body)
  const marks = citations.map((citation) => ({
    start: unit(citation.start),
    end: unit(citation.end),
    citation,
  }))
  const rows: Row[] = []
  let table: { width: number; cells: (readonly Piece[])[][] } | null = null
  let at = 0
  for (const line of body.split('\n')) {
    const text = line.trim()
    const start = at + line.indexOf(text)
    at += line.length + 1
    if (!text) continue
    if (text.startsWith('|') && text.endsWith('|') && text.length > 2) {
      const cells = cellsOf(text, start, marks)
      if (table && table.width === cells.length) {
        table.cells.push(cells)
        continue
      }
      table = { width: cells.length, cells: [cells] }
      rows.push({ kind: 'table', at: start, pieces: [], cells: table.cells })
      continue
    }
    table = null
    const quoted = text.startsWith('>')
    const inner = quoted ? text.slice(1).trimStart() : text
    const kind = quoted
      ? 'quote'
      : LEVEL.test(text) && text.length <= HEADING_LENGTH && !STOP.test(text)
        ? 'heading'
        : 'text'
    rows.push({
      kind,
      at: start,
      pieces: piecesOf(inner, start + text.length - inner.length, marks),
      cells: [],
    })
  }
  return rows
}

interface Mark {
  start: number
  end: number
  citation?: CheckedCitation
  blank?: boolean
}

function cellsOf(text: string, start: number, marks: readonly Mark[]): (readonly Piece[])[] {
  const out: (readonly Piece[])[] = []
  let at = start + 1
  for (const cell of text.slice(1, -1).split('|')) {
    const inner = cell.trim()
    out.push(piecesOf(inner, at + cell.indexOf(inner), marks))
    at += cell.length + 1
  }
  return out
}

function piecesOf(text: string, start: number, marks: readonly Mark[]): readonly Piece[] {
  const end = start + text.length
  const blanks = [...text.matchAll(BLANK)].map((found) => ({
    start: start + found.index,
    end: start + found.index + found[0].length,
    blank: true,
  }))
  const inside = [...marks.filter((mark) => mark.start >= start && mark.end <= end), ...blanks].sort(
    (a, b) => a.start - b.start,
  )
  const out: Piece[] = []
  let done = start
  const cut = (from: number, to: number) => text.slice(from - start, to - start)
  for (const mark of inside as Mark[]) {
    if (mark.start < done) continue
    if (mark.start > done) out.push({ at: done, text: cut(done, mark.start) })
    out.push({
      at: mark.start,
      text: cut(mark.start, mark.end),
      ...(mark.citation && { citation: mark.citation }),
      ...(mark.blank && { blank: true }),
    })
    done = mark.end
  }
  if (done < end) out.push({ at: done, text: cut(done, end) })
  return out
}

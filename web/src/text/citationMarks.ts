/**
 * A remark plugin that wraps the citations of a checked answer in `mark` elements.
 *
 * The server gives each citation as a range in the Markdown source. Every text node knows where in the source it
 * stands, so the range is cut out of the tree after parsing: emphasis, tables and struck-out text stay as they
 * are, and a citation that runs through several nodes (《行政处罚法》**第三十三条**) becomes several pieces of one mark.
 */

import type { Nodes, PhrasingContent, Root, Text } from 'mdast'
import { unitOffsets } from './offsets'

interface Range {
  start: number
  end: number
}

const UNVERIFIED = /〔未能核实[^〕]*〕/g

export function citationMarks(source: string, ranges: readonly Range[]) {
  const unit = unitOffsets(source)
  const spans = ranges.map(({ start, end }) => ({ start: unit(start), end: unit(end) }))
  return () => (tree: Root) => {
    const pieces = new Map<number, { data: PieceData }[]>()
    cut(tree, source, spans, pieces)
    for (const parts of pieces.values()) {
      parts[0]?.data.hProperties && Object.assign(parts[0].data.hProperties, { dataFirst: '' })
      const last = parts.at(-1)
      if (last) Object.assign(last.data.hProperties, { dataLast: '' })
    }
  }
}

interface PieceData {
  hName: string
  hProperties: Record<string, string | number>
}

function cut(node: Nodes, source: string, spans: Range[], pieces: Map<number, { data: PieceData }[]>): void {
  if (!('children' in node)) return
  const children: PhrasingContent[] = []
  for (const child of node.children) {
    if (child.type !== 'text') {
      cut(child, source, spans, pieces)
      children.push(child as PhrasingContent)
      continue
    }
    children.push(...split(child, source, spans, pieces))
  }
  ;(node as { children: PhrasingContent[] }).children = children
}

function split(
  node: Text,
  source: string,
  spans: Range[],
  pieces: Map<number, { data: PieceData }[]>,
): PhrasingContent[] {
  const at = positions(node, source)
  const cuts: { start: number; end: number; data: PieceData; index?: number }[] = []
  spans.forEach((span, index) => {
    const start = at.findIndex((offset) => offset >= span.start && offset < span.end)
    if (start < 0) return
    let end = start
    while (end < at.length && (at[end] as number) < span.end) end++
    cuts.push({ start, end, index, data: { hName: 'mark', hProperties: { dataCitation: index } } })
  })
  for (const found of node.value.matchAll(UNVERIFIED)) {
    const start = found.index
    cuts.push({ start, end: start + found[0].length, data: { hName: 'small', hProperties: {} } })
  }
  cuts.sort((a, b) => a.start - b.start)
  const parts: PhrasingContent[] = []
  let done = 0
  for (const { start, end, data, index } of cuts) {
    if (start < done) continue
    if (start > done) parts.push({ type: 'text', value: node.value.slice(done, start) })
    const piece = {
      type: 'emphasis' as const,
      data,
      children: [{ type: 'text' as const, value: node.value.slice(start, end) }],
    }
    if (index !== undefined) pieces.set(index, [...(pieces.get(index) ?? []), piece])
    parts.push(piece as PhrasingContent)
    done = end
  }
  if (done < node.value.length) parts.push({ type: 'text', value: node.value.slice(done) })
  return parts
}

/** For each character of a text node, its offset in the source. Escapes and continued lines make the two differ. */
function positions(node: Text, source: string): number[] {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) return Array.from(node.value, () => -1)
  const raw = source.slice(start, end)
  if (raw === node.value) return Array.from({ length: raw.length }, (_, i) => start + i)
  const found: number[] = []
  let i = 0
  for (const character of node.value.split('')) {
    // What stands in the source but not in the text (a backslash, the `> ` of a continued quotation) is passed over.
    const next = raw.indexOf(character, i)
    if (next < 0) {
      found.push(-1)
      continue
    }
    found.push(start + next)
    i = next + 1
  }
  return found
}

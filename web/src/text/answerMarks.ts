/**
 * A remark plugin that finds, in the Markdown of an answer, what the page makes live: citations, evidence numbers
 * ([1]), the conclusion, questions still open, and the words that say that something could not be verified.
 *
 * The server gives each citation as a range in the Markdown source. Every text node knows where in the source it
 * stands, so the range is cut out of the tree after parsing: emphasis, tables and struck-out text stay as they
 * are, and a citation that runs through several nodes (《行政处罚法》**第三十三条**) becomes several pieces of one mark.
 */

import type { ListItem, Nodes, Paragraph, PhrasingContent, Root, Text } from 'mdast'
import { unitOffsets } from './offsets'

interface Range {
  start: number
  end: number
}

export interface Marked {
  citations: readonly Range[]
  /** How many pieces of evidence there are: [n] beyond that is plain text. */
  evidence: number
  /** Questions still open; a list item that is one of them is marked. */
  open: readonly string[]
}

interface PieceData {
  hName: string
  hProperties: Record<string, string | number>
}

const CONCLUSION = /^结论/
const UNVERIFIED = /〔未能核实[^〕]*〕/g
const STATUS = /^(?:现行有效|尚未施行|已废止|已修改|待核)/
// A date is not broken at the end of a line.
const DATE = /\d{4}年\d{1,2}月\d{1,2}日/g
const NUMBER = /\[(\d{1,2})\]/g

/** Attributes that the components of AnswerBody read from the elements made here. */
export function answerMarks(source: string, marked: Marked) {
  const unit = unitOffsets(source)
  const spans = marked.citations.map(({ start, end }) => ({ start: unit(start), end: unit(end) }))
  return () => (tree: Root) => {
    const pieces = new Map<number, PieceData[]>()
    const split = (node: Text) => splitText(node, source, spans, marked.evidence, pieces)
    markConclusion(tree)
    for (const node of tree.children) if (node.type === 'paragraph') markStanding(node)
    walk(tree, split, marked.open)
    for (const parts of pieces.values()) {
      const [first, last] = [parts[0], parts.at(-1)]
      if (first) first.hProperties.dataFirst = ''
      if (last) last.hProperties.dataLast = ''
    }
  }
}

/** The first paragraph that begins with 结论 in bold is set apart. */
function markConclusion(tree: Root): void {
  const found = tree.children.find((node): node is Paragraph => {
    if (node.type !== 'paragraph') return false
    const lead = node.children[0]
    return lead?.type === 'strong' && CONCLUSION.test(plain(lead))
  })
  if (found) found.data = { ...found.data, hProperties: { className: ['conclusion'] } }
}

/** Under the name of a numbered provision: its status, and the days of its text. */
function markStanding(paragraph: Paragraph): void {
  const [name, ...rest] = paragraph.children
  if (name?.type !== 'strong' || !/^\[\d+\]/.test(plain(name)) || rest[0]?.type !== 'break') return
  const said = rest.slice(1)
  const status = STATUS.exec(said.map(plain).join(''))?.[0] ?? ''
  const data: PieceData = { hName: 'span', hProperties: { dataStanding: status } }
  paragraph.children = [name, { type: 'emphasis', data, children: said }]
}

function walk(node: Nodes, split: (text: Text) => PhrasingContent[], open: readonly string[]): void {
  if (!('children' in node)) return
  if (node.type === 'listItem') markOpen(node, open)
  const children: Nodes[] = []
  for (const child of node.children) {
    if (child.type === 'text') children.push(...split(child))
    else {
      walk(child, split, open)
      children.push(child)
    }
  }
  ;(node as { children: Nodes[] }).children = children
}

function markOpen(item: ListItem, open: readonly string[]): void {
  const text = plain(item).trim()
  if (open.includes(text)) item.data = { ...item.data, hProperties: { dataOpen: text } }
}

function plain(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(plain).join('') : ''
}

function splitText(
  node: Text,
  source: string,
  spans: readonly Range[],
  evidence: number,
  pieces: Map<number, PieceData[]>,
): PhrasingContent[] {
  const at = positions(node, source)
  const cuts: { start: number; end: number; data: PieceData; citation?: number }[] = []
  spans.forEach((span, citation) => {
    const start = at.findIndex((offset) => offset >= span.start && offset < span.end)
    if (start < 0) return
    let end = start
    while (end < at.length && (at[end] as number) < span.end) end++
    cuts.push({
      start,
      end,
      citation,
      data: { hName: 'mark', hProperties: { dataCitation: citation } },
    })
  })
  for (const found of node.value.matchAll(UNVERIFIED)) {
    const end = found.index + found[0].length
    cuts.push({ start: found.index, end, data: { hName: 'small', hProperties: {} } })
  }
  for (const found of node.value.matchAll(NUMBER)) {
    const number = Number(found[1])
    if (number < 1 || number > evidence) continue
    const end = found.index + found[0].length
    cuts.push({ start: found.index, end, data: { hName: 'sup', hProperties: { dataEvidence: number } } })
  }
  for (const found of node.value.matchAll(DATE)) {
    const end = found.index + found[0].length
    cuts.push({ start: found.index, end, data: { hName: 'time', hProperties: {} } })
  }
  cuts.sort((a, b) => a.start - b.start)
  const parts: PhrasingContent[] = []
  let done = 0
  for (const { start, end, data, citation } of cuts) {
    if (start < done) continue
    if (start > done) parts.push({ type: 'text', value: node.value.slice(done, start) })
    const inner = { type: 'text' as const, value: node.value.slice(start, end) }
    parts.push({ type: 'emphasis', data, children: [inner] })
    if (citation !== undefined) pieces.set(citation, [...(pieces.get(citation) ?? []), data])
    done = end
  }
  if (done < node.value.length) parts.push({ type: 'text', value: node.value.slice(done) })
  return parts
}

/** For each character of a text node, its offset in the source. Escapes and continued lines make the two differ. */
function positions(node: Text, source: string): number[] {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) return Array.from({ length: node.value.length }, () => -1)
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

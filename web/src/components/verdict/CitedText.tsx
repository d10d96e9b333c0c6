import { useMemo } from 'react'
import type { CheckedCitation } from '../../api/types'
import { shortCitation } from '../../text/cases'
import { CitationMark } from '../CitationMark'

interface Props {
  text: string
  citations: readonly CheckedCitation[]
  asOf: string
}

/** Words of an engine with the provisions in them live. A citation is found by its words, wherever it stands. */
export function CitedText({ text, citations, asOf }: Props) {
  const pieces = useMemo(() => cut(text, citations), [text, citations])
  return pieces.map(({ at, words, citation }) =>
    citation ? (
      <CitationMark key={at} citation={citation} asOf={asOf}>
        {shortCitation(words)}
      </CitationMark>
    ) : (
      <span key={at}>{shortCitation(words)}</span>
    ),
  )
}

function cut(text: string, citations: readonly CheckedCitation[]) {
  const known = new Map(citations.map((citation) => [citation.text, citation]))
  // The longest first: 第三十三条第一款 holds 第三十三条.
  const names = [...known.keys()].sort((a, b) => b.length - a.length)
  const found: { at: number; words: string; citation?: CheckedCitation | undefined }[] = []
  let done = 0
  for (let at = 0; at < text.length;) {
    const name = text[at] === '《' ? names.find((candidate) => text.startsWith(candidate, at)) : undefined
    if (!name) {
      at++
      continue
    }
    if (at > done) found.push({ at: done, words: text.slice(done, at) })
    found.push({ at, words: name, citation: known.get(name) })
    at += name.length
    done = at
  }
  if (done < text.length) found.push({ at: done, words: text.slice(done) })
  return found
}

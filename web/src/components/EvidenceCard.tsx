import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { Passage } from '../api/types'
import { targetOfHit, useReading } from '../state/reading'
import { excerpt, wordsOf } from '../text/words'
import { Highlight } from './Highlight'
import { StatusBadge } from './StatusBadge'

const FEW = 4

interface Props {
  hits: readonly Passage[]
  note: string | null
  question: string
  asOf: string
  /** The answer is not there yet: the reader may begin with the excerpts. */
  open: boolean
  /** How many stand there before all are asked for. */
  few?: number | undefined
}

/** What was found, before a word is written: numbered, with status, and how each provision bears on the question. */
export function EvidenceCard({ hits, note, question, asOf, open, few = FEW }: Props) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const full = chosen ?? open
  const words = useMemo(() => wordsOf(question), [question])
  const shown = full ? hits : hits.slice(0, few)
  const best = bestScore(hits)
  return (
    <section className="evidence" aria-label="依据">
      <header>
        <h3>
          依据 <span>{hits.length} 条</span>
        </h3>
        {hits.length > 0 && (
          <Button type="link" size="small" aria-expanded={full} onClick={() => setChosen(!full)}>
            {full ? '收起摘录' : hits.length > few ? `展开全部 ${hits.length} 条` : '展开摘录'}
          </Button>
        )}
      </header>
      {note && <p className="evidence-note">{note}</p>}
      <ol>
        {shown.map((hit) => (
          <EvidenceRow key={hit.id} hit={hit} asOf={asOf} words={full ? words : null} best={best} />
        ))}
      </ol>
    </section>
  )
}

const KIND_NAMES: Record<Passage['kind'], string> = {
  law: '法律',
  list: '清单',
  discretion: '裁量',
  decision: '案例',
}

interface RowProps {
  hit: Passage
  asOf: string
  /** The words to mark in the excerpt; null: no excerpt. */
  words: readonly string[] | null
  /** The best score of the list, which all are measured by. */
  best: number
  length?: number
}

export function EvidenceRow({ hit, asOf, words, best, length = 110 }: RowProps) {
  const { open, target } = useReading()
  const mine = targetOfHit(hit, asOf)
  const current = target?.version === mine.version && target?.article === mine.article
  // What was put in by name rather than found by its words has no score.
  const degree = best > 0 && hit.score > 0 ? Math.max(1, Math.round((hit.score / best) * 5)) : 0
  return (
    <li className="evidence-row" data-current={current || undefined}>
      <button
        type="button"
        onClick={() => open(mine)}
        aria-label={`第 ${hit.rank} 条依据：${hit.title}，${hit.status}，打开${hit.kind === 'law' ? '条文' : '原文'}`}
      >
        <span className="evidence-rank">{hit.rank}</span>
        <span className="evidence-name">
          {hit.kind !== 'law' && <span className="kind-name">{KIND_NAMES[hit.kind]}</span>}
          <span className="law-name">{shortLaw(hit.law ?? hit.title)}</span>
          {hit.article && <span className="article-no">{hit.article}</span>}
        </span>
        <span className="evidence-side">
          {hit.source.nature !== '官方' && <span className="nature">{hit.source.nature}</span>}
          <StatusBadge status={hit.status} />
          {degree > 0 && <Degree degree={degree} score={hit.score} />}
        </span>
        {words && (
          <span className="evidence-excerpt">
            <Highlight text={excerpt(hit.text, words, length)} words={words} />
          </span>
        )}
      </button>
    </li>
  )
}

function Degree({ degree, score }: { degree: number; score: number }) {
  return (
    <span className="degree" title={`相关度 ${score.toFixed(2)}`} aria-hidden="true">
      {[1, 2, 3, 4, 5].map((step) => (
        <i key={step} data-on={step <= degree || undefined} />
      ))}
    </span>
  )
}

export const bestScore = (hits: readonly Passage[]): number => Math.max(0, ...hits.map((hit) => hit.score))

/** 行政处罚法 for 中华人民共和国行政处罚法, as lawyers say it; the full title stands in the provision. */
export const shortLaw = (title: string): string => title.replace(/^中华人民共和国/, '')

import * as counsel from '../api/counsel'
import type { ProportionalityAnswer, ProposedPenalty } from '../api/types'
import { CasePage } from '../components/verdict/CasePage'
import { KIND_OF_REVIEW } from '../state/drafting'
import { ProportionalityCard } from '../components/verdict/ProportionalityCard'

/** What the range and the procedure hang on. */
const ASKED = [
  'violation',
  'conduct_date',
  'party_type',
  'goods_value',
  'illegal_gains',
  'discovered_date',
  'filed_date',
  'other.告知日',
  'decision_date',
]

/** 过罚相当审查, for lawyers: the basis, what is proposed, the facts; then range, findings and procedure. */
export default function ProportionalityPage() {
  return (
    <CasePage<ProportionalityAnswer>
      form="proportionality"
      title="过罚相当"
      lead="写明依据、拟给予的处罚和案情。核对读出的事实以后，看幅度、情节、程序各有什么问题。"
      example="例如：某超市2026年3月5日经营超过保质期的食品，货值80元，违法所得20元，拟依据食品安全法第一百二十四条第一款第（五）项罚款五万元。"
      asks={ASKED}
      proposes
      check={({ description, facts, basis, proposed }, asOf) =>
        counsel.checkProportionality({
          ...(description && { description }),
          facts,
          basis,
          proposed,
          as_of: asOf,
        })
      }
      paper={() => KIND_OF_REVIEW}
      card={({ answer, asked, reply }) => (
        <ProportionalityCard
          answer={answer}
          proposed={asked.proposed as ProposedPenalty}
          missing={answer.missing}
          reply={reply}
        />
      )}
    />
  )
}

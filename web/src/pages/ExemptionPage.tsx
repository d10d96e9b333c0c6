import * as counsel from '../api/counsel'
import type { ExemptionAnswer } from '../api/types'
import { CasePage } from '../components/verdict/CasePage'
import { kindOfExemption } from '../state/drafting'
import { ExemptionCard } from '../components/verdict/ExemptionCard'

/** 免罚核验, for officers: told in everyday words, the facts shown, then every ground weighed. */
export default function ExemptionPage() {
  return (
    <CasePage<ExemptionAnswer>
      form="exemption"
      title="免罚核验"
      lead="写下查到的情况。先把读出的事实给您核对，再逐项看能不能不罚、还缺什么。"
      example="例如：某便利店未明码标价，首次被查处，10月8日检查时当场改正，没有造成危害后果。"
      asks={['violation', 'party_type', 'harm', 'corrected', 'first_violation']}
      check={({ description, facts }, asOf) =>
        counsel.checkExemption({ ...(description && { description }), facts, as_of: asOf })
      }
      paper={(answer) => kindOfExemption(answer.verdict)}
      card={({ answer, reply }) => <ExemptionCard answer={answer} missing={answer.missing} reply={reply} />}
    />
  )
}

import { Button } from 'antd'
import type { Done } from '../../api/types'
import { fill, flat } from '../../state/caseForms'
import { go } from '../../state/route'
import { EditOutlined } from '../icons'
import { ExemptionCard } from './ExemptionCard'
import { ProportionalityCard } from './ProportionalityCard'
import { type Answer, Questions } from './Questions'

interface Props {
  finding: Done['findings'][number]
  /** What a button says in the conversation; null on an answer that is not the last. */
  say: ((message: string) => void) | null
}

/** What was decided of a case in a conversation. A button under a question answers it as a message would. */
export function FindingCard({ finding, say }: Props) {
  const reply: Answer | null = say && ((_fact, label, value) => say(`${label}：${value}`))
  return (
    <>
      {finding.kind === 'exemption' ? (
        <ExemptionCard answer={finding.answer} missing={finding.missing} reply={reply} brief />
      ) : finding.answer ? (
        <ProportionalityCard
          answer={finding.answer}
          proposed={finding.proposed}
          missing={finding.missing}
          reply={reply}
          brief
        />
      ) : (
        <section className="verdict-card" data-tone="doubt" aria-label="过罚相当审查">
          <Questions missing={finding.missing} answer={reply} />
        </section>
      )}
      {finding.answer && (
        <Button
          type="link"
          size="small"
          className="to-form"
          icon={<EditOutlined />}
          onClick={() => toForm(finding)}
        >
          在表单里核对事实
        </Button>
      )}
    </>
  )
}

/** The case as it stands, in its form. */
function toForm(finding: Props['finding']): void {
  const { values } = flat(finding.answer?.facts ?? {})
  const fits = finding.kind === 'proportionality'
  const { fine, fine_person, kinds } = fits ? finding.proposed : { fine: null, fine_person: null, kinds: [] }
  fill(finding.kind, {
    told: finding.told,
    read: {
      as_of: finding.answer?.as_of ?? '',
      told: finding.told,
      facts: finding.answer?.facts ?? {},
      disputed: [],
      rough: [],
      basis: '',
      proposed: { kinds: [] },
      notes: [],
      by_model: [],
      discarded: [],
    },
    values,
    basis: fits ? (finding.basis ?? '') : '',
    proposed: {
      fine: fine == null ? '' : String(fine),
      fine_person: fine_person == null ? '' : String(fine_person),
      kinds: [...kinds],
    },
    asked: null,
  })
  go(`/${finding.kind}`)
}

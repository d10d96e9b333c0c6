import type { Status, Verdict } from '../api/types'
import { VERDICTS } from '../text/verdicts'

const TONE: Record<Status, string> = {
  现行有效: 'valid',
  尚未施行: 'coming',
  已废止: 'dead',
  已修改: 'old',
  待核: 'doubt',
}

/** What a text is on the day asked for: colour, shape and word. */
export function StatusBadge({ status }: { status: Status }) {
  return (
    <span className="badge" data-tone={TONE[status]}>
      <i aria-hidden="true" />
      {status}
    </span>
  )
}

const VERDICT_TONE: Record<Verdict, string> = {
  verified: 'valid',
  quote_mismatch: 'old',
  no_such_provision: 'dead',
  repealed: 'dead',
  not_yet_effective: 'coming',
  superseded: 'old',
  out_of_scope: 'doubt',
}
export const verdictTone = (verdict: Verdict): string => VERDICT_TONE[verdict]

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return (
    <span className="badge" data-tone={VERDICT_TONE[verdict]}>
      <b aria-hidden="true">{VERDICTS[verdict].sign}</b>
      {VERDICTS[verdict].label}
    </span>
  )
}

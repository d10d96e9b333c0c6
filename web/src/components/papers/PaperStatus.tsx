import type { Opinion } from '../../api/types'

type Status = Opinion['status']

const WORDS: Record<Status, { label: string; tone: string }> = {
  draft: { label: '草稿', tone: 'old' },
  reviewed: { label: '已复核', tone: 'coming' },
  final: { label: '定稿', tone: 'valid' },
}

/** Draft, reviewed or final: colour, shape and word. */
export function PaperStatus({ status }: { status: Status }) {
  const { label, tone } = WORDS[status]
  return (
    <span className="badge" data-tone={tone}>
      <i aria-hidden="true" />
      {label}
    </span>
  )
}

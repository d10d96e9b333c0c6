import { Button } from 'antd'
import type { Passage } from '../api/types'
import { useReading } from '../state/reading'
import { decisionPath, go } from '../state/route'
import { CloseOutlined } from './icons'
import { StatusBadge } from './StatusBadge'

const NAMES: Record<Passage['kind'], string> = {
  law: '条文',
  list: '清单事项',
  discretion: '裁量基准',
  decision: '类似决定',
}

/** What is not law: its text, and what it is worth. */
export default function PassagePanel({ hit }: { hit: Passage }) {
  const { close } = useReading()
  return (
    <article className="provision" aria-label={NAMES[hit.kind]} tabIndex={-1}>
      <header className="provision-bar">
        <span className="provision-bar-title">{NAMES[hit.kind]}，不是现行法律</span>
        <Button type="text" icon={<CloseOutlined />} aria-label="关闭" onClick={close} />
      </header>
      <div className="provision-scroll">
        <div className="provision-head">
          <h2>{hit.title}</h2>
          <p className="provision-no">
            <StatusBadge status={hit.status} />{' '}
            {hit.source.nature !== '官方' && <span className="nature">{hit.source.nature}</span>}
          </p>
        </div>
        {hit.note && <p className="provision-note">{hit.note}</p>}
        <div className="provision-text">
          {hit.text.split('\n').map((line, at) => line.trim() && <p key={at}>{line}</p>)}
        </div>
        <p className="provision-path">来源：{hit.source.title}</p>
        {hit.kind === 'decision' && (
          <p className="provision-actions">
            <Button onClick={() => go(decisionPath(hit.id))}>看这个案例</Button>
          </p>
        )}
      </div>
    </article>
  )
}

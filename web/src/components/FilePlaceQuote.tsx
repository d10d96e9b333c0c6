import { useState } from 'react'
import type { FilePlace } from '../api/types'
import { spotOf } from '../text/findings'
import { DownOutlined, RightOutlined } from './icons'

interface Props {
  place: FilePlace
  /** The file as it was handed in, while the page still has it. */
  original?: File | undefined
}

/** Where a finding stands; a click shows the words among those around them, and the page itself where it is at hand. */
export function FilePlaceQuote({ place, original }: Props) {
  const [open, setOpen] = useState(false)
  const spot = spotOf(place)
  const document = place.document && !place.file.includes(place.document) ? place.document : ''
  return (
    <li className="file-place">
      <button type="button" className="linklike" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <DownOutlined /> : <RightOutlined />}
        <span>
          {place.file}
          {document && `，${document}`}
          {spot && ` ${spot}`}
        </span>
      </button>
      <blockquote className="file-quote" data-open={open}>
        {place.before && <span className="file-around">{place.before}</span>}
        <span className="file-words">{place.words || '（没有读出文字）'}</span>
        {place.after && <span className="file-around">{place.after}</span>}
      </blockquote>
      {open && original && place.page ? (
        <button type="button" className="linklike file-original" onClick={() => show(original, place.page)}>
          打开原件第{place.page}页
        </button>
      ) : null}
    </li>
  )
}

function show(file: File, page: number | null | undefined): void {
  const address = URL.createObjectURL(file)
  window.open(`${address}#page=${page ?? 1}`, '_blank', 'noopener')
  // The other tab has read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

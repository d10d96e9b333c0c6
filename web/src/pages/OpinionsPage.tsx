import { PaperDesk } from '../components/papers/PaperDesk'
import { PaperView } from '../components/papers/PaperView'
import type { PageProps } from './registry'

/** Papers: begin one, go on with one, or read one with what is still missing in it. */
export default function OpinionsPage({ below }: PageProps) {
  return (
    <div className="page">
      <div className="column papers">
        {below ? <PaperView key={below} id={decodeURIComponent(below)} /> : <PaperDesk />}
      </div>
    </div>
  )
}

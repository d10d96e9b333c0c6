import { go } from './route'
import { begin, compose } from './signals'

/** To an empty conversation, with the cursor where a question is written. */
export function beginAnew(): void {
  go('/')
  begin.send()
  // The page that holds the composer may only now become visible.
  setTimeout(compose.send)
}

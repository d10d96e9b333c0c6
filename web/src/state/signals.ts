/** What one part of the page asks of another without knowing it. */

function signal(): { send: () => void; on: (listener: () => void) => () => void } {
  const listeners = new Set<() => void>()
  return {
    send: () => {
      for (const tell of listeners) tell()
    },
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The cursor goes where a question is written. */
export const compose = signal()
/** An empty conversation is begun. */
export const begin = signal()
/** The answer being written is broken off. */
export const halt = signal()

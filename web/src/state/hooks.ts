import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { asProblem, type Problem } from '../api/http'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** Room for the provision beside the text. */
export const useWide = (): boolean => useMedia('(min-width: 1280px)')
/** Too narrow for the list of conversations. */
export const useNarrow = (): boolean => useMedia('(max-width: 859px)')

/** The reader asked the system for less motion. */
export const useStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)')

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
export const useOnline = (): boolean => useSyncExternalStore(subscribeOnline, () => navigator.onLine)

export type Request<T> = (signal: AbortSignal) => Promise<T>

interface Settled<T> {
  request: Request<T>
  attempt: number
  value: T | null
  problem: Problem | null
}

/**
 * What `request` answers; it is sent anew whenever another function is given (memoize it), and null asks nothing.
 * `value` is the one before until the next is there; an answer that comes late is dropped.
 */
export function useFetched<T>(request: Request<T> | null): {
  value: T | null
  problem: Problem | null
  loading: boolean
  retry: () => void
} {
  const [settled, setSettled] = useState<Settled<T> | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    if (!request) return
    const control = new AbortController()
    const settle = (value: T | null, problem: Problem | null) => {
      if (!control.signal.aborted) setSettled({ request, attempt, value, problem })
    }
    request(control.signal).then(
      (value) => settle(value, null),
      (error: unknown) => {
        if (!control.signal.aborted) settle(null, asProblem(error))
      },
    )
    return () => control.abort()
  }, [request, attempt])
  const current = settled?.request === request && settled?.attempt === attempt
  return {
    value: request ? (settled?.value ?? null) : null,
    problem: current ? (settled?.problem ?? null) : null,
    loading: request !== null && !current,
    retry: useCallback(() => setAttempt((n) => n + 1), []),
  }
}

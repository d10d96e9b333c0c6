import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
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

export interface Loaded<T> {
  value: T | null
  problem: Problem | null
  loading: boolean
}

/** The newest of a series of requests; an older one that comes late is dropped. */
export function useRequest<T>(): Loaded<T> & {
  run: (request: (signal: AbortSignal) => Promise<T>) => void
  reset: () => void
} {
  const [state, setState] = useState<Loaded<T>>({ value: null, problem: null, loading: false })
  const control = useRef<AbortController | null>(null)
  const run = useCallback((request: (signal: AbortSignal) => Promise<T>) => {
    control.current?.abort()
    const mine = new AbortController()
    control.current = mine
    setState((before) => ({ ...before, problem: null, loading: true }))
    request(mine.signal).then(
      (value) => {
        if (!mine.signal.aborted) setState({ value, problem: null, loading: false })
      },
      (error: unknown) => {
        if (!mine.signal.aborted) setState({ value: null, problem: asProblem(error), loading: false })
      },
    )
  }, [])
  const reset = useCallback(() => {
    control.current?.abort()
    setState({ value: null, problem: null, loading: false })
  }, [])
  useEffect(() => () => control.current?.abort(), [])
  return { ...state, run, reset }
}

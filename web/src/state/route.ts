/** The address bar: a path and what stands after `?`. Which page a path belongs to is said in pages/registry.tsx. */

import { useSyncExternalStore } from 'react'

export interface Route {
  path: string
  params: URLSearchParams
}

const listeners = new Set<() => void>()
let known = ''
let route: Route = { path: '/', params: new URLSearchParams() }

function current(): Route {
  const { pathname, search } = window.location
  if (known !== pathname + search) {
    known = pathname + search
    route = { path: pathname, params: new URLSearchParams(search) }
  }
  return route
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

export function go(path: string, { replace = false } = {}): void {
  if (path === window.location.pathname + window.location.search) return
  if (replace) window.history.replaceState(null, '', path)
  else window.history.pushState(null, '', path)
  for (const tell of listeners) tell()
}

/** `address('/search', { q: '听证' })`; what is undefined or empty is left out. */
export function address(path: string, params: Record<string, string | undefined> = {}): string {
  const kept = Object.entries(params).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return kept.length ? `${path}?${new URLSearchParams(kept)}` : path
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, current)

export const figurePath = (question: string): string => address('/figures', { q: question })
export const decisionPath = (id: string): string => `/decisions/${encodeURIComponent(id)}`
export const paperPath = (id: string): string => `/opinions/${encodeURIComponent(id)}`
/** The rows behind a number, over the question that asked for it. */
export const rowsPath = (
  rows: { metric: string; department?: string | null | undefined; since: string; until: string },
  question = '',
): string =>
  address('/figures', {
    q: question,
    rows: rows.metric,
    department: rows.department ?? undefined,
    since: rows.since,
    until: rows.until,
  })
export const conversationPath = (id: string): string => `/c/${encodeURIComponent(id)}`
/** The conversation an address opens, if it opens one. */
export function conversationAt(path: string): string | null {
  const found = /^\/c\/([^/]+)/.exec(path)
  return found?.[1] ? decodeURIComponent(found[1]) : null
}

/** The address bar: `/`, `/c/<conversation>`, `/search?q=`, `/check`, `/figures?q=`. */

import { useSyncExternalStore } from 'react'

export type Route =
  | { page: 'ask'; conversation: string | null }
  | { page: 'search'; query: string }
  | { page: 'check' }
  | { page: 'figures'; query: string }

function parse(path: string, query: string): Route {
  if (path.startsWith('/search')) return { page: 'search', query: new URLSearchParams(query).get('q') ?? '' }
  if (path.startsWith('/figures'))
    return { page: 'figures', query: new URLSearchParams(query).get('q') ?? '' }
  if (path.startsWith('/check')) return { page: 'check' }
  const found = /^\/c\/([^/]+)/.exec(path)
  return { page: 'ask', conversation: found?.[1] ? decodeURIComponent(found[1]) : null }
}

const listeners = new Set<() => void>()
let known = ''
let route: Route = { page: 'ask', conversation: null }

function current(): Route {
  const { pathname, search } = window.location
  if (known !== pathname + search) {
    known = pathname + search
    route = parse(pathname, search)
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

export const useRoute = (): Route => useSyncExternalStore(subscribe, current)
export const figurePath = (question: string): string => `/figures?${new URLSearchParams({ q: question })}`
export const conversationPath = (id: string): string => `/c/${encodeURIComponent(id)}`

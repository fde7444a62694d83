import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'

const base = '/field/'
const listeners = new Set<() => void>()
addEventListener('popstate', () => notify())
addEventListener('hashchange', () => takeCode())
takeCode()

/** A household's code says `/field/#/h/<ref>` or `/field/?h=<ref>`; either becomes the page of its card. */
function takeCode() {
  const household = /^#\/h\/([^/]+)/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get('h')
  if (household) go(`h/${encodeURIComponent(decoded(household))}`, { replace: true })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function notify() {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The page that is open, as the parts of its address: `['visit', id]`; empty for today's list. */
export function usePath(): string[] {
  const path = useSyncExternalStore(subscribe, () => location.pathname)
  return path.slice(base.length).split('/').filter(Boolean).map(decoded)
}

export function go(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', base + path)
  notify()
  scrollTo(0, 0)
}

interface LinkProps {
  to: string
  className?: string
  current?: boolean
  children: ReactNode
}

export function Link({ to, className, current, children }: LinkProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={base + to} className={className} aria-current={current ? 'page' : undefined} onClick={open}>
      {children}
    </a>
  )
}

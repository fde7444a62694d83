import { useLayoutEffect, useRef, useState } from 'react'
import { isTyping } from '#web/ui/keys/is-typing.ts'
import { rowId } from './list-table.tsx'

/** A key of a list beside those that every list has; it acts on the row the keyboard is at, where it needs one. */
export interface ListKey {
  key: string
  text: string
  /** `false` where the key means nothing now. */
  act(current: string | undefined): unknown
}

interface ListKeys {
  ids: readonly string[]
  /** What Enter does; what a click on the row's first link does where nothing is said. */
  open?: ((id: string) => void) | undefined
  /** Open beside the list: it follows the keyboard. */
  openId?: string | undefined
  startAt?: string | undefined
  keys?: readonly ListKey[] | undefined
}

const somethingOver =
  'dialog[open], .ant-modal-wrap, .ant-drawer-open, .ant-select-dropdown:not(.ant-select-dropdown-hidden)'

export const rowOf = (id: string) => document.getElementById(rowId(id))
const followLink = (id: string) => rowOf(id)?.querySelector<HTMLElement>('a, button')?.click()

/** j and k move, Enter opens, / goes to the search, and what else a page adds; while one types, keys are letters. */
export function useListKeys({ ids, open = followLink, openId, startAt, keys = [] }: ListKeys) {
  const [active, setActive] = useState(openId ?? startAt)
  // What is open is where the keyboard is.
  useLayoutEffect(() => {
    if (openId) setActive(openId)
  }, [openId])
  // What is done leaves the list; the keyboard goes on where it was.
  const place = useRef(-1)
  const found = active === undefined ? -1 : ids.indexOf(active)
  const inPlace = found < 0 && !openId ? ids[Math.min(place.current, ids.length - 1)] : undefined
  useLayoutEffect(() => {
    if (found >= 0) place.current = found
    else if (active !== undefined && inPlace) setActive(inPlace)
  }, [found, active, inPlace])
  // Before the rows are drawn: a key pressed as soon as they are seen is about them.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      if (document.querySelector(somethingOver)) return
      const at = active === undefined ? -1 : ids.indexOf(active)
      const moveTo = (index: number) => {
        const next = ids[Math.max(0, Math.min(ids.length - 1, index))]
        if (!next) return
        setActive(next)
        rowOf(next)?.scrollIntoView({ block: 'nearest' })
        if (openId) open(next)
      }
      const current = ids[at]
      const own = keys.find(({ key }) => key === event.key)
      if (own) {
        if (own.act(current) === false) return
      } else if (event.key === 'j') moveTo(at + 1)
      else if (event.key === 'k') moveTo(at - 1)
      else if (event.key === 'Enter' && current && !document.activeElement?.closest('a, button'))
        open(current)
      else if (event.key === '/') document.querySelector<HTMLElement>('search input[type="search"]')?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return { active, setActive }
}

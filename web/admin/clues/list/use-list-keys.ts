import { useLayoutEffect, useState } from 'react'
import { isTyping } from '#web/ui/keys/is-typing.ts'

interface ListKeys {
  ids: readonly string[]
  openId: string | undefined
  open(id: string): void
  close(): void
  toggle(id: string): void
  dispatch(id: string): void
}

/** j and k move, Enter opens, x selects, d dispatches, / searches, Esc closes; while one types, keys are letters. */
export function useListKeys({ ids, openId, open, close, toggle, dispatch }: ListKeys) {
  const [active, setActive] = useState<string | undefined>(openId)
  // Before the rows are drawn: a key pressed as soon as they are seen is about them.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      if (
        document.querySelector(
          'dialog[open], .ant-modal-wrap, .ant-select-dropdown:not(.ant-select-dropdown-hidden)',
        )
      )
        return
      const at = active === undefined ? -1 : ids.indexOf(active)
      const moveTo = (index: number) => {
        const next = ids[Math.max(0, Math.min(ids.length - 1, index))]
        if (!next) return
        setActive(next)
        document.getElementById(`clue-${next}`)?.scrollIntoView({ block: 'nearest' })
        if (openId) open(next)
      }
      const current = ids[at]
      if (event.key === 'j') moveTo(at + 1)
      else if (event.key === 'k') moveTo(at - 1)
      else if (event.key === 'Enter' && current && !document.activeElement?.closest('a, button'))
        open(current)
      else if (event.key === 'x' && current) toggle(current)
      else if (event.key === 'd' && current) dispatch(current)
      else if (event.key === '/') document.getElementById('clue-search')?.focus()
      else if (event.key === 'Escape' && openId) close()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return { active, setActive }
}

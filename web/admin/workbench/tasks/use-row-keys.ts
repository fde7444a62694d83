import { useLayoutEffect, useState } from 'react'
import { isTyping } from '#web/ui/keys/is-typing.ts'

interface RowKeys {
  ids: readonly string[]
  open(id: string): void
  /** Digits choose a group. */
  choose?(digit: number): void
}

/** j and k move, Enter opens, digits choose a group; while one types, keys are letters. */
export function useRowKeys({ ids, open, choose }: RowKeys) {
  const [active, setActive] = useState<string>()
  // Before the rows are drawn: a key pressed as soon as they are seen is about them.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      if (document.querySelector('dialog[open]')) return
      const at = active === undefined ? -1 : ids.indexOf(active)
      const moveTo = (index: number) => {
        const next = ids[Math.max(0, Math.min(ids.length - 1, index))]
        setActive(next)
        if (next) document.getElementById(`task-${next}`)?.scrollIntoView({ block: 'nearest' })
      }
      const current = ids[at]
      if (event.key === 'j') moveTo(at + 1)
      else if (event.key === 'k') moveTo(at - 1)
      else if (event.key === 'Enter' && current && !document.activeElement?.closest('a, button'))
        open(current)
      else if (/^[1-9]$/.test(event.key) && choose) choose(Number(event.key))
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  return { active, setActive }
}

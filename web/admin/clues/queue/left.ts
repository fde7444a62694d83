import { rowId } from '#web/ui/list/list-table.tsx'

/** The clue that was closed last; its list is another page, which knows nothing of it. */
let left: string | undefined

export const rememberLeft = (id: string | undefined) => {
  left = id
}
export const leftId = () => left

/** The focus goes back to the row that was open, or to the first where it has left the list. */
export function focusLeft() {
  if (left === undefined) return
  const link = document.getElementById(rowId(left))?.querySelector<HTMLElement>('th a')
  ;(link ?? document.querySelector<HTMLElement>('.clue-table tbody th a'))?.focus()
  left = undefined
}

import { useEffect, useRef } from 'react'
import { api } from '#web/api/client.ts'
import type { ClueSearch } from '../search.ts'
import { enterQueue, lengthen, nextIn, type Queue } from './order.ts'

interface Entered {
  /** The list it was entered from. */
  list: string
  queue: Queue
}

interface QueueOf {
  search: ClueSearch
  size: number
  /** The page of the list; undefined while it is on its way. */
  ids: readonly string[] | undefined
  openId: string | undefined
}

/** The order in which one goes through a list, from the moment a clue of it is opened until it is closed. */
export function useQueue({ search, size, ids, openId }: QueueOf) {
  const entered = useRef<Entered>(undefined)
  const { page = 1, ...filter } = search
  const list = JSON.stringify(filter)
  if (openId === undefined) entered.current = undefined
  else if (ids && (entered.current?.list !== list || !entered.current.queue.ids.includes(openId)))
    entered.current = { list, queue: enterQueue(ids, openId, page) }
  useEffect(() => {
    if (openId) document.getElementById(`row-${openId}`)?.scrollIntoView({ block: 'nearest' })
  }, [openId])

  const load = async (at: number) => {
    const { rows, total } = await api.clues.list({ ...filter, page: at, size })
    return { ids: rows.map(({ id }) => id), isLast: at * size >= total }
  }
  return {
    ids: entered.current?.queue.ids,
    /** The clue after the open one; further pages are asked for where the queue ends. */
    async next(): Promise<{ id: string; page: number | undefined } | undefined> {
      const at = entered.current
      if (!at || !openId) return undefined
      const known = nextIn(at.queue, openId)
      if (known) return { id: known, page: search.page }
      const { queue, foundOn } = await lengthen(at.queue, load)
      entered.current = { list: at.list, queue }
      const id = nextIn(queue, openId)
      return id === undefined ? undefined : { id, page: foundOn > 1 ? foundOn : undefined }
    },
  }
}

/** The clues one goes through, in the order of the list as it was when the first of them was opened. */
export interface Queue {
  ids: readonly string[]
  /** Page of the list on which it was entered: what stood before it is not gone through. */
  page: number
}

/** What is opened first comes first, where the page it came from does not show it. */
export function enterQueue(ids: readonly string[], open: string, page: number): Queue {
  return { ids: ids.includes(open) ? ids : [open, ...ids], page }
}

export const nextIn = ({ ids }: Queue, open: string): string | undefined => ids[ids.indexOf(open) + 1]

/**
 * The queue with what follows it in the list. Rows that were handed on may have left the list since, and what came after them moved up:
 * pages are read from the first one on, and what was gone through already is left out, so that none is skipped. `foundOn`: the page
 * that shows what follows now.
 */
export async function lengthen(
  { ids, page }: Queue,
  load: (page: number) => Promise<{ ids: readonly string[]; isLast: boolean }>,
): Promise<{ queue: Queue; foundOn: number }> {
  const seen = new Set(ids)
  for (let at = page; ; at += 1) {
    const found = await load(at)
    const more = found.ids.filter((id) => !seen.has(id))
    if (more.length > 0) return { queue: { ids: [...ids, ...more], page }, foundOn: at }
    if (found.isLast) return { queue: { ids, page }, foundOn: at }
  }
}

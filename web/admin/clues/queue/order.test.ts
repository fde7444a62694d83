import { expect, test } from 'vitest'
import { enterQueue, lengthen, nextIn, type Queue } from './order.ts'

/** A list of pages of three; what is handed on leaves it where it is filtered by state. */
function listOf(length: number) {
  let ids = Array.from({ length }, (_, i) => `c${i + 1}`)
  const page = (n: number) => ids.slice((n - 1) * 3, n * 3)
  return {
    page,
    handOn: (id: string) => {
      ids = ids.filter((one) => one !== id)
    },
    load: async (n: number) => ({ ids: page(n), isLast: n * 3 >= ids.length }),
  }
}

async function goThrough(from: number, leaves: boolean, entered: string): Promise<string[]> {
  const list = listOf(10)
  let queue: Queue = enterQueue(list.page(from), entered, from)
  const seen: string[] = []
  for (let open: string | undefined = entered; open !== undefined; ) {
    seen.push(open)
    if (leaves) list.handOn(open)
    let next: string | undefined = nextIn(queue, open)
    if (next === undefined) {
      queue = (await lengthen(queue, list.load)).queue
      next = nextIn(queue, open)
    }
    open = next
  }
  return seen
}

const all = Array.from({ length: 10 }, (_, i) => `c${i + 1}`)

test('every clue of the list comes up once, whether or not it leaves the list when it is handed on', async () => {
  expect(await goThrough(1, true, 'c1')).toEqual(all)
  expect(await goThrough(1, false, 'c1')).toEqual(all)
})

test('entered on a later page or in the middle, it goes on from there', async () => {
  expect(await goThrough(2, true, 'c5')).toEqual(['c5', ...all.slice(5)])
  expect(await goThrough(3, false, 'c9')).toEqual(['c9', 'c10'])
})

test('what was opened from elsewhere comes before the list', () => {
  const queue = enterQueue(['a', 'b'], 'x', 1)
  expect(queue.ids).toEqual(['x', 'a', 'b'])
  expect(nextIn(queue, 'b')).toBeUndefined()
})

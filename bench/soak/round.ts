import { randomUUID } from 'node:crypto'
import { demoAccounts } from '#server/modules/access/index.ts'
import { Client } from '../faults/client.ts'
import type { World } from '../faults/world.ts'

/** Pages by role; whoever may not see one is refused, which is work too. */
const pages = [
  '/api/me',
  '/api/workbench',
  '/api/overview',
  '/api/clues?size=50',
  '/api/clues?size=50&level[]=red',
  '/api/households',
  '/api/visits',
  '/api/cases',
  '/api/plans',
  '/api/batches',
  '/api/policy',
  '/api/audit',
  '/api/operations',
]

const importEvery = 10

export interface Soaked {
  requests: number
  errors: string[]
}

/** The accounts of every role, each signed in once and at work all day. */
export function openSoak(world: World, lines: readonly string[]) {
  const people = new Map(demoAccounts.map(({ username }) => [username, new Client(world.net, username)]))
  const of = (username: string) => people.get(username) ?? new Client(world.net, username)
  const found: Soaked = { requests: 0, errors: [] }
  const count = (path: string, status: number | undefined) => {
    found.requests += 1
    if (status === undefined || status >= 500) found.errors.push(`${status} ${path}`)
  }

  async function readPages() {
    for (const client of people.values()) for (const page of pages) count(page, await client.once(page))
  }

  async function report() {
    const township = of('chengguan')
    const { rows } = await township.get<{ rows: { ref: string }[] }>('/api/households?size=50')
    const request = randomUUID()
    const household = rows[found.requests % rows.length]?.ref
    const { clue } = await township.post<{ clue: string }>('/api/clues/reports', {
      ...{ household, cause: 'illness', text: `演示 ${request}`, request },
    })
    await township.get(`/api/clues/${clue}`)
    await township.get(`/api/households/${household}`)
    found.requests += 4
  }

  async function send(round: number) {
    const sender = of('yibao')
    const [head = '', ...rows] = lines
    const own = rows.slice(0, 200).map((line) => line.replace(/\bB(\d{12})\b/, `soak-${round}-$1`))
    const { upload, sheets } = await sender.put<{
      upload: string
      sheets: { name: string; guesses: { feed: string; mapping: unknown }[] }[]
    }>(`/api/uploads?name=soak-${round}.csv`, Buffer.from([head, ...own, ''].join('\n')))
    const guess = sheets[0]?.guesses[0]
    await sender.post('/api/batches', {
      ...{
        upload,
        sheet: sheets[0]?.name,
        feed: guess?.feed,
        mapping: guess?.mapping,
        periodTo: '2020-02-29',
      },
    })
    found.requests += 2
  }

  return {
    found,
    async round(number: number) {
      await readPages()
      await report()
      if (number % importEvery === 0) await send(number)
      found.errors.push(...world.net.odd.splice(0))
    },
  }
}

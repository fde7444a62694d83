import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { writeXlsx } from '#demo/province/files/xlsx.ts'
import { Client, Refused } from '../client.ts'
import type { Episode, Judgement, Work } from '../work.ts'

const ended = new Set(['merged', 'unchanged', 'refused', 'failed'])

/** As often as a person sends a file that was refused for what the fault did to it. */
const mostSendings = 6

/** The file of an episode: the rows of the calm one with numbers of their own. */
function fileOf({ name, lines, world }: Episode, format: 'csv' | 'xlsx'): Buffer {
  const [head = '', ...rows] = lines
  const own = rows.map((line) => line.replace(/\bB(\d{12})\b/, `${format}-${name}-$1`))
  if (format === 'csv') return Buffer.from([head, ...own, ''].join('\n'))
  const file = path.join(world.folder, `${name}.xlsx`)
  const sheet = writeXlsx(file, '结算')
  for (const line of [head, ...own]) sheet.row(line.split(','))
  sheet.close()
  const bytes = readFileSync(file)
  rmSync(file)
  return bytes
}

/** Sends a file and follows its batch to the end; what was held a person lets go on, what failed is sent again. */
function importOf(format: 'csv' | 'xlsx'): Work {
  return {
    name: `import-${format}`,
    async run(episode, pass) {
      const sender = new Client(episode.world.net, 'yibao')
      const decider = new Client(episode.world.net, 'anhui')
      const bytes = fileOf(episode, format)
      const fileName = `${format}-${episode.name}.${format}`
      for (let sending = 1; ; sending++) {
        const state = await sendOnce(sender, decider, { fileName, bytes, episode, pass })
        if (state === 'merged' || state === 'unchanged') break
        if (sending === mostSendings) throw new Error(`${fileName} stays ${state}`)
      }
      await pass(5)
      return () => judge(episode, `${format}-${episode.name}-`, fileName)
    },
  }
}

interface Sending {
  fileName: string
  bytes: Buffer
  episode: Episode
  pass(moment: number): Promise<void>
}

async function sendOnce(sender: Client, decider: Client, { fileName, bytes, episode, pass }: Sending) {
  const { upload, sheets } = await sender.put<{
    upload: string
    sheets: { name: string; guesses: { feed: string; mapping: unknown }[] }[]
  }>(`/api/uploads?name=${fileName}`, bytes, () => pass(1))
  await pass(2)
  const guess = sheets[0]?.guesses[0]
  if (!guess) throw new Error(`nothing was found in ${fileName}`)
  const { ref } = await sender.post<{ ref: string }>('/api/batches', {
    ...{ upload, sheet: sheets[0]?.name, feed: guess.feed, mapping: guess.mapping, periodTo: '2020-02-29' },
  })
  const watching = passUnderWay(episode, ref, pass)
  for (;;) {
    const { state } = await sender.get<{ state: string }>(`/api/batches/${ref}`)
    if (ended.has(state)) {
      await watching.stop()
      return state
    }
    if (state === 'held') await release(decider, ref)
    await delay(200)
  }
}

async function release(decider: Client, ref: string) {
  try {
    await decider.post(`/api/batches/${ref}/release`, { reason: '演示' })
  } catch (error) {
    // The answer to the first was lost.
    if (!(error instanceof Refused)) throw error
  }
}

/** Looks beside the server how far the batch is: while it is read, and when it is about to be merged. */
function passUnderWay({ world }: Episode, ref: string, pass: (moment: number) => Promise<void>) {
  let isStopped = false
  const looking = (async () => {
    for (let isRead = false; !isStopped; await delay(10)) {
      const [row] = await world.query<{ state: string; stage: string | null }>(
        'select state, progress_stage as stage from batch where ref = $1',
        [ref],
      )
      if (!row) continue
      if (!isRead && (row.stage !== null || row.state !== 'received')) {
        isRead = true
        await pass(3)
      }
      if (row.state === 'matched' || ended.has(row.state)) return pass(4)
    }
  })()
  // The batch counts, not the looking at it.
  const looked = looking.catch(() => undefined)
  return {
    stop() {
      isStopped = true
      return looked
    },
  }
}

async function judge({ world, expected }: Episode, prefix: string, fileName: string): Promise<Judgement> {
  const [facts] = await world.query<{ rows: number; live: number; numbers: number }>(
    `select count(*)::int as rows, count(*) filter (where known_until is null)::int as live,
      count(distinct (settlement_no, refund, issue))::int as numbers
    from medical_settlement where settlement_no like $1`,
    [`${prefix}%`],
  )
  const [batches] = await world.query<{ merged: number }>(
    "select count(*)::int as merged from batch where file_name = $1 and state = 'merged' and inserted_rows > 0",
    [fileName],
  )
  const { rows = 0, live = 0, numbers = 0 } = facts ?? {}
  const lost = expected !== undefined && live < expected ? [`${fileName}: ${live} of ${expected} rows`] : []
  const doubled = [
    ...(rows > numbers ? [`${fileName}: ${rows} rows of ${numbers} numbers`] : []),
    ...((batches?.merged ?? 0) > 1 ? [`${fileName}: merged ${batches?.merged} times`] : []),
    ...(expected !== undefined && numbers > expected
      ? [`${fileName}: ${numbers} instead of ${expected} rows`]
      : []),
  ]
  return { lost, doubled }
}

export const csvImport = importOf('csv')
export const xlsxImport = importOf('xlsx')

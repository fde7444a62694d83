import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { canMount } from './faults/disk.ts'
import { judgeWorld } from './faults/judge-world.ts'
import type { Kind } from './faults/kind.ts'
import { kinds } from './faults/kinds.ts'
import { chosen, moments, momentsOf } from './faults/moments.ts'
import { makeTemplate } from './faults/template.ts'
import type { Episode, Judgement, Work } from './faults/work.ts'
import { works } from './faults/works.ts'
import { openWorld, type World } from './faults/world.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'

/** Far from what is slow: work that has not come to its end by then hangs. */
const boundMs = 1_200_000
const readyMs = 600_000

interface Outcome extends Judgement {
  survived: boolean
  odd: string[]
}

/**
 * Faults made on purpose, over real processes: every kind at every moment of work that is under way, which its clients then carry on.
 * What they were told is done must be there, and once. `--work` and `--kind` (also several: `worker,disk-full`) choose, `--moments` says
 * how many of five, each kind beginning with another, `--rows` how many rows the files have; a world is opened for each kind, its moments
 * one after the other. After `--minutes` no kind is begun any more; those are named in `left`.
 */
export async function run(options: BenchOptions): Promise<BenchFigures> {
  const { households = 300, rows = 2500, seed, work, kind: only, moments: howMany = moments.length } = options
  const until = performance.now() + (options.minutes ?? Number.POSITIVE_INFINITY) * 60_000
  const folder = options.out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-faults-'))
  const chosenWorks = works.filter(({ name }) => work === undefined || name === work)
  const wanted = only?.split(',')
  const fitting = kinds.filter(({ name }) => wanted?.some((start) => name.startsWith(start)) ?? true)
  const left = fitting.filter(({ needsMount }) => needsMount && !canMount).map(({ name }) => name)
  const all: Outcome[] = []
  const byKind: Record<string, string> = {}
  const calm: Run['calm'] = { rows: undefined }
  try {
    const lines = await makeTemplate(folder, households, rows)
    for (const kind of fitting.filter(({ name }) => !left.includes(name))) {
      if (performance.now() > until) {
        left.push(kind.name)
        continue
      }
      const outcomes = await strikeKind(kind, { folder, lines, seed, works: chosenWorks, howMany, calm })
      all.push(...outcomes)
      byKind[kind.name] = `${outcomes.filter(({ survived }) => survived).length}/${outcomes.length}`
    }
  } finally {
    if (options.out === undefined) rmSync(folder, { recursive: true, force: true })
  }
  const sum = (of: (outcome: Outcome) => number) => all.reduce((total, one) => total + of(one), 0)
  return {
    ...{ faults: all.length, survived: sum(({ survived }) => Number(survived)) },
    ...{ lost: sum(({ lost }) => lost.length), doubled: sum(({ doubled }) => doubled.length) },
    ...{ kinds: Object.keys(byKind).length, works: chosenWorks.map(({ name }) => name), left },
    ...{ oddAnswers: sum(({ odd }) => odd.length), byKind },
  }
}

interface Run {
  folder: string
  lines: readonly string[]
  seed: number
  works: readonly Work[]
  howMany: number
  /** Rows that a file brings in, known after the first world's calm round. */
  calm: { rows: number | undefined }
}

/** One world, the first with a calm round that says what a file brings in, then a fault at each moment. */
async function strikeKind(kind: Kind, run: Run): Promise<Outcome[]> {
  const { folder, lines, seed, works: all, howMany, calm } = run
  const started = performance.now()
  const place = path.join(folder, kind.name)
  const world = await openWorld({ template: path.join(folder, 'template'), folder: place }, kind.layout ?? {})
  const outcomes: Outcome[] = []
  try {
    if (!(await world.waitReady(readyMs))) throw new Error(`no server: ${tailOf(place)}`)
    const fitting = all.filter((work) => work.fits?.(world) ?? true)
    if (calm.rows === undefined) {
      const round = await runEpisode({ world, lines, number: 0, works: fitting })
      const { survived, lost, doubled, odd } = round
      if (!survived || lost.length + doubled.length + odd.length > 0)
        throw new Error(`not calm: ${JSON.stringify(round)}`)
      calm.rows = await expectedOf(world)
    }
    const expected = calm.rows
    for (const { number, name } of momentsOf(kinds.indexOf(kind), howMany)) {
      const leader = fitting[chosen(seed * 1000 + kinds.indexOf(kind) * 5 + number, fitting.length)]
      if (!leader) throw new Error('no work')
      const outcome = await runEpisode({
        ...{ world, lines, number, works: fitting, expected },
        strike: { kind, leader: leader.name, moment: number },
      })
      outcomes.push(outcome)
      const { survived, lost, doubled, odd } = outcome
      if (!survived || lost.length + doubled.length + odd.length > 0)
        print(`  ${kind.name}, ${leader.name} ${name}: ${JSON.stringify(outcome)}`)
      if (!survived) break
    }
    const whole = await judgeWorld(world)
    outcomes.at(-1)?.lost.push(...whole.lost)
    outcomes.at(-1)?.doubled.push(...whole.doubled)
    if (whole.lost.length + whole.doubled.length > 0) print(`  ${kind.name}: ${JSON.stringify(whole)}`)
  } catch (error) {
    print(`  ${kind.name}: ${error instanceof Error ? error.stack : error}`)
    outcomes.push({ survived: false, lost: [], doubled: [], odd: [] })
  } finally {
    await world.close()
  }
  const good = outcomes.filter(({ survived }) => survived).length
  print(
    `${kind.name}: ${good} of ${outcomes.length} in ${Math.round((performance.now() - started) / 1000)} s`,
  )
  return outcomes
}

interface Round {
  world: World
  lines: readonly string[]
  number: number
  works: readonly Work[]
  expected?: number
  strike?: { kind: Kind; leader: string; moment: number }
}

/** All works at once; the fault strikes when the one that leads has come to its moment. */
async function runEpisode({ world, lines, number, works: all, expected, strike }: Round): Promise<Outcome> {
  world.net.odd.length = 0
  let striking: Promise<void> | undefined
  let isOver = strike === undefined
  const strikeNow = async () => {
    if (!strike) return
    await strike.kind.strike(world)
    await world.waitReady(readyMs)
    isOver = true
  }
  const pass = (work: Work) => async (moment: number) => {
    if (work.name === strike?.leader && moment === strike.moment) striking ??= strikeNow()
  }
  const episode: Episode = {
    ...{ name: `e${number}`, number, world, lines, expected },
    isOver: () => isOver,
  }
  const failures: string[] = []
  const running = all.map(async (work) => {
    try {
      return await work.run(episode, pass(work))
    } catch (error) {
      failures.push(`${work.name}: ${error instanceof Error ? error.message : error}`)
      return undefined
    } finally {
      // It ended without coming to its moment, as where it had to begin anew.
      if (work.name === strike?.leader) striking ??= strikeNow()
    }
  })
  const bound = new AbortController()
  const judges = await Promise.race([
    Promise.all(running),
    delay(boundMs, undefined, { signal: bound.signal }).catch(() => undefined),
  ])
  bound.abort()
  await striking
  const isReady = await world.waitReady(readyMs)
  const judged = { lost: [] as string[], doubled: [] as string[] }
  for (const judge of judges ?? []) {
    const found = await judge?.()
    judged.lost.push(...(found?.lost ?? []))
    judged.doubled.push(...(found?.doubled ?? []))
  }
  const odd = [...world.net.odd, ...failures, ...(judges ? [] : ['work hangs'])]
  return { ...judged, odd, survived: judges !== undefined && failures.length === 0 && isReady }
}

/** Rows the calm round's file brought in. */
async function expectedOf(world: World): Promise<number> {
  const [found] = await world.query<{ n: number }>(
    `select greatest(count(*) filter (where settlement_no like 'csv-e0-%'),
      count(*) filter (where settlement_no like 'xlsx-e0-%'))::int as n
    from medical_settlement where known_until is null`,
  )
  return found?.n ?? 0
}

function tailOf(folder: string): string {
  return readFileSync(path.join(folder, 'server.log'), 'utf8').slice(-1500)
}

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { signal } from './faults/processes.ts'
import { makeTemplate } from './faults/template.ts'
import { openWorld, type World } from './faults/world.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'
import { openSoak } from './soak/round.ts'

const probe = path.join(import.meta.dirname, 'soak/probe.ts')
/** Before that a server fills what it keeps on purpose: prepared statements, compiled rules, pools. */
const warmRounds = 5
const fewestRounds = 12
const lookEvery = 5

/**
 * Everybody's work over and over against one server: whether answers stay, and memory. `--minutes` says how long; `--out` keeps a heap
 * snapshot of each look in that folder. Memory is what is kept once all that nobody needs was collected.
 */
export async function run({ households = 300, minutes = 10, out }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-soak-'))
  if (out) mkdirSync(out, { recursive: true })
  const probeFile = path.join(folder, 'memory.json')
  try {
    const lines = await makeTemplate(folder, households, 400)
    const settings = {
      ...{ NODE_OPTIONS: `--import ${probe}`, BENCH_PROBE_FILE: probeFile },
      ...(out ? { BENCH_SNAPSHOTS: path.resolve(out) } : {}),
    }
    const place = { template: path.join(folder, 'template'), folder: path.join(folder, 'world') }
    const world = await openWorld(place, { settings })
    try {
      if (!(await world.waitReady(180_000))) throw new Error('no server')
      const soak = openSoak(world, lines)
      const looks: { round: number; keptKb: number }[] = []
      const begun = performance.now()
      let round = 0
      for (; round < fewestRounds || performance.now() - begun < minutes * 60_000; round++) {
        await soak.round(round)
        if (round >= warmRounds && (round - warmRounds) % lookEvery === 0) {
          const keptKb = await lookAt(world, probeFile)
          looks.push({ round, keptKb })
          print(`round ${round}: ${Math.round(keptKb)} kB, ${soak.found.requests} requests`)
        }
      }
      const mb = (look: (typeof looks)[number] | undefined) => Math.round((look?.keptKb ?? 0) / 102.4) / 10
      const errors = [...new Set(soak.found.errors)]
      for (const one of errors.slice(0, 20)) print(one)
      return {
        ...{ minutes: Math.round((performance.now() - begun) / 6000) / 10, rounds: round },
        ...{ requests: soak.found.requests, errors: soak.found.errors.length },
        ...{ memoryStartMb: mb(looks[0]), memoryEndMb: mb(looks.at(-1)), growthKbPerRound: slopeOf(looks) },
      }
    } finally {
      await world.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function lookAt(world: World, file: string): Promise<number> {
  rmSync(file, { force: true })
  signal([world.serverPid()], 'SIGUSR2')
  for (let tries = 0; !existsSync(file); tries++) {
    if (tries === 3000) throw new Error('the server does not say what it holds')
    await delay(20)
  }
  await delay(20)
  const { heapUsed, external } = JSON.parse(readFileSync(file, 'utf8'))
  return (heapUsed + external) / 1024
}

/** The line through all looks that fits best: one that fell between two collections counts little. */
function slopeOf(looks: readonly { round: number; keptKb: number }[]): number {
  const mean = (of: (look: (typeof looks)[number]) => number) =>
    looks.reduce((sum, look) => sum + of(look), 0) / looks.length
  const [rounds, kept] = [mean(({ round }) => round), mean(({ keptKb }) => keptKb)]
  const along = looks.reduce((sum, { round, keptKb }) => sum + (round - rounds) * (keptKb - kept), 0)
  const square = looks.reduce((sum, { round }) => sum + (round - rounds) ** 2, 0)
  return square === 0 ? 0 : Math.round((along / square) * 10) / 10
}

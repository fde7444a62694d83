import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { addMonths } from '#contract/days.ts'
import { generateProvince, importProvince, type Manifest } from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import { screenProvince } from '#server/night.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { type Clock, clockAt } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'

/** The day the demonstration lives on unless it is started on another: three weeks after the notice. */
export const demoDay = '2020-03-10'
/** Earlier months come in one file each, so that the demonstration starts quickly and still has a trend. */
const monthsOfFiles = 5

export interface DemoOptions {
  households: number
  seed: number
  /** Files are those that have come by this day. */
  asOf: string
  /** Folder for the department files. */
  out: string
}

export interface DemoProgress {
  done: number
  of: number
  file: string
  state: string
}

/** Writes the department files of a synthetic province; the same options give the same bytes. */
export function writeDemo({ asOf, ...options }: DemoOptions): Promise<Manifest> {
  return generateProvince({ ...options, asOf, from: addMonths(asOf, -monthsOfFiles).slice(0, 7) })
}

/** Imports the files in the order in which they arrived, each on its day; one that came before changes nothing. */
export async function importDemo(
  platform: Platform,
  out: string,
  { files, asOf }: Manifest,
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  let done = 0
  const depsOn = (clock: Clock) => ({
    ...platform,
    work: platform.database,
    audit: systemAuditor(),
    clock,
    intake: assembleIntake(clock),
  })
  await importProvince(depsOn, out, ({ file, state }) => {
    done += 1
    onProgress({ done, of: files.length, file, state })
  })
  await screenProvince({ ...platform, clock: clockAt(asOf) })
}

/**
 * Fills an empty platform once, with what has come by the day of that start; a start that was interrupted goes on where it stopped,
 * because files are recognised.
 */
export async function ensureDemo(
  platform: Platform,
  { dataDirectory, households, asOf }: { dataDirectory: string; households: number; asOf: string },
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  const done = path.join(dataDirectory, 'demo-ready')
  if (existsSync(done)) return
  const out = path.join(dataDirectory, 'demo')
  const manifest = await writeDemo({ households, seed: 1, out, asOf })
  await importDemo(platform, out, manifest, onProgress)
  rmSync(out, { recursive: true, force: true })
  writeFileSync(done, `${households} households, files until ${asOf}\n`)
}

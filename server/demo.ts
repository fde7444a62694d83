import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generateProvince, importProvince, type Manifest } from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import { screenProvince } from '#server/night.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { type Clock, clockAt } from '#server/platform/clock.ts'
import type { Platform } from '#server/platform/platform.ts'

/** The day the demonstration lives on: three weeks after the notice. */
export const demoDay = '2020-03-10'

export interface DemoOptions {
  households: number
  seed: number
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
export function writeDemo({ households, seed, out }: DemoOptions): Promise<Manifest> {
  // Earlier months come in one file each, so that the demonstration starts quickly and still has a trend.
  return generateProvince({ households, seed, out, asOf: demoDay, from: '2019-10' })
}

/** Imports the files in the order in which they arrived, each on its day; one that came before changes nothing. */
export async function importDemo(
  platform: Platform,
  out: string,
  { files }: Manifest,
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
  await screenProvince({ ...platform, clock: clockAt(demoDay) })
}

/** Fills an empty platform once; a start that was interrupted goes on where it stopped, because files are recognised. */
export async function ensureDemo(
  platform: Platform,
  { dataDirectory, households }: { dataDirectory: string; households: number },
  onProgress: (progress: DemoProgress) => void,
): Promise<void> {
  const done = path.join(dataDirectory, 'demo-ready')
  if (existsSync(done)) return
  const out = path.join(dataDirectory, 'demo')
  const manifest = await writeDemo({ households, seed: 1, out })
  await importDemo(platform, out, manifest, onProgress)
  rmSync(out, { recursive: true, force: true })
  writeFileSync(done, `${households} households\n`)
}

import { createReadStream, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { lastRound } from '#bench/import.ts'
import { masterKey } from '#bench/prepare-database.ts'
import { generateProvince, writeSettlements } from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import { readConfig } from '#server/config.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { importFile } from '#server/modules/intake/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openPlatform } from '#server/platform/platform.ts'
import { schemaParts } from '#server/schema.ts'

export const asOf = '2020-03-10'

/**
 * A data folder with a registered province, which every world of a run begins as a copy of, and the rows of a file about its people.
 * The database is stopped cleanly.
 */
export async function makeTemplate(folder: string, households: number, rows: number): Promise<string[]> {
  const data = path.join(folder, 'template')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writeFileSync(path.join(data, 'master.key'), masterKey.toString('hex'), { mode: 0o600 })
  const out = path.join(folder, 'registry')
  const registry = await generateProvince({
    ...{ households, seed: 1, asOf, out },
    feeds: ['household', 'member'],
  })
  const config = readConfig({ SHOUWANG_DATA: data, SHOUWANG_DEMO: 'on', SHOUWANG_AS_OF: asOf })
  const platform = await openPlatform(config, schemaParts)
  try {
    await loadDivisions(platform.database)
    for (const { feed, file, arrivedOn, periodTo } of lastRound(registry)) {
      const clock = clockAt(arrivedOn)
      const deps = {
        ...{ ...platform, clock, work: platform.database },
        ...{ audit: systemAuditor(), intake: assembleIntake(clock) },
      }
      const body = createReadStream(path.join(out, file))
      const { state } = await importFile(deps, { name: file, body }, { feed, periodTo })
      if (state !== 'merged') throw new Error(`${file} was ${state}`)
    }
  } finally {
    await platform.close()
  }
  writeFileSync(path.join(data, 'demo-ready'), 'filled by the benchmark\n')
  const csv = path.join(folder, 'settlements.csv')
  writeSettlements({ households, seed: 1, asOf, rows, file: csv })
  const lines = readFileSync(csv, 'utf8').trimEnd().split('\n')
  rmSync(out, { recursive: true })
  return lines
}

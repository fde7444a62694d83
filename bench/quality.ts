import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { generateProvince, importProvince, type Manifest, noDirt, type Truth } from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { packOn, screen } from '#server/modules/screening/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, inTransaction, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { createLogger } from '#server/platform/log.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'
import { prepareDatabase } from './prepare-database.ts'
import { score } from './quality/score.ts'

const asOf = '2020-03-10'

/**
 * A province with all its dirt goes through the real intake into a database of its own; the open signals are compared with
 * the truth kept aside. Uncertain matches wait for a person, who is not there: their rows count as not known.
 */
export async function run({ households = 8000, seed, out, clean }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-quality-'))
  const province = out ?? path.join(folder, 'province')
  const server = await startEmbeddedPostgres(folder)
  const database = openDatabase(server.url)
  try {
    await prepareDatabase(database)
    await loadDivisions(database)
    const manifest = await generateProvince({
      households,
      seed,
      asOf,
      out: province,
      ...(clean ? { dirt: noDirt } : {}),
    })
    const states = await importAll(database, path.join(folder, 'files'), province, manifest)
    await inTransaction(database, (session) =>
      screen({ policy: packOn(asOf), clock: clockAt(asOf) }, session, { scope: 'full', asOf }),
    )
    const rules = score(readTruth(province), await openSignals(database))
    for (const { id, precision, recall, truth, raised } of rules)
      print(`${id}  precision ${precision ?? '–'}  recall ${recall ?? '–'}  truth ${truth}  raised ${raised}`)
    return { households, ...states, rules }
  } finally {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function importAll(database: Database, fileDirectory: string, province: string, manifest: Manifest) {
  const vault = openVault(Buffer.alloc(32, 9))
  const log = createLogger('silent')
  const started = performance.now()
  const expected = new Map(manifest.files.map((one) => [one.file, one.expect]))
  const unexpected: string[] = []
  const imported = await importProvince(
    (clock) => ({
      database,
      work: database,
      audit: systemAuditor(),
      clock,
      vault,
      log,
      fileDirectory,
      intake: assembleIntake(clock),
    }),
    province,
    ({ file, rows, state }) => {
      print(`${state}  ${file}  ${rows} rows`)
      const isGood =
        expected.get(file) === 'held' ? state === 'held' : state === 'merged' || state === 'unchanged'
      if (!isGood) unexpected.push(`${file}: ${state}`)
    },
  )
  return {
    files: imported.length,
    rows: imported.reduce((sum, { rows }) => sum + rows, 0),
    importSeconds: Math.round((performance.now() - started) / 100) / 10,
    unexpected,
  }
}

function readTruth(province: string): Truth[] {
  const lines = readFileSync(path.join(province, 'truth.jsonl'), 'utf8').trim().split('\n')
  return lines.filter(Boolean).map((line): Truth => JSON.parse(line))
}

/** Rule → numbers of the households with an open signal of it. */
async function openSignals({ db }: Database): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ rule: string; householdNo: string }>`
    select s.rule, h.household_no from signal s join household h on h.county = s.county and h.id = s.household_id
    where s.cleared_on is null`.execute(db)
  const raised = new Map<string, Set<string>>()
  for (const { rule, householdNo } of rows) raised.set(rule, (raised.get(rule) ?? new Set()).add(householdNo))
  return raised
}

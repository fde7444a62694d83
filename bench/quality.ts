import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { addMonths, lastDayOfMonth } from '#contract/days.ts'
import type { FallLine, Home } from '#demo/lives/index.ts'
import {
  generateProvince,
  importProvince,
  type Manifest,
  noDirt,
  ordinaryDirt,
} from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { screenProvince } from '#server/night.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { createLogger } from '#server/platform/log.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'
import { type FallsScore, scoreFalls, type Warning } from './quality/falls.ts'
import { type RuleScore, score } from './quality/score.ts'
import { readThresholds } from './quality/thresholds.ts'
import { type Truth, truthOf } from './quality/truth.ts'

/** Two years of files have come by then, but for those of the last month. */
const asOf = '2020-12-31'
/** Falls are counted once half a year of files is there: before that nobody could have been warned. */
const fallsFrom = '2019-07-01'

/**
 * Two years of a province go through the real intake into a database of its own, every file on its day with all its dirt, and the night
 * runs at the end of every month. In the end the open signals are compared with the facts on record (`rules`), and all warnings of the two
 * years with what became of the households (`falls`). Uncertain matches wait for a person, who is not there: their rows count as not known.
 */
export async function run({ households = 4000, seed, out, clean }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-quality-'))
  const province = out ?? path.join(folder, 'province')
  const server = await startEmbeddedPostgres(folder)
  const database = openDatabase(server.url)
  const dirt = clean ? noDirt : ordinaryDirt
  try {
    await prepareDatabase(database)
    await loadDivisions(database)
    const policy = readThresholds(asOf)
    const truths: Truth[] = []
    const onHome = (home: Home) => {
      const truth = truthOf(home, asOf, policy, dirt)
      if (truth) truths.push(truth)
    }
    const manifest = await generateProvince({ households, seed, asOf, out: province, dirt, onHome })
    const states = await importAll(database, path.join(folder, 'files'), province, manifest)
    await screenProvince({ database, clock: clockAt(asOf) })
    const rules = score(truths, await openSignals(database))
    const falls = {
      ...scoreFalls({ falls: readFalls(province), ...(await listWarnings(database)), from: fallsFrom }),
      householdsWithWork: await shareWithWork(database),
    }
    printScores(rules, falls)
    return { households, ...states, rules, falls }
  } finally {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function printScores(rules: readonly RuleScore[], falls: FallsScore): void {
  for (const { id, precision, recall, truth, raised } of rules)
    print(`${id}  precision ${precision ?? '–'}  recall ${recall ?? '–'}  truth ${truth}  raised ${raised}`)
  print(`falls ${falls.truth}, visible ${falls.visible}: warned ${falls.warned}, of all ${falls.warnedOfAll}`)
  for (const { id, warned, warnedOfAll, medianLeadDays, warnings, followed } of [
    ...falls.byLevel,
    ...falls.byRule,
  ])
    print(
      `${id}  warned ${warned}, of all ${warnedOfAll}, ${medianLeadDays} days, ${warnings} warnings, ${followed} followed`,
    )
  for (const { id, truth, visible, warnedOfAll } of falls.byCause)
    print(`${id}  ${truth} falls, ${visible} visible, ${warnedOfAll} warned`)
}

async function importAll(database: Database, fileDirectory: string, province: string, manifest: Manifest) {
  const vault = openVault(masterKey)
  const log = createLogger('silent')
  const started = performance.now()
  const expected = new Map(manifest.files.map((one) => [one.file, one.expect]))
  const unexpected: string[] = []
  let month = manifest.files[0]?.arrivedOn.slice(0, 7) ?? ''
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
    async (day) => {
      // Nights in which nothing changes but the day are left out, all but the last of a month.
      for (; month < day.slice(0, 7); month = addMonths(`${month}-01`, 1).slice(0, 7))
        await screenProvince({ database, clock: clockAt(lastDayOfMonth(`${month}-01`)) })
    },
  )
  return {
    files: imported.length,
    rows: imported.reduce((sum, { rows }) => sum + rows, 0),
    importSeconds: Math.round((performance.now() - started) / 100) / 10,
    unexpected,
  }
}

function readFalls(province: string): FallLine[] {
  const lines = readFileSync(path.join(province, 'falls.jsonl'), 'utf8').trim().split('\n')
  return lines.flatMap((line): FallLine[] => (line ? [JSON.parse(line)] : []))
}

/** Every warning of the two years, open or closed. */
async function listWarnings({ db }: Database): Promise<{ clues: Warning[]; signals: Warning[] }> {
  const { rows: clues } = await sql<Warning>`
    select h.household_no, c.level as of, c.opened_on::text, c.closed_on::text
    from clue c join household h on h.county = c.county and h.id = c.household_id`.execute(db)
  const { rows: signals } = await sql<Warning>`
    select h.household_no, s.rule as of, s.opened_on::text, s.cleared_on::text as closed_on
    from signal s join household h on h.county = s.county and h.id = s.household_id`.execute(db)
  return { clues, signals }
}

/** Households with a clue that a township or village has to look into, of all. */
async function shareWithWork({ db }: Database): Promise<number> {
  const { rows } = await sql<{ share: number }>`
    select round(count(*) filter (where exists (select from clue c where c.county = h.county and c.household_id = h.id
      and c.state in ('new', 'dispatched', 'verifying'))) / greatest(count(*), 1)::numeric, 4)::float as share
    from household h where h.closed_on is null`.execute(db)
  return rows[0]?.share ?? 0
}

/** Rule → numbers of the households with an open signal of it, those left out of which nothing is known any more. */
async function openSignals({ db }: Database): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ rule: string; householdNo: string }>`
    select s.rule, h.household_no from signal s join household h on h.county = s.county and h.id = s.household_id
    where s.cleared_on is null and s.silent_since is null`.execute(db)
  const raised = new Map<string, Set<string>>()
  for (const { rule, householdNo } of rows) raised.set(rule, (raised.get(rule) ?? new Set()).add(householdNo))
  return raised
}

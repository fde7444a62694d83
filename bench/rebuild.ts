import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { instantOf } from '#contract/days.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { type PolicyPack, resolveForCounties } from '#server/modules/policy/index.ts'
import { engine, packOn, screenAsKnown } from '#server/modules/screening/index.ts'
import { type Database, inTransaction, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { type BenchFigures, type BenchOptions, print, secondsOf } from './options.ts'
import { prepareDatabase } from './prepare-database.ts'
import { copyFacts, openFactsInDuck } from './rebuild/facts-in-duck.ts'
import { fillFacts } from './rebuild/fill-facts.ts'

const asOf = '2020-03-10'
/** A past day, before a part of the facts came and before incomes were corrected. */
const past = { asOf: '2020-02-10', knownAt: instantOf('2020-02-13') }

/**
 * Every indicator of a province from its facts, and every rule from the indicators: ours in PostgreSQL, and the same texts in
 * DuckDB over the same data in the same run; then a past day as known then. The indicators of both engines are compared row by row,
 * and so is the day judged as known now with what the live run left.
 */
export async function run({ households = 100_000, out }: BenchOptions): Promise<BenchFigures> {
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-rebuild-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const database = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  try {
    await prepareDatabase(database)
    return await measure(database, path.join(folder, 'duck'), await fill(database, households))
  } finally {
    await database.close()
    await server?.stop()
    if (!out) rmSync(folder, { recursive: true, force: true })
  }
}

/** Fills the database where it is empty; answers how many facts it has. */
async function fill(database: Database, households: number) {
  const { rows } = await sql<{ n: number }>`select count(*) as n from household`.execute(database.db)
  if (rows[0]?.n !== households) {
    await loadDivisions(database)
    await fillFacts(database, households)
  }
  const counts = engine.factTables.map((table) => sql`select count(*) as n from ${sql.table(table)}`)
  const { rows: facts } = await sql<{ n: number }>`
    select sum(n)::bigint as n from (${sql.join(counts, sql` union all `)}) c`.execute(database.db)
  return { households, facts: facts[0]?.n ?? 0 }
}

async function measure(
  database: Database,
  folder: string,
  filled: { households: number; facts: number },
): Promise<BenchFigures> {
  const pack = packOn(asOf)
  print(`${filled.facts} facts of ${filled.households} households`)
  const ours = await rebuild(database, pack, folder)
  print(`indicators ${ours.rebuildSeconds.toFixed(1)} s, rules ${ours.fullSeconds.toFixed(2)} s`)
  await database.pool.query('vacuum (analyze) indicator')

  const { asKnownSeconds, sameAsLive } = await lookBack(database)
  print(
    `${past.asOf} as known then ${asKnownSeconds.toFixed(1)} s; today as known now is the live run: ${sameAsLive}`,
  )

  const duck = await openFactsInDuck(folder, os.availableParallelism())
  try {
    const indicatorSeconds = await secondsOf(() => duck.rebuild(asOf))
    const ruleSeconds = await secondsOf(() => duck.evaluate(ours.compiled))
    const differences = await duck.countDifferences()
    const duckdbRatio = (ours.rebuildSeconds + ours.fullSeconds) / (indicatorSeconds + ruleSeconds)
    print(
      `DuckDB: indicators ${indicatorSeconds.toFixed(1)} s, rules ${ruleSeconds.toFixed(2)} s; ${differences} rows differ`,
    )
    return {
      ...filled,
      rebuildSeconds: round(ours.rebuildSeconds),
      fullSeconds: round(ours.fullSeconds),
      asKnownSeconds: round(asKnownSeconds),
      duckdbRatio: round(duckdbRatio),
      equal: differences === 0 && sameAsLive,
    }
  } finally {
    duck.close()
  }
}

/** From an empty table, so that every row is written; then all rules in one scan. Leaves what DuckDB needs in `folder`. */
async function rebuild(database: Database, pack: PolicyPack, folder: string) {
  await database.pool.query('truncate indicator, indicator_coverage')
  return inTransaction(database, async ({ db, client }) => {
    const started = performance.now()
    const { counties } = await engine.refreshIndicators(db, pack, { feeds: [], asOf })
    const rebuildSeconds = (performance.now() - started) / 1000
    await sql`analyze indicator`.execute(db)
    const compiled = engine.compileRules(pack.rules, resolveForCounties(pack, asOf, counties))
    const fullSeconds = await secondsOf(() => engine.evaluateRules(db, compiled))
    await copyFacts(client, folder)
    return { rebuildSeconds, fullSeconds, compiled }
  })
}

async function lookBack(database: Database) {
  const asKnownSeconds = await secondsOf(() =>
    inTransaction(database, (session) => screenAsKnown(session, { ...past, households: 'all' })),
  )
  const sameAsLive = await inTransaction(database, async (session) => {
    const columns = sql.raw(
      ['county', 'household_id', ...engine.columnsOf(engine.indicatorGroups)].join(', '),
    )
    const table = sql.table(engine.knownIndicators)
    await screenAsKnown(session, { asOf, knownAt: new Date(), households: 'all' })
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from (
        (select ${columns} from indicator except all select ${columns} from ${table})
        union all (select ${columns} from ${table} except all select ${columns} from indicator)
      ) d`.execute(session.db)
    return rows[0]?.n === 0
  })
  return { asKnownSeconds, sameAsLive }
}

const round = (value: number) => Number(value.toPrecision(4))

import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { resolveForCounties } from '#server/modules/policy/index.ts'
import { engine, packOn } from '#server/modules/screening/index.ts'
import { copyRows } from '#server/platform/database/copy.ts'
import { type Database, inTransaction, openDatabase, type Session } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { prepareRoles } from '#server/platform/database/rights/prepare-roles.ts'
import { schemaParts } from '#server/schema.ts'
import { type BenchFigures, type BenchOptions, median, print, secondsOf } from './options.ts'
import { openDuck } from './screening/duck.ts'
import { columns, copyLines, indicatorRows } from './screening/indicator-rows.ts'
import { timeOneBatch } from './screening/one-batch.ts'
import { differenceOf, type Outcome } from './screening/outcome.ts'
import { runRowByRow } from './screening/row-by-row.ts'

const rounds = 9

/**
 * All rules over N households from their indicators: our SQL in PostgreSQL, the same text in DuckDB, and the same rules
 * row by row in json-rules-engine, over the same data in the same run. Each materialises its result; all three complete
 * outcomes are compared.
 */
export async function run({ households = 200_000, seed }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const database = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  try {
    await migrate(database, schemaParts)
    await prepareRoles(database, Buffer.alloc(32, 9), schemaParts)
    const compared = await compare(database, folder, households, seed)
    const { batchSeconds, ...batch } = await timeOneBatch(database, folder, households, seed)
    return { ...compared, batchSeconds: round(batchSeconds), ...batch }
  } finally {
    await database.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(
  database: Database,
  folder: string,
  households: number,
  seed: number,
): Promise<BenchFigures> {
  const rows = [...indicatorRows(households, seed)]
  const file = path.join(folder, 'indicator.tsv')
  await pipeline(Readable.from(copyLines(rows)), createWriteStream(file))

  const pack = packOn('2020-03-10')
  const counties = [...new Set(rows.map(({ county }) => county))]
  const values = resolveForCounties(pack, '2020-03-10', counties)
  // A table of its own, like the real one, so that a database of one's own keeps what it holds.
  const compiled = engine.compileRules(pack.rules, values, 'bench_indicator')
  const inDuck = engine.compileRules(pack.rules, values)
  const duck = await openDuck(file, os.availableParallelism())
  try {
    await database.pool.query(
      'drop table if exists bench_indicator; create table bench_indicator (like indicator including all)',
    )
    await inTransaction(database, ({ client }) =>
      copyRows(client, `bench_indicator(${columns.join(', ')})`, Readable.from(copyLines(rows))),
    )
    await database.pool.query('vacuum (freeze, analyze) bench_indicator')
    print(`${pack.rules.length} rules over ${households} households of ${counties.length} counties`)

    const times = { ours: [] as number[], duck: [] as number[] }
    let ours: Outcome | undefined
    // Turn about, so that both see the same machine; the first round only warms up.
    for (let round = 0; round <= rounds; round++) {
      const own = await inTransaction(database, async (session) => {
        const seconds = await secondsOf(() => engine.evaluateRules(session.db, compiled))
        if (round === rounds) ours = await outcomeOf(session, compiled)
        return seconds
      })
      const theirs = await secondsOf(() => duck.evaluate(inDuck))
      if (round === 0) continue
      times.ours.push(own)
      times.duck.push(theirs)
    }
    const fullSeconds = median(times.ours)
    const duckSeconds = median(times.duck)
    print(
      `PostgreSQL ${fullSeconds.toFixed(4)} s, DuckDB ${duckSeconds.toFixed(4)} s (medians of ${rounds}); json-rules-engine next`,
    )

    let theirs: Outcome | undefined
    const rowSeconds = await secondsOf(async () => {
      theirs = await runRowByRow(pack.rules, values.uniform, rows)
    })
    const duckOutcome = await duck.outcome(inDuck)
    if (!ours || !theirs) throw new Error('an engine gave no outcome')
    const differences = [differenceOf(ours, duckOutcome), differenceOf(ours, theirs)].filter(Boolean)
    for (const difference of differences) print(`DIFFERENCE: ${difference}`)
    print(`json-rules-engine ${rowSeconds.toFixed(1)} s; ${ours.hits.length} hits`)
    return {
      households,
      fullSeconds: round(fullSeconds),
      rowByRowRatio: round(rowSeconds / fullSeconds),
      duckdbRatio: round(fullSeconds / duckSeconds),
      equal: differences.length === 0,
      hits: ours.hits.length,
    }
  } finally {
    duck.close()
    await database.pool.query('drop table if exists bench_indicator')
  }
}

async function outcomeOf({ db }: Session, compiled: engine.CompiledRules): Promise<Outcome> {
  const hits = await sql<{ line: string }>`
    select concat_ws(' ', county, household_id, rule, case_no) as line
    from (${sql.raw(engine.hitsSql(compiled, 'screening_verdict'))}) h`.execute(db)
  const counts = await sql<{ line: string; cannotJudge: number }>`
    select concat(county, ' ', rule) as line, cannot_judge
    from (${sql.raw(engine.countsSql(compiled, 'screening_verdict'))}) c where cannot_judge > 0`.execute(db)
  return {
    hits: hits.rows.map(({ line }) => line),
    cannotJudge: new Map(counts.rows.map(({ line, cannotJudge }) => [line, cannotJudge])),
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

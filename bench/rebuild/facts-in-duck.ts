import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { engine } from '#server/modules/screening/index.ts'

/** Table → the condition on the rows that count now. */
const tables: Record<string, string> = {
  household: 'closed_on is null',
  person: 'true',
  screening_scope: 'true',
  screening_county: 'true',
  indicator: 'true',
  ...Object.fromEntries(engine.factTables.map((table) => [table, 'known_until is null'])),
}

interface Column {
  name: string
  type: string
}

/** Copies what indicators rest on, and our own, into files; secrets and what the two engines store differently stay behind. */
export async function copyFacts(client: pg.PoolClient, folder: string) {
  mkdirSync(folder, { recursive: true })
  const described: Record<string, Column[]> = {}
  for (const [table, condition] of Object.entries(tables)) {
    const { rows } = await client.query<Column>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped
         and atttypid = any(array['integer', 'bigint', 'smallint', 'boolean', 'text', 'date', 'numeric',
           'double precision', 'datemultirange']::regtype[])
       order by attnum`,
      [table],
    )
    described[table] = rows
    const out = client.query(
      copyTo(
        `copy (select ${rows.map(({ name }) => name).join(', ')} from ${table} where ${condition}) to stdout`,
      ),
    )
    await pipeline(out, createWriteStream(path.join(folder, `${table}.tsv`)))
  }
  writeFileSync(path.join(folder, 'columns.json'), JSON.stringify(described))
}

const stored: Record<string, string> = {
  text: 'varchar',
  numeric: 'decimal(18, 4)',
  datemultirange: 'varchar',
}

/** The function of the register's schema, over the text of a multirange: `{[2019-01-01,2019-03-01),[…)}`. */
const isAway = `create macro is_away(away, on_day) as
  len(list_filter(string_split(trim(away, '{[)}'), '),['), lambda span:
    on_day >= cast(split_part(span, ',', 1) as date) and on_day < cast(split_part(span, ',', 2) as date))) > 0`

/** The same facts in DuckDB, in memory, on as many threads as PostgreSQL may use cores. */
export async function openFactsInDuck(folder: string, threads: number) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  const connection = await instance.connect()
  const described: Record<string, Column[]> = JSON.parse(
    readFileSync(path.join(folder, 'columns.json'), 'utf8'),
  )
  await connection.run(isAway)
  for (const [table, columns] of Object.entries(described)) {
    const types = columns.map(({ name, type }) => `'${name}': '${stored[type] ?? type}'`)
    await connection.run(`create table ${table === 'indicator' ? 'ours' : table} as select * from read_csv(
      '${path.join(folder, `${table}.tsv`)}', delim = '\t', nullstr = '\\N', header = false, quote = '', escape = '',
      columns = {${types.join(', ')}})`)
  }
  return {
    async rebuild(asOf: string) {
      const judged: engine.Judged = {
        asOf,
        scope: 'screening_scope',
        counties: 'screening_county',
        known: {
          household: 'household',
          person: 'person',
          fact: (table) => table,
          // What the bench fills the tables with renews nothing.
          renewedCertificates: '(select * from disability_certificate where false)',
        },
      }
      await connection.run(
        `create or replace table indicator as ${engine.indicatorsSql(judged, engine.indicatorGroups)}`,
      )
    },
    async evaluate({ sql }: engine.CompiledRules) {
      await connection.run(`create or replace temporary table verdict as ${sql}`)
    },
    /** Rows of our indicators that DuckDB does not have, and the other way round. */
    async countDifferences(): Promise<number> {
      const columns = ['county', 'household_id', ...engine.columnsOf(engine.indicatorGroups)].join(', ')
      const found = await connection.runAndReadAll(`select count(*) from (
        (select ${columns} from ours except all select ${columns} from indicator)
        union all (select ${columns} from indicator except all select ${columns} from ours)) d`)
      return Number(found.getRows()[0]?.[0])
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

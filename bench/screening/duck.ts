import { DuckDBInstance } from '@duckdb/node-api'
import { engine } from '#server/modules/screening/index.ts'
import { columns } from './indicator-rows.ts'
import type { Outcome } from './outcome.ts'

/** The same indicators in DuckDB, in memory, on as many threads as PostgreSQL may use cores. */
export async function openDuck(file: string, threads: number) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) })
  const connection = await instance.connect()
  const typed = engine.indicators.map(
    ({ column, sqlType, feeds }) => `${column} ${sqlType}${feeds.length === 0 ? ' not null' : ''}`,
  )
  await connection.run(`create table indicator (county integer not null, household_id bigint not null,
    village bigint not null,
    ${typed.join(', ')})`)
  await connection.run(`insert into indicator by name select * from read_csv('${file}', delim = '\t', nullstr = '\\N',
    header = false, quote = '', escape = '', names = [${columns.map((column) => `'${column}'`).join(', ')}])`)

  const table = 'screening_verdict'
  return {
    async evaluate({ sql }: engine.CompiledRules) {
      await connection.run(`create or replace temporary table ${table} as ${sql}`)
    },
    async outcome(compiled: engine.CompiledRules): Promise<Outcome> {
      const hits = await connection.runAndReadAll(
        `select concat_ws(' ', county, household_id, rule, case_no) from (${engine.hitsSql(compiled, table)}) h`,
      )
      const counts = await connection.runAndReadAll(
        `select concat(county, ' ', rule), cannot_judge from (${engine.countsSql(compiled, table)}) c
          where cannot_judge > 0`,
      )
      return {
        hits: hits.getRows().map(([line]) => String(line)),
        cannotJudge: new Map(counts.getRows().map(([key, n]) => [String(key), Number(n)])),
      }
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

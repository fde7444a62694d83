import { type RawBuilder, sql } from 'kysely'
import type { Db } from './database/db.ts'

type ColumnType<Value> = Value extends number
  ? 'integer' | 'bigint' | 'smallint' | 'numeric'
  : Value extends string
    ? 'text' | 'date'
    : Value extends boolean
      ? 'boolean'
      : 'jsonb'

/**
 * Rows that one module leaves for another within a transaction: a temporary table whose name and columns stand here, once, for the
 * module that writes it and those that read it.
 */
export interface RowExchange<Row extends object> {
  /** The table's name, for a `from` or a `join`. */
  readonly table: string
  readonly columns: { readonly [Key in keyof Row & string]: ColumnType<NonNullable<Row[Key]>> }
}

/** A household as facts name it: what most exchanges carry. */
export interface HouseholdPlace {
  county: number
  householdId: number
}

export const householdPlace = { county: 'integer', householdId: 'bigint' } as const

export function defineExchange<Row extends object>(
  table: string,
  columns: RowExchange<Row>['columns'],
): RowExchange<Row> {
  return { table, columns }
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Makes it anew, empty, until the end of the transaction. */
export async function openExchange<Row extends object>(db: Db, exchange: RowExchange<Row>): Promise<void> {
  const columns = Object.entries<string>(exchange.columns).map(([name, type]) => `${snake(name)} ${type}`)
  await sql`drop table if exists ${rowsOf(exchange)}`.execute(db)
  await sql.raw(`create temporary table ${exchange.table} (${columns.join(', ')}) on commit drop`).execute(db)
}

/** Makes it anew with the rows of a select, whose columns come in the order of the exchange; answers how many. */
export async function fillExchange<Row extends object>(
  db: Db,
  exchange: RowExchange<Row>,
  rows: RawBuilder<unknown>,
): Promise<number> {
  await openExchange(db, exchange)
  const { numAffectedRows } =
    await sql`insert into ${rowsOf(exchange)} (${columnsOf(exchange)}) ${rows}`.execute(db)
  // Without statistics the planner takes a fresh temporary table for a handful of rows.
  await sql`analyze ${rowsOf(exchange)}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Whether the running transaction has made it. */
export async function isOpen<Row extends object>(db: Db, { table }: RowExchange<Row>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${`pg_temp.${table}`}) is not null as found`.execute(db)
  return rows[0]?.found ?? false
}

/** The table, in a query. */
export function rowsOf<Row extends object>({ table }: RowExchange<Row>): RawBuilder<Row> {
  return sql.table(table) as RawBuilder<Row>
}

/** Its columns in order, for an insert. */
export function columnsOf<Row extends object>({ columns }: RowExchange<Row>): RawBuilder<unknown> {
  return sql.join(Object.keys(columns).map((name) => sql.ref(snake(name))))
}

/** Takes all rows out. */
export async function readExchange<Row extends object>(db: Db, exchange: RowExchange<Row>): Promise<Row[]> {
  const { rows } = await sql<Row>`select ${columnsOf(exchange)} from ${rowsOf(exchange)}`.execute(db)
  return rows
}

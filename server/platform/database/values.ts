import { type RawBuilder, sql } from 'kysely'
import type { DB } from './database-types.ts'

/** What columns of a table become: values, or SQL over its row. */
export type ColumnValues<Table extends keyof DB> = Readonly<Partial<Record<keyof DB[Table], unknown>>>

const expressionOf = (value: unknown): RawBuilder<unknown> =>
  typeof value === 'object' && value !== null && 'toOperationNode' in value
    ? (value as RawBuilder<unknown>)
    : sql`${value}`

/** What stands after `set`. */
export const settingOf = <Table extends keyof DB>(values: ColumnValues<Table>): RawBuilder<unknown> =>
  sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${expressionOf(value)}`))

/** What stands after `insert into` a table: one row. */
export const rowOf = <Table extends keyof DB>(values: ColumnValues<Table>): RawBuilder<unknown> =>
  sql`(${sql.join(Object.keys(values).map((column) => sql.ref(column)))})
    values (${sql.join(Object.values(values).map(expressionOf))})`

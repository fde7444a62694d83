import { type RawBuilder, sql } from 'kysely'

/** What columns of a table become: values, or SQL over its row. */
export type ColumnValues<Column extends string = string> = Readonly<Partial<Record<Column, unknown>>>

const expressionOf = (value: unknown): RawBuilder<unknown> =>
  typeof value === 'object' && value !== null && 'toOperationNode' in value
    ? (value as RawBuilder<unknown>)
    : sql`${value}`

/** What stands after `set`. */
export const settingOf = (values: ColumnValues): RawBuilder<unknown> =>
  sql.join(Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${expressionOf(value)}`))

/** What stands after `insert into` a table: one row. */
export const rowOf = (values: ColumnValues): RawBuilder<unknown> =>
  sql`(${sql.join(Object.keys(values).map((column) => sql.ref(column)))})
    values (${sql.join(Object.values(values).map(expressionOf))})`

import type { Database } from '#server/platform/database/db.ts'

const typeOf: Record<string, string> = {
  bigint: 'number',
  integer: 'number',
  smallint: 'number',
  numeric: 'number',
  'double precision': 'number',
  real: 'number',
  text: 'string',
  uuid: 'string',
  date: 'string',
  'timestamp with time zone': 'string',
  boolean: 'boolean',
  bytea: 'Buffer',
  jsonb: 'unknown',
  interval: 'string',
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The TypeScript source of Kysely's table types, read from the catalogue of a migrated database. */
export async function describeTypes(pool: Database['pool']): Promise<string> {
  const { rows } = await pool.query<{
    table_name: string
    column_name: string
    data_type: string
    element: string | null
    nullable: boolean
    generated: boolean
  }>(`
    select c.relname table_name, a.attname column_name, format_type(coalesce(nullif(t.typelem, 0), t.oid), null) data_type,
      case when t.typcategory = 'A' then 'array' end element, not a.attnotnull nullable,
      a.atthasdef or a.attidentity <> '' generated
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
    where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace
    order by c.relname, a.attnum`)
  const tables = Map.groupBy(rows, (row) => row.table_name)
  const lines = [
    '// Written by `npm run db:types` from the migrations; do not edit.',
    "import type { Generated } from 'kysely'",
    '',
  ]
  lines.push('export interface DB {')
  for (const [table, columns] of tables) {
    lines.push(`  ${camel(table)}: {`)
    for (const column of columns) {
      const base = `${typeOf[column.data_type] ?? 'unknown'}${column.element ? '[]' : ''}`
      const whole = column.nullable ? `${base} | null` : base
      const inserted = column.generated ? `Generated<${whole}>` : whole
      lines.push(`    ${camel(column.column_name)}: ${inserted}`)
    }
    lines.push('  }')
  }
  lines.push('}', '')
  return lines.join('\n')
}

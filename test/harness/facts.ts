import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'

/** Facts put straight into their tables, for tests of what becomes of them. */
export type FactRow = Record<string, string | number | boolean | null>

export async function insertRows(db: Db, table: string, rows: readonly FactRow[]) {
  if (rows.length === 0) return
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  // What belongs to a household lies where it does, or where a test without one says households do.
  const placed = columns.includes('household_id') && !columns.includes('village')
  const list = sql.join([...columns, ...(placed ? ['village'] : [])].map((column) => sql.ref(column)))
  const values = sql.join(columns.map((column) => sql`r.${sql.ref(column)}`))
  const village = sql`, coalesce((select h.village from household h where h.county = r.county
    and h.id = r.household_id),
    r.county * 1000000::bigint + 101201)`
  await sql`insert into ${sql.table(table)} (${list}) overriding system value
    select ${values} ${placed ? village : sql``}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r`.execute(db)
}

export async function insertBatch(db: Db, feed: string, asOf: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, mapping,
      state,
      received_at, as_of)
    values (${feed}, 'YB', 341221000000, 'test.csv', 'none', 0, '', 'csv', 1, '{}', 'merged', now(), ${asOf})
    returning id`.execute(db)
  return rows[0]?.id ?? 0
}

export async function cover(db: Db, feed: string, county: number, until: string, batch: number) {
  await sql`insert into feed_coverage (feed, county, covered_until, batch_id, merged_at)
    values (${feed}, ${county}, ${until}::date, ${batch}, now())
    on conflict (feed, county, subject) do update set covered_until = excluded.covered_until,
      batch_id = excluded.batch_id`.execute(db)
}

/** The departments of a county have sent files of their own: without them nothing can be judged there. */
export async function coverFrom(db: Db, feeds: readonly string[], county: number, day: string) {
  for (const feed of feeds) await cover(db, feed, county, day, await insertBatch(db, feed, day))
}

export async function insertHousehold(db: Db, county: number, id: number, more: FactRow = {}) {
  await insertRows(db, 'household', [
    {
      county,
      id,
      ref: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`,
      household_no: `${county}101201${String(id).padStart(5, '0')}`,
      village: county * 1e6 + 101_201,
      head_name: '测试户',
      head_pinyin: 'csh',
      registered: true,
      relief_mark: 'relieved',
      member_count: 1,
      ...more,
    },
  ])
}

export async function insertPerson(
  db: Db,
  county: number,
  household: number,
  id: number,
  more: FactRow = {},
) {
  await insertRows(db, 'person', [
    {
      county,
      id,
      household_id: household,
      ref: `00000000-0000-7000-8001-${String(id).padStart(12, '0')}`,
      member_no: String(id),
      name: '测试',
      name_pinyin: 'cs',
      id_cipher: '\\x00',
      id_index: `00000000-0000-0000-0000-${String(id).padStart(12, '0')}`,
      sex: 'male',
      birth: '1980-01-01',
      relation: 'head',
      labour: 'ordinary',
      ...more,
    },
  ])
}

import { type RawBuilder, sql } from 'kysely'
import { type HouseholdKey, knownAt } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { type FeedDefinition, storedColumns } from '../definitions/kit.ts'

export interface StoredFact {
  feed: string
  personName: string | null
  /** Key of the feed's column → value as stored; secrets are not among them. */
  content: Record<string, string | number | boolean | null>
  batchRef: string
  fileName: string
  rowNo: number
  /** Sheets of the file, where it took several. */
  sheets: string[] | null
  knownFrom: string
  knownUntil: string | null
}

/**
 * All facts about a household, newest knowledge first: those known at the end of a day, or without a day every version
 * ever known. One statement over all tables; each arm reads the live and the past index of its table.
 */
export async function listStoredFacts(
  db: Db,
  household: HouseholdKey,
  feeds: readonly FeedDefinition[],
  knownOn?: string,
) {
  const arms = feeds.map((feed) => armOf(feed, household, knownOn))
  const { rows } = await sql<StoredFact & { content: [string, StoredFact['content'][string]][] }>`
    select f.feed, p.name as person_name, f.content, b.ref as batch_ref, b.file_name, f.row_no, b.sheets,
      f.known_from, f.known_until
    from (${sql.join(arms, sql` union all `)}) f
    join batch_source b on b.id = f.batch_id
    left join person p on p.county = ${household.county} and p.id = f.person_id
    order by f.feed, f.known_from desc, f.batch_id desc, f.row_no`.execute(db)
  return rows.map((row) => ({ ...row, content: Object.fromEntries(row.content) }))
}

function armOf(feed: FeedDefinition, { county, id }: HouseholdKey, knownOn?: string): RawBuilder<unknown> {
  const facts = sql.ref(feed.table)
  // Pairs, not an object: the driver's names turn to camelCase, the keys of a feed must stay.
  const pairs = storedColumns(feed)
    .filter((column) => column.source === 'value')
    .map((column) => sql`jsonb_build_array(${sql.lit(column.key)}::text, ${sql.ref(column.column)})`)
  const person = feed.grain === 'person' ? sql.ref('person_id') : sql`null::bigint`
  const known =
    knownOn === undefined
      ? sql`(known_until is null or known_until is not null)`
      : sql`(${knownAt(knownOn, feed.table)})`
  return sql`
    select ${sql.lit(feed.code)} as feed, ${person} as person_id, batch_id, row_no, known_from, known_until,
      jsonb_build_array(${sql.join(pairs)}) as content
    from ${facts} where county = ${county} and household_id = ${id} and ${known}`
}

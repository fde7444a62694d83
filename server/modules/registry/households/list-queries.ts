import { type RawBuilder, sql } from 'kysely'
import { inScope } from '#server/modules/access/index.ts'
import { type AreaScope, countyOf, coversWholeCounties } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Spelling } from '#server/platform/people/spelling.ts'
import type { HouseholdCategory } from '../rules.ts'
import type { SearchTerm } from './search.ts'

export interface HouseholdFilter {
  /** A division inside the scope to look at; the narrower of the two counts. */
  area?: AreaScope
  term?: SearchTerm
  categories?: readonly HouseholdCategory[]
  registered?: boolean
  /** Those whose stated size is not that of their members. */
  sizeDiffers?: boolean
  /** Households that left the registry are left out unless requested. */
  withClosed?: boolean
}

export interface HouseholdRow {
  county: number
  id: number
  ref: string
  householdNo: string
  headName: string
  memberCount: number
  registered: boolean
  category: HouseholdCategory
  village: number
  villageName: string
  township: number
  townshipName: string
  countyName: string
  closedOn: string | null
}

export interface Page {
  limit: number
  offset: number
}

/** Where a page by key begins: after a household in the order of the list. */
export interface HouseholdsAfter {
  after: { village: number; id: number } | undefined
  limit: number
}

/** Households of the scope in village order, with the total of all pages. */
export async function listHouseholds(
  db: Db,
  scope: AreaScope,
  filter: HouseholdFilter,
  page: Page,
): Promise<{ total: number; rows: HouseholdRow[] }> {
  const total = await countHouseholds(db, scope, filter)
  return { total, rows: total <= page.offset ? [] : await pageOf(db, scope, filter, page, total) }
}

/** The same households as {@link listHouseholds} goes through, counted. */
export async function countHouseholds(db: Db, scope: AreaScope, filter: HouseholdFilter): Promise<number> {
  const { rows } = await (
    findTallied(scope, filter) ??
    sql<{ total: number }>`select count(*) as total from household h where ${conditions(scope, filter)}`
  ).execute(db)
  return rows[0]?.total ?? 0
}

/** Tallies by county, where an area covers counties whole and nothing narrower is requested; 1,880,000 are counted in 600 ms. */
function findTallied(scope: AreaScope, filter: HouseholdFilter): RawBuilder<{ total: number }> | undefined {
  const { area = scope, term, categories, registered, withClosed, sizeDiffers } = filter
  const range = { from: Math.max(scope.from, area.from), to: Math.min(scope.to, area.to) }
  if (
    term ||
    withClosed ||
    sizeDiffers ||
    scope.grantee ||
    range.from > range.to ||
    !coversWholeCounties(range)
  )
    return undefined
  const all = [sql`county between ${countyOf(range.from)} and ${countyOf(range.to)}`]
  if (categories && categories.length > 0) all.push(sql`category = any(${[...categories]}::text[])`)
  if (registered !== undefined) all.push(sql`registered = ${registered}`)
  return sql`select coalesce(sum(households), 0)::int as total from household_tally where ${sql.join(all, sql` and `)}`
}

/** People of the same households who have not left. */
export async function countMembers(db: Db, scope: AreaScope, filter: HouseholdFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from household h
    join person p on p.county = h.county and p.household_id = h.id and p.left_on is null
    where ${conditions(scope, filter)}`.execute(db)
  return rows[0]?.total ?? 0
}

/** So many found rows sort faster than a walk through all households in order would meet them. */
const few = 5000

/** Households after one of them, in the order of the list: for files, page by page. */
export function listHouseholdsAfter(
  db: Db,
  scope: AreaScope,
  filter: HouseholdFilter,
  { after, limit }: HouseholdsAfter,
): Promise<HouseholdRow[]> {
  const where = conditions(scope, filter)
  const all = after
    ? sql`${where} and (h.village, h.id) > (${after.village}::bigint, ${after.id}::bigint)`
    : where
  return readFound(db, all, { limit, offset: 0 }, sql`not materialized`)
}

async function pageOf(
  db: Db,
  scope: AreaScope,
  filter: HouseholdFilter,
  page: Page,
  total: number,
): Promise<HouseholdRow[]> {
  const how = filter.term && total <= few ? sql`materialized` : sql`not materialized`
  return readFound(db, conditions(scope, filter), page, how)
}

async function readFound(
  db: Db,
  where: RawBuilder<unknown>,
  page: Page,
  how: RawBuilder<unknown>,
): Promise<HouseholdRow[]> {
  const { rows } = await sql<HouseholdRow>`
    with found as ${how} (
      select h.county, h.id, h.village from household h where ${where}
    ), page as (
      select * from found order by village, id limit ${page.limit} offset ${page.offset}
    )
    select h.county, h.id, h.ref, h.household_no, h.head_name, h.member_count, h.registered, h.category, h.closed_on,
      h.village, v.name as village_name, t.code as township, t.name as township_name, c.name as county_name
    from page
    join household h on h.county = page.county and h.id = page.id
    join division v on v.code = h.village
    join division t on t.code = v.parent_code
    join division c on c.code = t.parent_code
    order by h.village, h.id`.execute(db)
  return rows
}

function conditions(scope: AreaScope, filter: HouseholdFilter): RawBuilder<unknown> {
  const { area = scope, term, categories, registered } = filter
  const from = Math.max(scope.from, area.from)
  const to = Math.min(scope.to, area.to)
  const all = [
    inScope(
      { from, to, grantee: scope.grantee ?? null },
      { village: 'h.village', county: 'h.county', household: 'h.id' },
    ),
  ]
  if (!filter.withClosed) all.push(sql`h.closed_on is null`)
  if (categories && categories.length > 0) all.push(sql`h.category = any(${[...categories]}::text[])`)
  if (registered !== undefined) all.push(sql`h.registered = ${registered}`)
  if (filter.sizeDiffers) all.push(sql`h.size_gap <> 0`)
  if (term) all.push(found(term, { from, to }))
  return sql.join(all, sql` and `)
}

/** `like` may leak what it is compared with, so that under row-level security no index would serve it; `^@` may not. */
export const beginsWith = (prefix: string) => sql`^@ ${prefix}::text`

function found(term: SearchTerm, area: AreaScope): RawBuilder<unknown> {
  if (term.by === 'household-number') return sql`h.household_no collate "C" ${beginsWith(term.prefix)}`
  return sql`(h.county, h.id) in (${householdsFound(term, area)})`
}

/** `select county, household id` of the households that a search finds in an area's counties. */
export function householdsFound(term: SearchTerm, area: AreaScope): RawBuilder<unknown> {
  switch (term.by) {
    case 'household-number':
      return sql`select f.county, f.id from household f where f.household_no collate "C" ${beginsWith(term.prefix)}`
    case 'id-number':
      return sql`select i.county, i.household_id from person_index i where i.id_index = ${term.index}::uuid`
    default:
      return sql.join(
        personsMet(term, area).map((met) => sql`select p.county, p.household_id from person p where ${met}`),
        sql` union all `,
      )
  }
}

/**
 * Conditions on members `p` that a name, its initials or its pinyin finds, one for each way to read what was typed: together by `or` no
 * index would end early.
 */
export function personsMet(
  term: Extract<SearchTerm, { by: 'name' | 'pinyin' }>,
  area: AreaScope,
): RawBuilder<unknown>[] {
  const [from, to] = [Math.floor(area.from / 1e6), Math.floor(area.to / 1e6)]
  const ways =
    term.by === 'name'
      ? [sql`p.name ${beginsWith(term.prefix)}`]
      : [sql`p.name_pinyin ${beginsWith(term.prefix)}`, ...term.spellings.map(spelled)]
  return ways.map((way) => sql`${way} and p.left_on is null and p.county between ${from}::int and ${to}::int`)
}

/** So few surnames are each looked up by themselves; of more, somebody is soon met among those with the initials. */
const fewSurnames = 40

function spelled({ initials, letters }: Spelling): RawBuilder<unknown> {
  const all = letters.flatMap((some, i) =>
    some ? [sql`substr(p.name, ${i + 1}::int, 1) = any(${some}::text[])`] : [],
  )
  const [surnames] = letters
  const begun =
    letters.length === 1 && surnames && surnames.length <= fewSurnames
      ? sql`(${sql.join(
          surnames.map((surname) => sql`p.name ${beginsWith(surname)}`),
          sql` or `,
        )})`
      : sql`p.name_pinyin ${beginsWith(initials)}`
  return sql`(${sql.join([begun, ...all], sql` and `)})`
}

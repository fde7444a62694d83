import { sql } from 'kysely'
import type { Localized } from '#contract/common.ts'
import type { AuthorisationScope } from '#contract/protection/own-record.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changeCaseFile } from '../case-writer.ts'
import type { CaseRecord } from '../queries.ts'

/** Items of the check list that may be looked at: public rosters, and what the household agreed to. */
function itemsFor(scopes: readonly AuthorisationScope[], day: string) {
  return packOn(day).checklist.filter(({ scope }) => scope === null || scopes.includes(scope))
}

/**
 * Runs the check list over the departments' data on the members: every finding is a flag to be explained and decided. A run
 * again adds what is new and leaves what was explained. Returns how many flags there are.
 */
export async function runComparison(
  db: Db,
  { county, id, householdId }: Pick<CaseRecord, 'county' | 'id' | 'householdId'>,
  { scopes, at, today }: { scopes: readonly AuthorisationScope[]; at: Date; today: string },
): Promise<number> {
  const items = itemsFor(scopes, today)
  await sql`
    insert into case_flag (county, household_id, village, case_id, item, person_id, batch_id, row_no, text_zh, text_en,
      veto)
    select a.county, a.household_id, a.village, ${id}::uuid, a.item, a.person_id, a.batch_id, a.row_no,
      i.zh || '：' || a.detail,
      i.en || ': ' || a.detail, i.veto
    from asset_record a
    join unnest(${items.map((item) => item.id)}::text[], ${items.map(({ title }) => title.zh)}::text[],
      ${items.map(({ title }) => title.en)}::text[], ${items.map(({ effect }) => effect === 'veto')}::boolean[]) i (id,
      zh, en, veto)
      on i.id = a.item
    where a.county = ${county} and a.household_id = ${householdId} and a.known_until is null
      and a.found_on <= ${today}::date
      and not exists (select from case_flag f where f.county = a.county and f.case_id = ${id}::uuid and f.item = a.item
        and f.batch_id = a.batch_id and f.row_no = a.row_no)
    order by a.item, a.person_id`.execute(db)
  await changeCaseFile(db, { county, id }, { comparedAt: at })
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from case_flag where county = ${county} and case_id = ${id}::uuid`.execute(db)
  return rows[0]?.n ?? 0
}

/** Items without any data in the whole county, so that their absence means nothing. */
export async function silentSources(
  db: Db,
  { county, comparedAt, kind }: Pick<CaseRecord, 'county' | 'comparedAt' | 'kind'>,
  { scopes, today }: { scopes: readonly AuthorisationScope[]; today: string },
): Promise<Localized[]> {
  if (kind === 'resolution' || comparedAt === null) return []
  const items = itemsFor(scopes, today)
  const { rows } = await sql<{ item: string }>`
    select i.item from unnest(${items.map(({ id }) => id)}::text[]) i (item)
    where exists (select from asset_record a where a.county = ${county} and a.item = i.item)`.execute(db)
  const known = new Set(rows.map(({ item }) => item))
  return items.filter(({ id }) => !known.has(id)).map(({ title }) => title)
}

import { type RawBuilder, sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { RiskStatus, SpellChange, SpellFilter } from '#contract/registry/categories.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import { inScope } from '#server/modules/access/index.ts'
import { type AreaScope, countyOf, coversWholeCounties } from '#server/modules/divisions/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { countGrades, inGrade } from './grade.ts'

const inside = ({ from, to }: AreaScope) => sql`s.village between ${from}::bigint and ${to}::bigint`
/** In force at the end of a day; a spell of no days never is. */
const inForceOn = (day: string) =>
  sql`(s.from_on <= ${day}::date and (s.until_on is null or s.until_on > ${day}::date))`

/** Tallies of counties that an area covers whole: arrivals less departures. */
const counties = ({ from, to }: AreaScope) => sql`county between ${countyOf(from)} and ${countyOf(to)}`
const net = (what: 'households' | 'persons') =>
  sql`coalesce(sum(case change when 'in' then ${sql.ref(what)} else -${sql.ref(what)} end), 0)::int`

export interface CategoryCount {
  child: number
  category: HouseholdCategory
  risk: RiskStatus
  households: number
  persons: number
}

/** Households at the end of a day by child division; `span`: codes in one child. */
export async function countCategories(
  db: Db,
  area: AreaScope,
  span: number,
  day: string,
): Promise<CategoryCount[]> {
  if (coversWholeCounties(area) && span >= 1e6) {
    const { rows } = await sql<CategoryCount>`
      select county::bigint * 1000000 / ${span}::bigint * ${span}::bigint as child, category, risk,
        ${net('households')} as households,
        ${net('persons')} as persons
      from category_tally where ${counties(area)} and day <= ${day}::date
      group by 1, 2, 3 having ${net('households')} <> 0`.execute(db)
    return rows
  }
  const { rows } = await sql<CategoryCount>`
    select s.village / ${span}::bigint * ${span}::bigint as child, s.category, s.risk, count(*) as households,
      coalesce(sum(s.members), 0)::bigint as persons
    from category_spell s where ${inside(area)} and ${inForceOn(day)} group by 1, 2, 3`.execute(db)
  return rows
}

export interface MovementCount {
  category: HouseholdCategory
  risk: RiskStatus
  kind: 'before' | 'in' | 'out' | 'after'
  because: SpellChange | null
  n: number
}

/**
 * Stock at the end of both days, and every spell that began or ended between them. A spell that did both is in both flows, so that
 * before + in − out = after whatever happened.
 */
export async function countMovements(
  db: Db,
  area: AreaScope,
  { from, to, cause }: { from: string; to: string; cause?: Cause | undefined },
): Promise<MovementCount[]> {
  if (coversWholeCounties(area)) return countTalliedMovements(db, area, { from, to, cause })
  const leading = cause ? sql`and s.causes[1] = ${cause}` : sql``
  const { rows } = await sql<MovementCount>`
    select s.category, s.risk, 'before' as kind, null as because, count(*) as n
    from category_spell s where ${inside(area)} and ${inForceOn(from)} ${leading} group by 1, 2
    union all
    select s.category, s.risk, 'after', null, count(*)
    from category_spell s where ${inside(area)} and ${inForceOn(to)} ${leading} group by 1, 2
    union all
    select s.category, s.risk, 'in', s.opened_because, count(*)
    from category_spell s where ${inside(area)} and s.from_on > ${from}::date and s.from_on <= ${to}::date
      and s.until_on is distinct from s.from_on ${leading} group by 1, 2, 4
    union all
    select s.category, s.risk, 'out', s.closed_because, count(*)
    from category_spell s where ${inside(area)} and s.until_on > ${from}::date and s.until_on <= ${to}::date
      and s.from_on < s.until_on ${leading} group by 1, 2, 4`.execute(db)
  return rows
}

/** The same from the tally of counties: the stock of a day is all that came until then less all that went. */
async function countTalliedMovements(
  db: Db,
  area: AreaScope,
  { from, to, cause }: { from: string; to: string; cause?: Cause | undefined },
): Promise<MovementCount[]> {
  const { rows } = await sql<MovementCount>`
    with moved as materialized (
      select category, risk, change, because, coalesce(sum(households) filter (where day <= ${from}::date),
        0)::int as until,
        coalesce(sum(households) filter (where day > ${from}::date), 0)::int as between
      from category_tally where ${counties(area)} and day <= ${to}::date ${cause ? sql`and cause = ${cause}` : sql``}
      group by 1, 2, 3, 4
    )
    select category, risk, 'before' as kind, null as because,
      sum(case change when 'in' then until else -until end)::int as n
    from moved group by 1, 2
    union all
    select category, risk, 'after', null, sum(case change when 'in' then until + between else -until - between end)::int
    from moved group by 1, 2
    union all
    select category, risk, change, because, between from moved where between <> 0`.execute(db)
  const seen = new Set(rows.filter(({ n }) => n !== 0).map(({ category, risk }) => `${category}/${risk}`))
  return rows.filter(({ category, risk }) => seen.has(`${category}/${risk}`))
}

export interface CauseCount {
  cause: Cause | null
  households: number
  persons: number
}

/** Households monitored at the end of a day by their leading cause, most first. */
export async function countCauses(db: Db, area: AreaScope, day: string): Promise<CauseCount[]> {
  if (coversWholeCounties(area)) {
    const { rows } = await sql<CauseCount>`
      select cause, ${net('households')} as households, ${net('persons')} as persons
      from category_tally where ${counties(area)} and risk = 'open' and day <= ${day}::date
      group by 1 having ${net('households')} <> 0 order by 2 desc, 1`.execute(db)
    return rows
  }
  const { rows } = await sql<CauseCount>`
    select s.causes[1] as cause, count(*) as households, coalesce(sum(s.members), 0)::bigint as persons
    from category_spell s where ${inside(area)} and s.risk = 'open' and ${inForceOn(day)}
    group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

export interface SpellRecord extends StripRecord {
  spellCategory: HouseholdCategory
  risk: RiskStatus
  causes: Cause[]
  fromOn: string
  untilOn: string | null
  openedBecause: SpellChange
  closedBecause: SpellChange | null
  caseId: string | null
  /** Key of the spell, in the order of the list. */
  spellVillage: number
  householdId: number
  spellId: number
}

const spellColumns = sql`
  ${stripColumns}, x.category as spell_category, x.risk, x.causes, x.from_on, x.until_on, x.opened_because,
  x.closed_because, x.case_id, x.village as spell_village, x.household_id, x.id as spell_id`

/** Spells behind a figure, by village; `total` counts all of them. */
export async function listSpellRecords(
  db: Db,
  scope: AreaScope,
  filter: SpellFilter & { today: string },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: SpellRecord[] }> {
  const where = sql.join(spellConditions(scope, filter), sql` and `)
  // The page is cut before anything is joined: behind a figure may stand a million households.
  const [rows, total] = await Promise.all([
    sql<SpellRecord>`
      select ${spellColumns}
      from (
        select s.* from category_spell s where ${where} order by s.village, s.household_id, s.id limit ${limit}
          offset ${offset}
      ) x ${stripJoins} order by x.village, x.household_id, x.id`.execute(db),
    isTallied(scope, filter) ? countTalliedSpells(db, scope, filter) : countSpells(db, where),
  ])
  return { rows: rows.rows, total }
}

/** Spells after one of them, in the order of the list: for files, page by page. */
export async function listSpellsAfter(
  db: Db,
  scope: AreaScope,
  filter: SpellFilter & { today: string },
  { last, limit }: { last: SpellRecord | undefined; limit: number },
): Promise<SpellRecord[]> {
  const all = spellConditions(scope, filter)
  if (last)
    all.push(sql`(s.village, s.household_id, s.id) > (${last.spellVillage}::bigint, ${last.householdId}::bigint,
      ${last.spellId}::bigint)`)
  const { rows } = await sql<SpellRecord>`
    select ${spellColumns}
    from (
      select s.* from category_spell s where ${sql.join(all, sql` and `)}
      order by s.village, s.household_id, s.id limit ${limit}
    ) x ${stripJoins} order by x.village, x.household_id, x.id`.execute(db)
  return rows
}

/** A grade together with anything else is not. */
function isTallied(scope: AreaScope, { grade, category, risk, cause, change }: SpellFilter): boolean {
  const narrowed = category?.length || risk?.length || cause || change
  return coversWholeCounties(scope) && !scope.grantee && !(grade && narrowed)
}

async function countSpells(db: Db, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from category_spell s where ${where}`.execute(db)
  return rows[0]?.n ?? 0
}

/** The same total from what is kept by county: a million spells are counted in half a second. */
async function countTalliedSpells(
  db: Db,
  area: AreaScope,
  filter: SpellFilter & { today: string },
): Promise<number> {
  const { category, risk, cause, grade, on, change, from, to, because, today } = filter
  const day = on ?? today
  const all = [counties(area)]
  if (category?.length) all.push(sql`category = any(${[...category]}::text[])`)
  if (risk?.length) all.push(sql`risk = any(${[...risk]}::text[])`)
  if (cause) all.push(cause === 'none' ? sql`cause is null` : sql`cause = ${cause}`)
  if (change) all.push(sql`change = ${change} and day > ${from}::date and day <= ${to}::date`)
  else all.push(sql`day <= ${day}::date`)
  if (because?.length && change) all.push(sql`because = any(${[...because]}::text[])`)
  const { rows } = await sql<{ category: HouseholdCategory; risk: RiskStatus; households: number }>`
    select category, risk, ${change ? sql`sum(households)::int` : net('households')} as households
    from category_tally where ${sql.join(all, sql` and `)} group by 1, 2`.execute(db)
  if (grade) return (await countGrades(db, area, rows, day))[grade]
  return rows.reduce((sum, { households }) => sum + households, 0)
}

function spellConditions(scope: AreaScope, filter: SpellFilter & { today: string }): RawBuilder<unknown>[] {
  const { category, risk, cause, grade, on, change, from, to, because, today } = filter
  const all = [inScope(scope, { village: 's.village', county: 's.county', household: 's.household_id' })]
  if (category?.length) all.push(sql`s.category = any(${[...category]}::text[])`)
  if (risk?.length) all.push(sql`s.risk = any(${[...risk]}::text[])`)
  if (risk?.length && !risk.includes('none')) all.push(sql`s.risk <> 'none'`)
  if (cause) all.push(cause === 'none' ? sql`s.causes[1] is null` : sql`s.causes[1] = ${cause}`)
  if (change === 'in')
    all.push(
      sql`s.from_on > ${from}::date and s.from_on <= ${to}::date and s.until_on is distinct from s.from_on`,
    )
  else if (change === 'out')
    all.push(sql`s.until_on > ${from}::date and s.until_on <= ${to}::date and s.from_on < s.until_on`)
  else all.push(inForceOn(on ?? today))
  if (because?.length && change)
    all.push(
      sql`s.${sql.ref(change === 'in' ? 'opened_because' : 'closed_because')} = any(${[...because]}::text[])`,
    )
  if (grade) all.push(inGrade(grade, on ?? today))
  return all
}

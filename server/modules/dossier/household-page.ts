import { sql } from 'kysely'
import type { z } from 'zod'
import type { Household, HouseholdRow } from '#contract/registry/households.ts'
import { listOpenBatches } from '#server/modules/clues/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { listFacts } from '#server/modules/feeds/index.ts'
import { getParameter, resolveParameters } from '#server/modules/policy/index.ts'
import {
  getHousehold,
  type HouseholdKey,
  type RegistryDeps,
  type HouseholdRow as RegistryRow,
  searchHouseholds,
} from '#server/modules/registry/households/index.ts'
import { indicators, packOn } from '#server/modules/screening/index.ts'
import { whyUnknown } from '#server/modules/screening/unknown/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** What a list of households is narrowed to. */
export type HouseholdSearch = Parameters<typeof searchHouseholds>[2]
type Page = z.infer<typeof Household>
type HouseholdDetail = Awaited<ReturnType<typeof getHousehold>>
type ClueOfHousehold = Page['clues'][number]

/** Everything one screen shows about a household; `not-found` outside the scope. */
export async function getHouseholdPage(
  deps: RegistryDeps,
  scope: AreaScope,
  ref: string,
  knownOn?: string,
): Promise<Page> {
  const detail = await getHousehold(deps, scope, ref, knownOn)
  const { db } = deps.database
  const [facts, clues, figures] = await Promise.all([
    listFacts(db, detail, knownOn),
    listCluesOf(db, detail),
    findIndicators(db, detail),
  ])
  const today = deps.clock.today()
  const known = Object.fromEntries(indicators.map(({ name, column }) => [name, figures?.[column] ?? null]))
  const unknown = await whyUnknown(db, { county: detail.county, householdId: detail.id }, known, {
    pack: packOn(today),
    day: today,
  })
  const refs = facts.flatMap((group) => group.facts.map(({ batch }) => batch))
  const openable = await listOpenBatches(db, scope, refs)
  return {
    ...placeOf(detail),
    groupName: detail.groupName,
    stated: statedOf(detail, deps.clock.today()),
    reliefMark: detail.reliefMark,
    relievedYear: detail.relievedYear,
    mainCause: detail.mainCause,
    phone: detail.phone,
    bankCard: detail.bankCard,
    category: detail.category,
    members: detail.members,
    spells: detail.spells,
    income: detail.income.map((window) => withLines(window, detail)),
    clues,
    indicators: indicators
      .filter((indicator) => indicator.group !== 'registry')
      .map(({ name, label, unit, feeds }) => {
        const value = known[name]
        return {
          key: name,
          label,
          unit,
          feed: feeds[0] ?? 'household',
          value: value === null || value === undefined ? null : Number(value),
          because: [...(unknown.get(name) ?? [])],
        }
      }),
    facts: facts.map((group) => ({
      ...group,
      facts: group.facts.map((fact) => ({ ...fact, batch: openable.has(fact.batch) ? fact.batch : null })),
    })),
  }
}

/** A page of households with what is open about each. */
export async function listHouseholdRows(
  deps: RegistryDeps,
  scope: AreaScope,
  search: HouseholdSearch,
  page: { limit: number; offset: number },
): Promise<{ total: number; rows: z.infer<typeof HouseholdRow>[] }> {
  const found = await searchHouseholds(deps, scope, search, page)
  return { total: found.total, rows: await presentHouseholds(deps.database.db, found.rows) }
}

export type HouseholdListRow = z.infer<typeof HouseholdRow>

/** Households of a list with what is open about each, in their order. */
export async function presentHouseholds(db: Db, rows: readonly RegistryRow[]): Promise<HouseholdListRow[]> {
  const open = await listOpenLevels(db, rows)
  return rows.map((row) => ({
    ...placeOf(row),
    openClues: open.get(row.id)?.clues ?? 0,
    level: open.get(row.id)?.level ?? null,
  }))
}

function placeOf(row: RegistryRow) {
  const { ref, householdNo, headName, memberCount, registered, category } = row
  return {
    ...{ ref, householdNo, headName, memberCount, registered, category },
    village: { code: row.village, name: row.villageName, level: 'village' as const },
    township: { code: row.township, name: row.townshipName, level: 'township' as const },
    county: { code: row.county * 1e6, name: row.countyName, level: 'county' as const },
  }
}

function withLines(
  { periodFrom, periodTo, netFen, netPerHeadFen, ...rest }: HouseholdDetail['income'][number],
  { county }: HouseholdKey,
): Page['income'][number] {
  const { batchRef: _batch, rowNo: _row, ...items } = rest
  const values = resolveParameters(packOn(periodTo), periodTo, county * 1e6)
  return {
    ...{ periodFrom, periodTo, items, netFen, netPerHeadFen },
    monitoringLineFen: values.get('monitoringLine') ?? null,
    povertyStandardFen: values.get('povertyStandard') ?? null,
  }
}

async function listCluesOf(db: Db, { county, id }: HouseholdKey): Promise<ClueOfHousehold[]> {
  const { rows } = await sql<ClueOfHousehold>`
    select id, cause, level, state, opened_on, why from clue
    where county = ${county} and household_id = ${id}
    order by state = 'cleared', opened_on desc`.execute(db)
  return rows
}

async function findIndicators(db: Db, { county, id }: HouseholdKey) {
  // As pairs: the catalogue knows the columns by their names in the database.
  const { rows } = await sql<{ figures: [string, number | boolean | null][] }>`
    select (select jsonb_agg(jsonb_build_array(e.key, e.value)) from jsonb_each(to_jsonb(i)) e) as figures
    from indicator i where county = ${county} and household_id = ${id}`.execute(db)
  return rows[0] && Object.fromEntries(rows[0].figures)
}

async function listOpenLevels(db: Db, households: readonly HouseholdKey[]) {
  const { rows } = await sql<{ id: number; clues: number; level: 'red' | 'orange' | 'yellow' }>`
    select c.household_id as id, count(*) as clues,
      case min(case c.level when 'red' then 1 when 'orange' then 2 else 3 end) when 1 then 'red' when 2 then 'orange'
        else 'yellow' end as level
    from clue c join unnest(${households.map((one) => one.county)}::int[],
      ${households.map((one) => one.id)}::bigint[]) h (county, id)
      on c.county = h.county and c.household_id = h.id
    where c.closed_on is null
    group by c.household_id`.execute(db)
  return new Map(rows.map(({ id, ...open }) => [id, open]))
}

/** What the register states of the size, beside the members it names; null where it names none or states none. */
function statedOf(
  { statedCount: count, statedOn: on, sizeGap: gap, county }: HouseholdDetail,
  today: string,
): Page['stated'] {
  if (count === null || on === null || gap === null) return null
  const values = resolveParameters(packOn(today), today, county * 1e6)
  return { count, on, gap, tolerated: Math.abs(gap) <= getParameter(values, 'householdSizeTolerance') }
}

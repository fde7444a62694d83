import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Cause, Localized, RiskLevel } from '#contract/common.ts'
import type { ClueFilter, ClueRow, ClueSort, ClueState } from '#contract/work/clues.ts'
import type { ClueChannel } from '#contract/work/reports.ts'
import { inScope } from '#server/modules/access/index.ts'
import { isOverdueOn } from '#server/modules/deadlines/index.ts'
import { type AreaScope, countyOf, coversWholeCounties } from '#server/modules/divisions/index.ts'
import { searchTerm } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import {
  type ClueQuery,
  clueClock,
  conditions,
  type FacetName,
  facets,
  openStates,
  statesOf,
  wider,
} from './clue-filter.ts'

/** A clue with its household and places, flat as it comes. */
export interface ClueRecord {
  county: number
  id: string
  householdId: number
  ref: string
  householdNo: string
  headName: string
  memberCount: number
  registered: boolean
  category: string
  village: number
  villageName: string
  township: number
  townshipName: string
  countyName: string
  cause: Cause
  level: RiskLevel
  rules: string[]
  why: Localized
  state: ClueState
  openedOn: string
  lastSignalOn: string
  closedOn: string | null
  channel: ClueChannel
  visitId: string | null
  caseId: string | null
  visitorName: string | null
  dueOn: string | null
  overdue: boolean
  assignee: number | null
  assigneeName: string | null
}

const columns = sql`
  c.county, c.id, c.household_id, h.ref, h.household_no, h.head_name, h.member_count, h.registered, h.category,
  c.village, v.name as village_name, t.code as township, t.name as township_name, d.name as county_name,
  c.cause, c.level, c.rules, c.why, c.state, c.opened_on, c.last_signal_on, c.closed_on,
  coalesce(c.next_due_on, c.due_on) as due_on, c.assignee, a.name as assignee_name, c.channel, c.visit_id,
  c.case_id,
  u.name as visitor_name`
const joins = sql`
  join household h on h.county = c.county and h.id = c.household_id
  join division v on v.code = c.village
  join division t on t.code = v.parent_code
  join division d on d.code = t.parent_code
  left join division a on a.code = c.assignee
  left join visit w on w.county = c.county and w.id = c.visit_id
  left join auth_user u on u.id = w.visitor`

type Sort = z.infer<typeof ClueSort>

/** First the direction as written, then turned round. */
const orders: Record<Sort, readonly [RawBuilder<unknown>, RawBuilder<unknown>]> = {
  level: [sql`c.level_rank, c.opened_on desc, c.id`, sql`c.level_rank desc, c.opened_on, c.id desc`],
  opened: [sql`c.opened_on, c.id desc`, sql`c.opened_on desc, c.id`],
  due: [sql`c.next_due_on, c.level_rank, c.id`, sql`c.next_due_on desc nulls last, c.level_rank, c.id`],
  name: [
    sql`c.sort_name, c.household_id, c.level_rank, c.id`,
    sql`c.sort_name desc, c.household_id desc, c.level_rank desc, c.id desc`,
  ],
}

export interface ClueOrder {
  sort: Sort
  descending: boolean
}

export async function listClueRecords(
  db: Db,
  query: ClueQuery,
  { sort, descending }: ClueOrder,
  { limit, offset }: { limit: number; offset: number },
): Promise<ClueRecord[]> {
  const order = orders[sort][descending ? 1 : 0]
  const { rows } = await sql<ClueRecord>`
    with page as materialized (
      select c.county, c.id from clue c where ${conditions(query)}
      order by ${order} limit ${limit} offset ${offset}
    )
    select ${columns}, ${isOverdueOn(clueClock, query.today)} as overdue
    from page join clue c on c.county = page.county and c.id = page.id ${joins}
    order by ${order}`.execute(db)
  return rows
}

/** The clues after one of them in the order of their ids: for files, page by page. */
export async function listClueRecordsAfter(
  db: Db,
  query: ClueQuery,
  after: string | undefined,
  limit: number,
): Promise<ClueRecord[]> {
  const { rows } = await sql<ClueRecord>`
    select ${columns}, ${isOverdueOn(clueClock, query.today)} as overdue
    from clue c ${joins}
    where ${conditions(query)} and (${after ?? null}::uuid is null or c.id > ${after ?? null}::uuid)
    order by c.id limit ${limit}`.execute(db)
  return rows
}

export async function findClueRecord(
  db: Db,
  scope: AreaScope,
  id: string,
  today: string,
): Promise<ClueRecord | undefined> {
  const { rows } = await sql<ClueRecord>`
    select ${columns}, ${isOverdueOn(clueClock, today)} as overdue
    from clue c ${joins}
    where c.id = ${id}::uuid
      and ${inScope(scope, { village: 'c.village', county: 'c.county', household: 'c.household_id' })}`.execute(
    db,
  )
  return rows[0]
}

interface CountRow {
  level: RiskLevel
  cause: Cause
  state: ClueState
  rules: string[]
  channel: ClueChannel
  n: number
}

export interface ClueCounts {
  total: number
  facets: Record<FacetName, Record<string, number>>
}

/** Total and facets from one pass over the area or from its tally, so that they cannot disagree. */
export async function countClues(db: Db, query: ClueQuery): Promise<ClueCounts> {
  if (isTallied(query)) {
    const { rows } = await sql<CountRow>`
      select level, cause, state, rules, channel, sum(clues)::int as n from clue_tally
      where county between ${countyOf(query.area.from)} and ${countyOf(query.area.to)}
      group by level, cause, state, rules, channel having sum(clues) <> 0`.execute(db)
    return tally(rows, query.filter)
  }
  const { rows } = await sql<CountRow>`
    select c.level, c.cause, c.state, c.rules, c.channel, count(*) as n from clue c
    where ${wider(query)} group by c.level, c.cause, c.state, c.rules, c.channel`.execute(db)
  return tally(rows, query.filter)
}

function tally(rows: readonly CountRow[], filter: ClueFilter): ClueCounts {
  const chosen: Record<FacetName, readonly string[] | undefined> = {
    level: filter.level,
    cause: filter.cause,
    state: statesOf(filter),
    rule: filter.rule,
    channel: filter.channel,
  }
  const valuesOf: Record<FacetName, (row: CountRow) => readonly string[]> = {
    level: ({ level }) => [level],
    cause: ({ cause }) => [cause],
    state: ({ state }) => [state],
    rule: ({ rules }) => rules,
    channel: ({ channel }) => [channel],
  }
  const fits = (row: CountRow, facet: FacetName) => {
    const wanted = chosen[facet]
    return !wanted?.length || valuesOf[facet](row).some((value) => wanted.includes(value))
  }
  const counts: ClueCounts = { total: 0, facets: { level: {}, cause: {}, state: {}, rule: {}, channel: {} } }
  for (const row of rows) {
    const missed = facets.filter((facet) => !fits(row, facet))
    if (missed.length === 0) counts.total += row.n
    for (const facet of facets) {
      if (missed.some((other) => other !== facet)) continue
      const found = counts.facets[facet]
      for (const value of valuesOf[facet](row)) found[value] = (found[value] ?? 0) + row.n
    }
  }
  return counts
}

/** Only facets are chosen, and the area is made of whole counties. */
function isTallied({ area, filter }: ClueQuery): boolean {
  const { q, openedFrom, openedTo, overdue } = filter
  const narrowed = searchTerm(q ?? '', () => '') || openedFrom || openedTo || overdue !== undefined
  return !narrowed && !area.grantee && coversWholeCounties(area)
}

/** Different households behind the same clues. */
export async function countClueHouseholds(db: Db, query: ClueQuery): Promise<number> {
  const { level, cause, rule, channel, state } = query.filter
  const anyOpen =
    !state?.length || (openStates.every((one) => state.includes(one)) && state.length === openStates.length)
  if (isTallied(query) && anyOpen && ![level, cause, rule, channel].some((chosen) => chosen?.length)) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from household_clues where open_clues > 0
        and village between ${query.area.from}::bigint and ${query.area.to}::bigint`.execute(db)
    return rows[0]?.n ?? 0
  }
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from clue c where ${conditions(query)}
      group by c.county, c.household_id) x`.execute(db)
  return rows[0]?.n ?? 0
}

export function present(record: ClueRecord): ClueRow {
  const { id, cause, level, channel, rules, why, state, openedOn, lastSignalOn, dueOn, overdue } = record
  return {
    ...{ id, cause, level, channel, rules, why, state, openedOn, lastSignalOn, dueOn, overdue },
    visitor: record.visitorName,
    household: {
      ref: record.ref,
      householdNo: record.householdNo,
      headName: record.headName,
      memberCount: record.memberCount,
      registered: record.registered,
      category: record.category,
      village: { code: record.village, name: record.villageName, level: 'village' },
      township: { code: record.township, name: record.townshipName, level: 'township' },
      county: { code: record.county * 1e6, name: record.countyName, level: 'county' },
    },
    assignee:
      record.assignee === null
        ? null
        : {
            code: record.assignee,
            name: record.assigneeName ?? String(record.assignee),
            level: record.assignee % 1000 === 0 ? 'township' : 'village',
          },
  }
}

import { sql } from 'kysely'
import type { Cause, Localized, RiskLevel } from '#contract/common.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import type { CaseKind, CaseState, CaseStep } from '#contract/work/cases.ts'
import { inScope } from '#server/modules/access/index.ts'
import { isOverdueOn } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'

export interface CaseRecord extends StripRecord {
  id: string
  householdId: number
  risk: string
  kind: CaseKind
  state: CaseState
  step: CaseStep | null
  causes: Cause[]
  /** Category the county approved. */
  decided: HouseholdCategory | null
  way: 'helped' | 'natural' | null
  openedOn: string
  dueOn: string | null
  totalDueOn: string
  greenChannel: boolean
  pausedOn: string | null
  visitId: string | null
  comparedAt: string | null
  publicityFrom: string | null
  publicityUntil: string | null
  publicityPlace: string | null
  pack: string
  overdue: boolean
}

const columns = (
  today: string,
) => sql`${stripColumns}, h.risk, x.id, x.household_id, x.kind, x.state, x.step, x.causes,
  x.category as decided, x.way, x.opened_on, x.due_on, x.total_due_on, x.green_channel, x.paused_on, x.visit_id,
  x.compared_at,
  x.publicity_from, x.publicity_until, x.publicity_place, x.pack, ${isOverdueOn(caseClock, today)} as overdue`

/** The next step of a case is due by its own day, or by that of the whole case. */
const caseClock = {
  due: sql`least(x.due_on, x.total_due_on)`,
  open: sql`x.state = 'running'`,
  paused: sql`x.paused_on is not null`,
}

const within = (scope: AreaScope) =>
  inScope(scope, { village: 'x.village', county: 'x.county', household: 'x.household_id' })

export interface CaseQuery {
  scope: AreaScope
  today: string
  kind?: CaseKind | undefined
  states?: readonly CaseState[] | undefined
  steps?: readonly CaseStep[] | undefined
  overdue?: boolean | undefined
  household?: string | undefined
}

const wider = ({ scope, today, kind, states, overdue, household }: CaseQuery) => {
  const all = [within(scope), sql`x.state = any(${[...(states?.length ? states : ['running'])]}::text[])`]
  if (kind) all.push(sql`x.kind = ${kind}`)
  if (overdue !== undefined) all.push(sql`${isOverdueOn(caseClock, today)} = ${overdue}`)
  if (household)
    all.push(
      sql`(x.county, x.household_id) in (select county, id from household where ref = ${household}::uuid)`,
    )
  return sql.join(all, sql` and `)
}

export async function listCaseRecords(
  db: Db,
  query: CaseQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: CaseRecord[]; steps: Record<string, number> }> {
  const { steps, today } = query
  const where = steps?.length ? sql`${wider(query)} and x.step = any(${[...steps]}::text[])` : wider(query)
  const [rows, counts] = await Promise.all([
    sql<CaseRecord>`
      select ${columns(today)} from case_file x ${stripJoins} where ${where}
      order by x.due_on nulls last, x.opened_on, x.id limit ${limit} offset ${offset}`.execute(db),
    sql<{ step: string | null; n: number }>`
      select x.step, count(*) as n from case_file x where ${wider(query)} group by x.step`.execute(db),
  ])
  const chosen = counts.rows.filter(
    ({ step }) => !steps?.length || (steps as readonly (string | null)[]).includes(step),
  )
  return {
    total: chosen.reduce((sum, { n }) => sum + n, 0),
    rows: rows.rows,
    steps: Object.fromEntries(counts.rows.flatMap(({ step, n }) => (step ? [[step, n]] : []))),
  }
}

export async function findCaseRecord(
  db: Db,
  scope: AreaScope,
  id: string,
  today: string,
  { forUpdate = false } = {},
): Promise<CaseRecord | undefined> {
  const { rows } = await sql<CaseRecord>`
    select ${columns(today)} from case_file x ${stripJoins} where x.id = ${id}::uuid and ${within(scope)}
    ${forUpdate ? sql`for update of x` : sql``}`.execute(db)
  return rows[0]
}

type Key = Pick<CaseRecord, 'county' | 'id' | 'householdId' | 'village'>

export interface EntryRecord {
  step: CaseStep
  result: 'done' | 'sent-back' | 'refused' | 'dropped' | 'paused' | 'resumed' | 'green-channel'
  at: string
  byUser: string | null
  by: string | null
  details: Record<string, string>
}

export async function listEntries(
  db: Db,
  { county, id }: Pick<Key, 'county' | 'id'>,
): Promise<EntryRecord[]> {
  const { rows } = await sql<EntryRecord>`
    select e.step, e.result, e.at, e.by_user, u.name as by, e.details from case_entry e left join auth_user u
      on u.id = e.by_user
    where e.county = ${county} and e.case_id = ${id}::uuid order by e.id`.execute(db)
  return rows
}

export interface FlagRecord {
  id: string
  item: string
  person: string | null
  textZh: string
  textEn: string
  fileName: string | null
  rowNo: number | null
  sheets: string[] | null
  veto: boolean
  explanation: string | null
  explainedBy: string | null
  explainedByUser: string | null
  decision: 'accepted' | 'barred' | null
  decisionReason: string | null
  decidedBy: string | null
}

export async function listFlags(db: Db, { county, id }: Pick<Key, 'county' | 'id'>): Promise<FlagRecord[]> {
  const { rows } = await sql<FlagRecord>`
    select f.id, f.item, p.name as person, f.text_zh, f.text_en, b.file_name, f.row_no, b.sheets, f.veto, f.explanation,
      e.name as explained_by, f.explained_by as explained_by_user, f.decision, f.decision_reason, d.name as decided_by
    from case_flag f
    left join person p on p.county = f.county and p.id = f.person_id
    left join batch_source b on b.id = f.batch_id
    left join auth_user e on e.id = f.explained_by
    left join auth_user d on d.id = f.decided_by
    where f.county = ${county} and f.case_id = ${id}::uuid order by f.item, f.id`.execute(db)
  return rows
}

export interface ObjectionRecord {
  id: string
  at: string
  by: string
  text: string
  outcome: 'upheld' | 'dismissed' | null
  finding: string | null
  answeredBy: string | null
  takenBy: string
  dueOn: string
}

export async function listObjections(
  db: Db,
  { county, id }: Pick<Key, 'county' | 'id'>,
): Promise<ObjectionRecord[]> {
  const { rows } = await sql<ObjectionRecord>`
    select o.id, o.at, o.by_name as by, o.text, o.outcome, o.finding, u.name as answered_by, o.taken_by, o.due_on
    from case_objection o left join auth_user u on u.id = o.answered_by
    where o.county = ${county} and o.case_id = ${id}::uuid order by o.at, o.id`.execute(db)
  return rows
}

export async function listCaseClues(db: Db, { county, id }: Pick<Key, 'county' | 'id'>) {
  const { rows } = await sql<{ id: string; cause: Cause; level: RiskLevel; why: Localized }>`
    select id, cause, level, why from clue where county = ${county} and case_id = ${id}::uuid
      order by level_rank, id`.execute(db)
  return rows
}

/** People of the household, for surnames and signatures. */
export async function listPeople(
  db: Db,
  { county, householdId }: Pick<Key, 'county' | 'householdId'>,
  today: string,
) {
  const { rows } = await sql<{
    id: number
    ref: string
    name: string
    age: number | null
    numbered: boolean
  }>`
    select id, ref, name, extract(year from age(${today}::date, birth))::integer as age,
      id_cipher is not null as numbered
    from person
    where county = ${county} and household_id = ${householdId} and left_on is null`.execute(db)
  return rows
}

/** Accounts and names of everybody who did something in the case, its visitors among them. */
export async function listActors(db: Db, { county, id }: Pick<Key, 'county' | 'id'>): Promise<Set<string>> {
  const { rows } = await sql<{ who: string }>`
    select e.by_user as who from case_entry e where e.county = ${county} and e.case_id = ${id}::uuid
      and e.by_user is not null
      and e.result in ('done', 'sent-back') and e.step <> 'compare'
    union
    select w.who from case_file f join visit_report r on r.county = f.county and r.visit_id = f.visit_id
      and not r.superseded
      cross join lateral (values (r.by_user), (r.second_visitor)) w (who)
    where f.county = ${county} and f.id = ${id}::uuid`.execute(db)
  return new Set(rows.map(({ who }) => who))
}

export interface NewEntry {
  step: CaseStep
  result: EntryRecord['result']
  at: Date
  by: string | null
  details?: Record<string, string>
}

export async function addEntry(
  db: Db,
  { county, id, householdId, village }: Key,
  { step, result, at, by, details = {} }: NewEntry,
) {
  await sql`
    insert into case_entry (county, household_id, village, case_id, step, result, at, by_user, details)
    values (${county}, ${householdId}, ${village}, ${id}::uuid, ${step}, ${result}, ${at}, ${by},
      ${JSON.stringify(details)}::jsonb)`.execute(db)
}

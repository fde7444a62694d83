import { sql } from 'kysely'
import type { Cause, Localized, RiskLevel } from '#contract/common.ts'
import type { SolvedProof, VisitPurpose, VisitState } from '#contract/work/visits.ts'
import { inScope } from '#server/modules/access/index.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'

export interface VisitRecord extends StripRecord {
  id: string
  householdId: number
  groupName: string | null
  headPinyin: string
  purpose: VisitPurpose
  state: VisitState
  visitor: string
  visitorName: string
  dueOn: string
  levelRank: number | null
  version: number
  decidedBy: string | null
  decidedAt: string | null
  closedNote: string | null
}

const columns = sql`${stripColumns}, x.id, x.household_id, h.group_name, h.head_pinyin, x.purpose, x.state, x.visitor,
  u.name as visitor_name, x.due_on, x.level_rank, x.version, s.name as decided_by, x.decided_at, x.closed_note`
const joins = sql`${stripJoins} join auth_user u on u.id = x.visitor left join auth_user s on s.id = x.decided_by`
const within = (scope: AreaScope) =>
  inScope(scope, { village: 'x.village', county: 'x.county', household: 'x.household_id' })

/** The clock of a visit is that of whoever is to go; that of the decision is the clue's. */
const visitClock = { due: sql`x.due_on`, open: sql`x.state = 'planned'` }

export interface VisitFilter {
  visitor?: string | undefined
  household?: string | undefined
  states: readonly VisitState[]
  /** Those that are overdue on the day. */
  overdueAt?: string | undefined
}

export async function listVisitRecords(
  db: Db,
  scope: AreaScope,
  { visitor, household, states, overdueAt }: VisitFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: VisitRecord[] }> {
  const all = [within(scope), sql`x.state = any(${[...states]}::text[])`]
  if (visitor) all.push(sql`x.visitor = ${visitor}`)
  if (household) all.push(sql`h.ref = ${household}::uuid`)
  if (overdueAt) all.push(overdueOn(visitClock, overdueAt))
  const where = sql.join(all, sql` and `)
  const [rows, total] = await Promise.all([
    sql<VisitRecord>`
      select ${columns} from visit x ${joins} where ${where}
      order by x.due_on, x.level_rank nulls last, x.id limit ${limit} offset ${offset}`.execute(db),
    sql<{ n: number }>`
      select count(*) as n from visit x ${household ? stripJoins : sql``} where ${where}`.execute(db),
  ])
  return { rows: rows.rows, total: total.rows[0]?.n ?? 0 }
}

export async function findVisitRecord(
  db: Db,
  scope: AreaScope,
  id: string,
  { forUpdate = false } = {},
): Promise<VisitRecord | undefined> {
  const { rows } = await sql<VisitRecord>`
    select ${columns} from visit x ${joins} where x.id = ${id}::uuid and ${within(scope)}
    ${forUpdate ? sql`for update of x` : sql``}`.execute(db)
  return rows[0]
}

export interface VisitClue {
  visitId: string
  id: string
  cause: Cause
  level: RiskLevel
  why: Localized
  state: string
  outcomeReason: string | null
  outcomeNote: string | null
  outcomeProof: SolvedProof | null
  caseId: string | null
}

/** Clues of the visits, the worst first. */
export async function listVisitClues(db: Db, visits: readonly VisitRecord[]): Promise<VisitClue[]> {
  const { rows } = await sql<VisitClue>`
    select c.visit_id, c.id, c.cause, c.level, c.why, c.state, c.outcome_reason, c.outcome_note, c.outcome_proof,
      c.case_id
    from unnest(${visits.map(({ county }) => county)}::int[], ${visits.map(({ id }) => id)}::uuid[]) x (county, id)
    join clue c on c.county = x.county and c.visit_id = x.id order by c.level_rank, c.id`.execute(db)
  return rows
}

export interface ReportRecord {
  visitId: string
  report: string
  byUser: string
  byName: string
  reportedAt: string
  startedAt: string
  endedAt: string
  clockAheadSeconds: number
  secondVisitor: string
  met: string | null
  incomePerHeadFen: number | null
  rigidSpendingFen: number | null
  remark: string
  latitude: number | null
  longitude: number | null
  accuracyMetres: number | null
  newRisks: { cause: Cause; note: string }[]
  signaturesCipher: Buffer | null
  items: { item: string; result: string; note: string }[]
  findings: {
    clue: string
    outcome: string
    reason: string | null
    note: string
    proof: SolvedProof | null
  }[]
}

/** The report of each visit that counts; one that was sent back does not. */
export async function listReportRecords(
  db: Db,
  visits: readonly Pick<VisitRecord, 'county' | 'id'>[],
): Promise<ReportRecord[]> {
  const { rows } = await sql<ReportRecord>`
    select r.visit_id, r.report, r.by_user, u.name as by_name, r.reported_at, r.started_at, r.ended_at,
      r.clock_ahead_seconds,
      r.second_visitor, p.ref as met, r.income_per_head_fen, r.rigid_spending_fen, r.remark, r.latitude, r.longitude,
      r.accuracy_metres, r.new_risks, r.signatures_cipher,
      coalesce((select jsonb_agg(jsonb_build_object('item', i.item, 'result', i.result, 'note', i.note))
      from visit_item i
        where i.county = r.county and i.report = r.report), '[]') as items,
      coalesce((select jsonb_agg(jsonb_build_object('clue', f.clue_id, 'outcome', f.outcome, 'reason', f.reason, 'note',
      f.note,
        'proof', f.proof))
        from visit_finding f where f.county = r.county and f.report = r.report), '[]') as findings
    from unnest(${visits.map(({ county }) => county)}::int[], ${visits.map(({ id }) => id)}::uuid[]) x (county, id)
    join visit_report r on r.county = x.county and r.visit_id = x.id and not r.superseded
    join auth_user u on u.id = r.by_user
    left join person p on p.county = r.county and p.id = r.met_person`.execute(db)
  return rows
}

export async function listPhotoRecords(db: Db, visits: readonly Pick<VisitRecord, 'county' | 'id'>[]) {
  const { rows } = await sql<{ visitId: string; id: string; size: number; received: number }>`
    select f.visit_id, f.id, f.size, f.received
    from unnest(${visits.map(({ county }) => county)}::int[], ${visits.map(({ id }) => id)}::uuid[]) x (county, id)
    join visit_photo f on f.county = x.county and f.visit_id = x.id order by f.at, f.id`.execute(db)
  return rows
}

export interface Visitor {
  id: string
  name: string
  role: string
  knows: boolean
  planned: number
}

/** Who may go to a household: people of its village and township, and helpers it is granted to; helpers come first. */
export async function listVisitors(
  db: Db,
  scope: AreaScope,
  { county, householdId, village }: { county: number; householdId: number; village: number },
  { today, until, roles }: { today: string; until: string; roles: readonly string[] },
): Promise<Visitor[]> {
  const township = Math.floor(village / 1000) * 1000
  const { rows } = await sql<Visitor>`
    with able as (
      select a.user_id, a.role, false as helped from account a
      where a.state = 'active' and a.role = any(${[...roles]}::text[]) and a.role <> 'helper'
        and a.area in (${village}, ${township})
        and a.area between ${scope.from}::bigint and ${scope.to}::bigint
      union all select user_id, 'helper', true from helpers_of(${county}::int, ${householdId}::bigint)
    )
    select a.user_id as id, u.name, a.role, a.helped or exists (select from visit w where w.county = ${county}
        and w.household_id = ${householdId} and w.visitor = a.user_id) as knows,
      count_planned_visits(a.user_id, ${today}::date, ${until}::date) as planned
    from able a join auth_user u on u.id = a.user_id
    order by 4 desc, a.role = 'township', 5, u.name limit 40`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { Correction, CorrectionState } from '#contract/protection/own-record.ts'
import { inScope } from '#server/modules/access/index.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { openStates } from './rules.ts'

export interface CorrectionRecord {
  county: number
  id: string
  householdId: number
  ref: string
  headName: string
  village: number
  villageName: string
  feed: string | null
  what: string
  current: string
  wanted: string
  explanation: string
  state: CorrectionState
  openedAt: string
  dueOn: string
  assignee: string | null
  assigneeName: string | null
  outcome: 'corrected' | 'declined' | 'forwarded' | null
  proposedBy: string | null
}

export interface StepRecord {
  correctionId: string
  at: string
  byUser: string
  by: string
  kind: Correction['steps'][number]['kind']
  outcome: CorrectionRecord['outcome']
  text: string
}

export interface CorrectionFilter {
  states?: readonly CorrectionState[] | undefined
  assignee?: string | undefined
  /** Those that are overdue on the day. */
  overdueAt?: string | undefined
  household?: HouseholdKey | undefined
}

const select = sql`
  select c.county, c.id, c.household_id, h.ref, h.head_name, h.village, v.name as village_name, c.feed, c.what,
    c.current,
    c.wanted, c.explanation, c.state, c.opened_at, c.due_on, c.assignee, a.name as assignee_name, c.outcome,
    c.proposed_by`
const from = sql`
  from correction c
  join household h on h.county = c.county and h.id = c.household_id
  join division v on v.code = h.village
  left join auth_user a on a.id = c.assignee`
const visible = (scope: AreaScope) =>
  inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })
const isOpen = sql`c.state = any(${[...openStates]}::text[])`

/** Open ones first, the nearest day first; those that ended after them, the newest first. */
export async function listCorrectionRecords(
  db: Db,
  scope: AreaScope,
  { states, assignee, overdueAt, household }: CorrectionFilter,
  page: { limit: number; offset: number },
): Promise<{ total: number; rows: CorrectionRecord[] }> {
  const all = [visible(scope)]
  if (states?.length) all.push(sql`c.state = any(${[...states]}::text[])`)
  if (assignee !== undefined) all.push(sql`c.assignee = ${assignee}`)
  if (overdueAt !== undefined) all.push(overdueOn({ due: sql`c.due_on`, open: isOpen }, overdueAt))
  if (household) all.push(sql`c.county = ${household.county} and c.household_id = ${household.id}`)
  const where = sql.join(all, sql` and `)
  const counted = await sql<{ total: number }>`select count(*) as total ${from} where ${where}`.execute(db)
  const { rows } = await sql<CorrectionRecord>`
    ${select} ${from} where ${where}
    order by ${isOpen} desc, case when ${isOpen} then c.due_on end, c.opened_at desc, c.id
    limit ${page.limit} offset ${page.offset}`.execute(db)
  return { total: counted.rows[0]?.total ?? 0, rows }
}

export async function findCorrectionRecord(
  db: Db,
  scope: AreaScope,
  id: string,
  { forUpdate } = { forUpdate: false },
): Promise<CorrectionRecord | undefined> {
  const { rows } = await sql<CorrectionRecord>`
    ${select} ${from} where c.id = ${id}::uuid and ${visible(scope)}
      ${forUpdate ? sql`for update of c` : sql``}`.execute(db)
  return rows[0]
}

/** Steps of several corrections, each in their order. */
export async function listSteps(
  db: Db,
  corrections: readonly Pick<CorrectionRecord, 'county' | 'id'>[],
): Promise<Map<string, StepRecord[]>> {
  const { rows } = await sql<StepRecord>`
    select s.correction_id, s.at, s.by_user, u.name as by, s.kind, s.outcome, s.text
    from unnest(${corrections.map(({ county }) => county)}::int[],
      ${corrections.map(({ id }) => id)}::uuid[]) c (county, id)
    join correction_step s on s.county = c.county and s.correction_id = c.id
    join auth_user u on u.id = s.by_user
    order by s.id`.execute(db)
  return Map.groupBy(rows, ({ correctionId }) => correctionId)
}

export interface NewCorrection {
  feed: string | null
  what: string
  current: string
  wanted: string
  explanation: string
}

export async function insertCorrection(
  db: Db,
  { county, id }: HouseholdKey,
  { feed, what, current, wanted, explanation }: NewCorrection,
  { by, at, dueOn }: { by: string; at: Date; dueOn: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into correction (county, household_id, village, feed, what, current, wanted, explanation, opened_at,
      opened_by, due_on)
    select h.county, h.id, h.village, ${feed}, ${what}, ${current}, ${wanted}, ${explanation}, ${at}, ${by},
      ${dueOn}::date
    from household h where h.county = ${county} and h.id = ${id} returning id`.execute(db)
  const [made] = rows
  if (!made) throw new Error('insert into correction returned nothing')
  return made.id
}

export async function insertStep(
  db: Db,
  { county, id }: Pick<CorrectionRecord, 'county' | 'id'>,
  step: { at: Date; by: string; kind: StepRecord['kind']; outcome?: StepRecord['outcome']; text: string },
): Promise<void> {
  await sql`
    insert into correction_step (county, household_id, village, correction_id, at, by_user, kind, outcome, text)
    select c.county, c.household_id, c.village, c.id, ${step.at}, ${step.by}, ${step.kind}, ${step.outcome ?? null},
      ${step.text}
    from correction c where c.county = ${county} and c.id = ${id}::uuid`.execute(db)
}

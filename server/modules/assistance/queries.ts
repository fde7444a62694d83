import { sql } from 'kysely'
import type { MeasureState, MeasureType, PlanCheckName } from '#contract/work/plans.ts'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { PolicyPack } from '#server/modules/policy/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { developmentKinds, type PlanFacts } from './rules.ts'

export interface PlanRecord extends StripRecord, PlanFacts {
  id: string
  householdId: number
  risk: string
  openedOn: string
  closedOn: string | null
  done: number
}

const columns = sql`${stripColumns}, h.risk, x.id, x.household_id, x.causes, x.opened_on, x.due_on,
  x.first_measure_due_on, x.closed_on,
  coalesce(m.types, '{}') as types, m.first_made_on, m.first_begun_on, m.done, case
  when l.known > 0 then l.able end as labour_members`
/** What a plan has, and who of its household could work. */
const facts = sql`
  cross join lateral (
    select array_agg(m.type order by m.made_at, m.id) as types, min(m.made_at)::date as first_made_on,
      min(m.before_on) as first_begun_on, count(*) filter (where m.state = 'done') as done
    from measure m where m.county = x.county and m.plan_id = x.id and m.state <> 'cancelled'
  ) m
  cross join lateral (
    select count(*) as known, count(*) filter (where p.labour in ('ordinary', 'skilled', 'weak')) as able
    from person p where p.county = x.county and p.household_id = x.household_id and p.left_on is null
  ) l`
const within = (scope: AreaScope) =>
  inScope(scope, { village: 'x.village', county: 'x.county', household: 'x.household_id' })

/** The same as `checksOf` calls missing, for whole lists. */
function lacksOf(today: string, terms: PolicyPack['measures']) {
  const pairs = [...terms.causes].flatMap(([cause, { types }]) => types.map((type) => [cause, type] as const))
  const late = sql`x.first_measure_due_on < ${today}::date`
  return sql<PlanCheckName[]>`array_remove(array[
    case when m.first_made_on is null and x.due_on < ${today}::date then 'plan-in-time' end,
    case when m.first_begun_on is null and ${late} then 'first-measure' end,
    case when ${late} and exists (select from unnest(x.causes) c (cause) where not exists (
        select from unnest(${pairs.map(([cause]) => cause)}::text[], ${pairs.map(([, type]) => type)}::text[]) k (cause,
          type)
        where k.cause = c.cause and k.type = any(m.types))) then 'cause-covered' end,
    case when l.able > 0 and ${late} and not coalesce(m.types && ${[...developmentKinds(terms)]}::text[], false)
      then 'development-measure' end,
    case when l.able > 0 and m.types <@ '{guarantee}'::text[] then 'guarantee-only' end,
    case when l.known > 0 and l.able = 0 and ${late} and not coalesce('guarantee' = any(m.types), false)
      then 'guarantee-path' end], null)`
}

export interface PlanListQuery {
  scope: AreaScope
  today: string
  terms: PolicyPack['measures']
  lacking?: boolean | undefined
  lack?: PlanCheckName | undefined
}

export type PlanListRecord = PlanRecord & { lacks: PlanCheckName[] }

/** Open plans of the scope, what is lacking first, and how many of all of them lack what. */
export async function listPlanRecords(
  db: Db,
  { scope, today, terms, lacking, lack }: PlanListQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: PlanListRecord[]; counts: { lack: PlanCheckName | 'all' | 'lacking'; n: number }[] }> {
  const open = sql`x.closed_on is null and ${within(scope)}`
  const lacks = lacksOf(today, terms)
  const chosen = [open]
  if (lacking) chosen.push(sql`cardinality(lacks) > 0`)
  if (lack) chosen.push(sql`${lack} = any(lacks)`)
  const [rows, counts] = await Promise.all([
    sql<PlanListRecord>`
      select ${columns}, lacks from plan x ${stripJoins} ${facts} cross join lateral (select ${lacks} as lacks) w
      where ${sql.join(chosen, sql` and `)}
      order by cardinality(lacks) = 0, x.first_measure_due_on, x.id limit ${limit} offset ${offset}`.execute(
      db,
    ),
    sql<{ lack: PlanCheckName | 'all' | 'lacking'; n: number }>`
      with open as materialized (select ${lacks} as lacks from plan x ${facts} where ${open})
      select 'all' as lack, count(*) as n from open
      union all select 'lacking', count(*) from open where cardinality(lacks) > 0
      union all select lack, count(*) from open, unnest(lacks) lack group by lack`.execute(db),
  ])
  return { rows: rows.rows, counts: counts.rows }
}

/** The plan of a household of the scope: the open one, or the last. */
export async function findPlanOf(db: Db, scope: AreaScope, ref: string): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${columns} from plan x ${stripJoins} ${facts} where h.ref = ${ref}::uuid and ${within(scope)}
    order by x.closed_on desc nulls first, x.opened_on desc, x.id desc limit 1`.execute(db)
  return rows[0]
}

export async function findPlanRecord(db: Db, scope: AreaScope, id: string): Promise<PlanRecord | undefined> {
  const { rows } = await sql<PlanRecord>`
    select ${columns} from plan x ${stripJoins} ${facts} where x.id = ${id}::uuid and ${within(scope)}`.execute(
    db,
  )
  return rows[0]
}

export interface MeasureRecord {
  id: string
  type: MeasureType
  title: string
  person: string | null
  personName: string | null
  responsible: string
  startsOn: string
  endsOn: string | null
  moneyFen: number | null
  state: MeasureState
  evidence: string
  effect: string
  reason: string | null
  beforeOn: string | null
  beforeIncomePerHeadFen: number | null
  beforeOpenClues: number | null
  afterOn: string | null
  afterIncomePerHeadFen: number | null
  afterOpenClues: number | null
  madeBy: string
}

export async function listMeasures(
  db: Db,
  { county, id }: Pick<PlanRecord, 'county' | 'id'>,
): Promise<MeasureRecord[]> {
  const { rows } = await sql<MeasureRecord>`
    select m.id, m.type, m.title, p.ref as person, p.name as person_name, m.responsible, m.starts_on, m.ends_on,
      m.money_fen, m.state,
      m.evidence, m.effect, m.reason, m.before_on, m.before_income_per_head_fen, m.before_open_clues, m.after_on,
      m.after_income_per_head_fen, m.after_open_clues, u.name as made_by
    from measure m join auth_user u on u.id = m.made_by
    left join person p on p.county = m.county and p.id = m.person_id
    where m.county = ${county} and m.plan_id = ${id}::uuid
    order by m.state = 'cancelled', m.state = 'done', m.starts_on, m.id`.execute(db)
  return rows
}

export interface MemberRecord {
  ref: string
  name: string
  labour: string
  health: string | null
  studying: boolean
  outOfSchool: boolean
  treated: boolean
  certified: boolean
}

/** Members with what about them makes a measure fit. */
export async function listPlanMembers(
  db: Db,
  { county, householdId }: Pick<PlanRecord, 'county' | 'householdId'>,
  today: string,
): Promise<MemberRecord[]> {
  const { rows } = await sql<MemberRecord>`
    select p.ref, p.name, p.labour, p.health, coalesce(p.student_status not in ('preschool-age', 'preschool'),
      false) as studying,
      coalesce((select s.status in ('dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended')
      from school_enrolment s
        where s.county = p.county and s.household_id = p.household_id and s.person_id = p.id and s.known_until is null
          and s.reported_on <= ${today}::date order by s.reported_on desc, s.term desc limit 1),
            false) as out_of_school,
      exists (select from illness f where f.county = p.county and f.household_id = p.household_id and f.person_id = p.id
        and f.known_until is null and f.kind = 'major' and f.diagnosed_on <= ${today}::date) as treated,
      exists (select from disability_certificate f where f.county = p.county and f.household_id = p.household_id
        and f.person_id = p.id and f.known_until is null) as certified
    from person p where p.county = ${county} and p.household_id = ${householdId} and p.left_on is null
    order by p.relation <> 'head', p.birth, p.id`.execute(db)
  return rows
}

/** Income and open clues of a household as they are known now. */
export async function readStanding(
  db: Db,
  { county, householdId }: Pick<PlanRecord, 'county' | 'householdId'>,
): Promise<{ incomePerHeadFen: number | null; openClues: number }> {
  const { rows } = await sql<{ incomePerHeadFen: number | null; openClues: number }>`
    select (select i.net_income_per_head_fen from indicator i where i.county = ${county}
      and i.household_id = ${householdId})
        as income_per_head_fen,
      (select count(*) from clue c where c.county = ${county} and c.household_id = ${householdId}
        and c.closed_on is null) as open_clues`.execute(db)
  return rows[0] ?? { incomePerHeadFen: null, openClues: 0 }
}

import { sql } from 'kysely'
import type { Rule } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'

interface Proof {
  fact: string
  /** Column with the day the row speaks about. */
  happened: string
  amount?: string
  /** Whether the row is about one person. */
  person: boolean
  where: string
  /** Rows about members who have left count too: a bill stays a bill. */
  leavers?: boolean
  /** Keys and columns worth telling; nothing that names a person. */
  detail: string
}

const activeCase = `f.kind in ('confirmed', 'suspected') and f.diagnosed_on <= :day
  and coalesce(f.outcome_on, 'infinity') >= :day - c.epidemic_aftercare and not exists (
    select from illness later where later.county = f.county and later.household_id = f.household_id
      and later.person_id = f.person_id and later.known_until is null and later.kind in ('confirmed', 'suspected')
      and later.diagnosed_on <= :day
      and (later.diagnosed_on, later.batch_id, later.row_no) > (f.diagnosed_on, f.batch_id, f.row_no))`
const newDisability = (grades: string) => `f.grade in (${grades}) and f.issued_on <= :day and not exists (
    select from disability_certificate earlier where earlier.county = f.county and earlier.household_id = f.household_id
      and earlier.person_id = f.person_id and earlier.known_until is null and earlier.issued_on <= :day - c.new_disability_window)`
const waterCut =
  'f.cut_from is not null and coalesce(f.cut_to, :day) > :day - c.water_window and f.observed_on <= :day'
const income: Proof = {
  fact: 'income_statement',
  happened: 'period_to',
  person: false,
  where: `f.period_to <= :day and f.period_to - f.period_from >= c.income_period_minimum and not exists (
    select from income_statement later where later.county = f.county and later.household_id = f.household_id
      and later.known_until is null and later.period_to <= :day and later.period_to > f.period_to
      and later.period_to - later.period_from >= c.income_period_minimum)`,
  detail: "'from', f.period_from, 'to', f.period_to",
}
const medical = {
  fact: 'medical_settlement',
  happened: 'settled_on',
  amount: 'self_paid_fen',
  person: true,
  leavers: true,
  detail: "'visitKind', f.visit_kind, 'hospital', f.hospital, 'diagnosis', f.diagnosis",
}
const disability = {
  fact: 'disability_certificate',
  happened: 'issued_on',
  person: true,
  detail: "'category', f.category, 'disabilityGrade', f.grade",
}
const illness = {
  fact: 'illness',
  happened: 'diagnosed_on',
  person: true,
  detail: "'illnessKind', f.kind, 'disease', f.disease, 'outcome', f.outcome",
}
const newest = (fact: string, date: string, besides: string) => `f.${date} <= :day and not exists (
    select from ${fact} later where later.county = f.county and later.household_id = f.household_id
      and later.known_until is null and later.${date} <= :day and later.${date} > f.${date}${besides})`
const water = (column: string): Proof => ({
  fact: 'water_survey',
  happened: 'observed_on',
  person: false,
  where: `f.${column} is not null and ${newest('water_survey', 'observed_on', ` and later.${column} is not null`)}`,
  detail: "'quality', f.quality, 'litres', f.litres, 'minutes', f.trip_minutes, 'project', f.project",
})

const rigid: readonly Proof[] = [
  {
    ...medical,
    where: 'f.self_paid_fen > 0 and f.settled_on <= :day and f.settled_on > :day - c.rigid_spending_window',
  },
  {
    fact: 'school_enrolment',
    happened: 'reported_on',
    amount: 'self_paid_fee_fen',
    person: true,
    leavers: true,
    where:
      'f.self_paid_fee_fen > 0 and f.reported_on <= :day and f.reported_on > :day - c.rigid_spending_window',
    detail: "'term', f.term, 'school', f.school, 'stage', f.stage",
  },
]

/** Indicator → the department rows it was computed from, that is, the proof of a signal that rests on it. */
const proofs: Record<string, readonly Proof[]> = {
  labourMembers: [
    {
      fact: 'member_record',
      happened: 'changed_on',
      person: true,
      where: "f.labour in ('lost', 'none') and f.change is null",
      detail: "'labour', f.labour",
    },
  ],
  netIncomePerHead: [income],
  netIncome: [income],
  incomeDrop: [
    {
      ...income,
      where: `f.period_to <= :day and f.period_to - f.period_from >= c.income_period_minimum and 2 > (
        select count(*) from income_statement later where later.county = f.county and later.household_id = f.household_id
          and later.known_until is null and later.period_to <= :day and later.period_to > f.period_to
          and later.period_to - later.period_from >= c.income_period_minimum)`,
    },
  ],
  inpatientSelfPaidYear: [
    {
      ...medical,
      where:
        "f.visit_kind = 'inpatient' and f.self_paid_fen > 0 and f.settled_on between date_trunc('year', :day) and :day",
    },
  ],
  largestStaySelfPaid: [
    {
      ...medical,
      where: `f.visit_kind = 'inpatient' and f.settled_on <= :day and f.settled_on > :day - c.single_stay_window
        and f.self_paid_fen >= p.measured`,
    },
  ],
  rigidSpending: rigid,
  incomeAfterRigidPerHead: [income, ...rigid],
  uninsuredMembers: [
    {
      fact: 'medical_insurance',
      happened: 'paid_on',
      person: true,
      where: 'f.year = extract(year from :day) and not (f.resident or f.employee)',
      detail: "'year', f.year, 'payment', f.status",
    },
  ],
  newMajorIllnessMembers: [
    {
      ...illness,
      where: `f.kind = 'major' and f.special is distinct from false and f.diagnosed_on <= :day
        and f.diagnosed_on > :day - c.new_illness_window`,
    },
  ],
  epidemicMembers: [{ ...illness, where: activeCase }],
  dropoutMembers: [
    {
      fact: 'school_enrolment',
      happened: 'reported_on',
      person: true,
      where: `f.status in ('dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended')
        and coalesce(f.reason, 'none') not in ('physical', 'deferred')
        and ${newest('school_enrolment', 'reported_on', ' and later.person_id = f.person_id')}`,
      detail: "'term', f.term, 'school', f.school, 'schoolStatus', f.status",
    },
  ],
  dwellingGrade: [
    {
      fact: 'dwelling_survey',
      happened: 'assessed_on',
      person: false,
      where: newest('dwelling_survey', 'assessed_on', ''),
      detail: "'grade', f.grade, 'plannedYear', f.planned_year",
    },
  ],
  longestWaterCutDays: [
    {
      ...water('cut_from'),
      where: waterCut,
      detail: "'cutFrom', f.cut_from, 'cutTo', f.cut_to, 'project', f.project",
    },
  ],
  waterQualityFailed: [water('quality')],
  waterLitres: [water('litres')],
  waterTripMinutes: [water('trip_minutes')],
  assistanceStoppedMembers: [
    {
      fact: 'social_assistance',
      happened: 'ended_on',
      amount: 'monthly_fen',
      person: true,
      where: `f.kind in ('dibao', 'tekun') and f.ended_on <= :day and f.ended_on > :day - c.assistance_stopped_window`,
      detail: "'assistanceKind', f.kind, 'reason', f.stop_reason",
    },
  ],
  newSevereDisabilityMembers: [{ ...disability, where: newDisability("'1', '2'") }],
  newMildDisabilityMembers: [{ ...disability, where: newDisability("'3', '4'") }],
  longestJoblessMonths: [
    {
      fact: 'employment_month',
      happened: 'month',
      person: true,
      where: `f.month <= :day and f.month > :day - 366 and not (f.status = 'employed' or coalesce(f.public_post, false))
        and not exists (select from employment_month job where job.county = f.county and job.household_id = f.household_id
          and job.person_id = f.person_id and job.known_until is null and job.month <= :day and job.month > f.month
          and (job.status = 'employed' or job.public_post))
        and exists (select from employment_month job where job.county = f.county and job.household_id = f.household_id
          and job.person_id = f.person_id and job.known_until is null and job.month < f.month
          and (job.status = 'employed' or job.public_post))`,
      detail: "'employmentStatus', f.status",
    },
  ],
}
const alias: Record<string, string> = { waterCutDaysYear: 'longestWaterCutDays' }

const stillMember = (
  day: string,
) => `exists (select from person m where m.county = f.county and m.id = f.person_id
  and m.household_id = f.household_id and (m.left_on is null or m.left_on > ${day}))`

/** Adds the rows that prove the signals of `changed_signal` that were raised or changed; a row already there stays. */
export async function appendEvidence(db: Db, rules: readonly Rule[], asOf: string, run: number) {
  const day = `'${asOf}'::date`
  for (const [indicator, ids] of rulesByIndicator(rules))
    for (const proof of proofs[indicator] ?? [])
      await sql`
        insert into signal_evidence (county, household_id, village, signal_id, fact, batch_id, row_no, person_id, happened_on, amount_fen, detail, run_id)
        select p.county, p.household_id, f.village, p.signal_id, ${proof.fact}, f.batch_id, f.row_no, ${sql.raw(proof.person ? 'f.person_id' : 'null::bigint')},
          f.${sql.ref(proof.happened)}, ${sql.raw(proof.amount ? `f.${proof.amount}` : 'null::bigint')},
          jsonb_strip_nulls(jsonb_build_object(${sql.raw(proof.detail)})), ${run}::bigint
        from changed_signal p
        join screening_county c using (county)
        join ${sql.table(proof.fact)} f on f.county = p.county and f.household_id = p.household_id
        where p.change <> 'cleared' and p.rule = any(${ids}) and f.known_until is null
          and ${sql.raw(proof.where.replaceAll(':day', day))}
          and ${sql.raw(proof.person && !proof.leavers ? stillMember(day) : 'true')}
        on conflict do nothing`.execute(db)
}

function rulesByIndicator(rules: readonly Rule[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { id, evidence } of rules)
    for (const name of evidence) {
      const indicator = alias[name] ?? name
      if (!proofs[indicator]) throw new Error(`${id}: no rows prove indicator ${name}`)
      const ids = found.get(indicator) ?? []
      if (!ids.includes(id)) found.set(indicator, [...ids, id])
    }
  return found
}

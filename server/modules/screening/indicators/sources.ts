import { type IndicatorGroup, indicators } from './catalogue.ts'

/**
 * What each feed says about the households in scope, one row per household. Runs over `screening_scope` (county,
 * household_id) and `screening_county` (windows of the policy, which groups are covered), so that one household, one
 * batch and the whole province are the same SQL. `:day` is the day judged.
 */
export type SourceName =
  | 'members'
  | 'income'
  | 'medical'
  | 'insurance'
  | 'illness'
  | 'school'
  | 'fees'
  | 'dwelling'
  | 'water'
  | 'assistance'
  | 'disability'
  | 'employment'

const scope = 'screening_scope t join screening_county c using (county)'
const living =
  'p.county = t.county and p.household_id = t.household_id and (p.left_on is null or p.left_on > :day)'

export const netIncome = `coalesce(f.wage_fen, 0) + coalesce(f.business_gross_fen, 0) + coalesce(f.property_fen, 0)
  + coalesce(f.family_planning_fen, 0) + coalesce(f.dibao_fen, 0) + coalesce(f.tekun_fen, 0) + coalesce(f.pension_fen, 0)
  + coalesce(f.eco_compensation_fen, 0) + coalesce(f.other_transfer_fen, 0) - coalesce(f.business_cost_fen, 0)`

export const sourceSql: Record<SourceName, string> = {
  members: `select t.county, t.household_id,
    count(*) filter (where p.labour in ('ordinary', 'skilled', 'weak')) as able,
    count(*) filter (where p.birth <= :day - make_interval(years => c.school_age_from)
      and p.birth > :day - make_interval(years => c.school_age_to + 1)) as school_age
  from ${scope} join person p on ${living}
  group by t.county, t.household_id`,

  income: `select county, household_id, max(net) filter (where n = 1) as net, max(net) filter (where n = 2) as previous
  from (
    select t.county, t.household_id, ${netIncome} as net,
      row_number() over (partition by t.county, t.household_id order by f.period_to desc, f.period_from desc) as n
    from ${scope} join income_statement f using (county, household_id)
    where f.known_until is null and f.period_to <= :day and f.period_to - f.period_from >= c.income_period_minimum
  ) newest
  where n <= 2
  group by county, household_id`,

  medical: `select t.county, t.household_id,
    sum(f.self_paid_fen) filter (where f.visit_kind = 'inpatient' and f.settled_on >= date_trunc('year', :day)) as year_paid,
    max(f.self_paid_fen) filter (where f.visit_kind = 'inpatient' and f.settled_on > :day - c.single_stay_window) as largest,
    sum(f.self_paid_fen) filter (where f.settled_on > :day - c.rigid_spending_window) as paid
  from ${scope} join medical_settlement f using (county, household_id)
  where f.known_until is null and f.settled_on <= :day
  group by t.county, t.household_id`,

  insurance: `select t.county, t.household_id,
    count(*) filter (where not (f.resident or f.employee)) as uninsured, bool_and(f.person_id is not null) as complete
  from screening_scope t join person p on ${living}
  left join medical_insurance f on f.county = p.county and f.household_id = p.household_id and f.person_id = p.id
    and f.year = extract(year from :day) and f.known_until is null
  group by t.county, t.household_id`,

  // Of epidemic cases the newest row of a person counts: who was suspected, then confirmed, then released is released.
  illness: `select county, household_id, count(distinct person_id) filter (where is_major) as major,
    count(distinct person_id) filter (where is_case and newest_case and in_care) as epidemic
  from (
    select t.county, t.household_id, f.person_id,
      f.kind = 'major' and f.special is distinct from false and f.diagnosed_on > :day - c.new_illness_window as is_major,
      f.kind <> 'major' as is_case, coalesce(f.outcome_on, 'infinity') >= :day - c.epidemic_aftercare as in_care,
      row_number() over (partition by t.county, f.person_id, f.kind <> 'major'
        order by f.diagnosed_on desc, f.batch_id desc, f.row_no desc) = 1 as newest_case
    from ${scope} join illness f using (county, household_id) join person p on ${living} and p.id = f.person_id
    where f.known_until is null and f.diagnosed_on <= :day and f.kind in ('major', 'confirmed', 'suspected')
  ) f
  group by county, household_id`,

  school: `select county, household_id,
    count(*) filter (where status in ('dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended')
      and coalesce(reason, 'none') not in ('physical', 'deferred')) as dropouts,
    bool_and(status is not null) as complete
  from (
    select distinct on (p.county, p.id) p.county, p.household_id, s.status, s.reason
    from ${scope} join person p on ${living}
    left join school_enrolment s on s.county = p.county and s.household_id = p.household_id and s.person_id = p.id
      and s.known_until is null and s.reported_on <= :day
    where p.birth <= :day - make_interval(years => c.school_age_from)
      and p.birth > :day - make_interval(years => c.school_age_to + 1)
    order by p.county, p.id, s.reported_on desc nulls last, s.term desc
  ) child
  group by county, household_id`,

  fees: `select t.county, t.household_id, sum(f.self_paid_fee_fen) as paid
  from ${scope} join school_enrolment f using (county, household_id)
  where f.known_until is null and f.reported_on <= :day and f.reported_on > :day - c.rigid_spending_window
  group by t.county, t.household_id`,

  dwelling: `select distinct on (t.county, t.household_id) t.county, t.household_id,
    case when f.lived_in is false or f.finished_on between f.assessed_on and :day then least(ascii(f.grade) - 64, 2)
      else ascii(f.grade) - 64 end as grade
  from screening_scope t join dwelling_survey f using (county, household_id)
  where f.known_until is null and f.assessed_on <= :day
  order by t.county, t.household_id, f.assessed_on desc`,

  water: `select s.county, s.household_id, s.quality, s.litres, s.trip, s.scarce, days.longest, days.total
  from (
    select f.county, f.household_id,
      (array_agg(f.quality order by f.observed_on desc) filter (where f.quality is not null))[1] as quality,
      (array_agg(f.litres order by f.observed_on desc) filter (where f.litres is not null))[1] as litres,
      (array_agg(f.trip_minutes order by f.observed_on desc) filter (where f.trip_minutes is not null))[1] as trip,
      (array_agg(f.scarce order by f.observed_on desc) filter (where f.scarce is not null))[1] as scarce,
      range_agg(daterange(f.cut_begin, f.cut_end, '[]')) filter (where f.cut_begin <= f.cut_end) as cuts
    from (
      select t.county, t.household_id, w.observed_on, w.quality, w.litres, w.trip_minutes, w.scarce,
        case when w.cut_from is not null then greatest(w.cut_from, :day - c.water_window + 1) end as cut_begin,
        least(:day, coalesce(w.cut_to, lead(w.observed_on) over (
          partition by t.county, t.household_id order by w.observed_on))) as cut_end
      from ${scope} join water_survey w using (county, household_id)
      where w.known_until is null and w.observed_on <= :day
    ) f
    group by f.county, f.household_id
  ) s
  left join lateral (
    select max(upper(cut) - lower(cut)) as longest, sum(upper(cut) - lower(cut)) as total from unnest(s.cuts) cut
  ) days on s.cuts is not null`,

  assistance: `select county, household_id, count(*) as stopped
  from (
    select t.county, t.household_id, p.id
    from ${scope} join social_assistance f using (county, household_id) join person p on ${living} and p.id = f.person_id
    where f.known_until is null and f.kind in ('dibao', 'tekun') and f.started_on <= :day
    group by t.county, t.household_id, p.id
    having bool_or(f.ended_on <= :day and f.ended_on > :day - c.assistance_stopped_window)
      and not bool_or(f.ended_on is null or f.ended_on > :day)
  ) stopped
  group by county, household_id`,

  disability: `select county, household_id, count(*) filter (where grade <= '2') as severe, count(*) filter (where grade > '2') as mild
  from (
    select t.county, t.household_id, min(f.grade) as grade
    from ${scope} join disability_certificate f using (county, household_id) join person p on ${living} and p.id = f.person_id
    where f.known_until is null and f.issued_on <= :day
    group by t.county, t.household_id, p.id
    having bool_and(f.issued_on > :day - c.new_disability_window)
  ) fresh
  group by county, household_id`,

  employment: `select w.county, w.household_id, max((select count(*) from unnest(w.away) month where month > w.last_job)) as months
  from (
    select t.county, t.household_id, e.person_id, max(e.month) as last,
      max(e.month) filter (where e.status = 'employed' or e.public_post) as last_job,
      array_agg(e.month) filter (where not (e.status = 'employed' or coalesce(e.public_post, false))) as away
    from screening_scope t join employment_month e using (county, household_id)
    where e.known_until is null and e.month <= :day
    group by t.county, t.household_id, e.person_id
  ) w
  join screening_county c on c.county = w.county
  join person p on p.county = w.county and p.id = w.person_id and (p.left_on is null or p.left_on > :day)
  where w.away is not null and w.last_job < w.last and w.last > :day - c.jobless_lookback
  group by w.county, w.household_id`,
}

export const groupSources: Record<IndicatorGroup, readonly SourceName[]> = {
  registry: [],
  members: ['members'],
  income: ['income'],
  medical: ['medical'],
  spending: ['medical', 'fees'],
  rest: ['income', 'medical', 'fees'],
  insurance: ['insurance'],
  illness: ['illness'],
  school: ['school', 'members'],
  dwelling: ['dwelling'],
  water: ['water'],
  assistance: ['assistance'],
  disability: ['disability'],
  employment: ['employment'],
}

/** Column → its value from the sources, when its group is covered. */
const columnSql: Record<string, string> = {
  registered: 'h.registered',
  relieved: "coalesce(h.relief_mark in ('relieved', 'pre-relieved'), false)",
  unrelieved: "coalesce(h.relief_mark in ('unrelieved', 'relapsed'), false)",
  monitored: "h.risk = 'open'",
  resolved: "h.risk = 'resolved'",
  household_size: 'h.member_count',
  labour_members: 'members.able',
  school_age_members: 'members.school_age',
  net_income_per_head_fen: 'round(income.net::numeric / nullif(h.member_count, 0))',
  net_income_fen: 'income.net',
  previous_net_income_fen: 'income.previous',
  income_drop_bp:
    'case when income.previous > 0 then round((income.previous - income.net) * 10000.0 / income.previous) end',
  inpatient_self_paid_year_fen: 'coalesce(medical.year_paid, 0)',
  largest_stay_self_paid_fen: 'coalesce(medical.largest, 0)',
  rigid_spending_fen: 'coalesce(medical.paid, 0) + coalesce(fees.paid, 0)',
  income_after_rigid_per_head_fen:
    'round((income.net - coalesce(medical.paid, 0) - coalesce(fees.paid, 0))::numeric / nullif(h.member_count, 0))',
  uninsured_members: 'case when insurance.uninsured > 0 or insurance.complete then insurance.uninsured end',
  new_major_illness_members: 'coalesce(illness.major, 0)',
  epidemic_members: 'coalesce(illness.epidemic, 0)',
  // Null for a child whom no school reported: at school elsewhere, or at home, nobody has said.
  dropout_members:
    'case when school.dropouts > 0 or coalesce(school.complete, true) then coalesce(school.dropouts, 0) end',
  dwelling_grade: 'dwelling.grade',
  longest_water_cut_days: 'coalesce(water.longest, 0)',
  water_cut_days_year: 'coalesce(water.total, 0)',
  water_quality_failed: "water.quality = 'failed'",
  water_decilitres: 'floor(water.litres * 10)',
  water_trip_minutes: 'water.trip',
  water_scarce: 'water.scarce',
  assistance_stopped_members: 'coalesce(assistance.stopped, 0)',
  new_severe_disability_members: 'coalesce(disability.severe, 0)',
  new_mild_disability_members: 'coalesce(disability.mild, 0)',
  longest_jobless_months: 'coalesce(employment.months, 0)',
}

const limits = { smallint: 32_767, integer: 2_147_483_647, bigint: Number.MAX_SAFE_INTEGER }

/** Columns of the groups: from the sources (null where the group is not covered), then clamped so that no wild figure stops a run. */
export function columnsOf(
  groups: readonly IndicatorGroup[],
): { column: string; sql: string; fitted: string }[] {
  return indicators
    .filter(({ group }) => groups.includes(group))
    .map(({ column, group, sqlType }) => {
      const value = columnSql[column]
      if (!value) throw new Error(`indicator ${column} has no SQL`)
      const most = sqlType === 'boolean' ? undefined : limits[sqlType]
      return {
        column,
        sql: group === 'registry' ? value : `case when c.covers_${group} then ${value} end`,
        fitted: most
          ? `cast(case when r.${column} > ${most} then ${most} when r.${column} < -${most} then -${most} else r.${column} end as ${sqlType})`
          : `r.${column}`,
      }
    })
}

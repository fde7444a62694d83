import type { Gap, GroupDefinition, RowSource } from '../define.ts'
import { ofSchoolAge } from './people.ts'

/** Every child of school age with the newest thing a school said of it. */
const children: RowSource = {
  fact: 'school_enrolment',
  rows: (parts) => `select * from (
    select t.county, t.household_id, p.id as person_id, f.batch_id, f.row_no, f.reported_on, f.term, f.school, f.status,
      coalesce(f.status in ('dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended')
        and coalesce(f.reason, 'none') not in ('physical', 'deferred'), false) as dropout,
      coalesce(f.reported_on > ${parts.day} - c.school_record_max_age, false) as recent,
      row_number() over (partition by t.county, t.household_id, p.id
        order by f.reported_on desc nulls last, f.term desc) as nth
    from ${parts.scope} ${parts.members} and ${ofSchoolAge(parts)}
    left join ${parts.fact('school_enrolment')} f on f.county = p.county and f.household_id = p.household_id
      and f.person_id = p.id and f.reported_on <= ${parts.day}
  ) ranked where nth = 1`,
  figures: {
    dropouts: 'count(*) filter (where r.dropout and r.recent)',
    complete: 'bool_and(r.recent)',
  },
  shown: {
    happened: 'reported_on',
    person: true,
    detail: "'term', r.term, 'school', r.school, 'schoolStatus', r.status",
  },
}

/** The newest assessment; what was rebuilt since, or nobody lives in, endangers nobody. */
const assessments: RowSource = {
  fact: 'dwelling_survey',
  rows: ({ scope, fact, day }) => `select * from (
    select t.county, t.household_id, f.batch_id, f.row_no, f.assessed_on, f.grade, f.planned_year,
      case when f.lived_in is false or f.finished_on between f.assessed_on and ${day}
        then least(ascii(f.grade) - 64, 2) else ascii(f.grade) - 64 end as danger,
      f.assessed_on > ${day} - c.dwelling_max_age as recent,
      row_number() over (partition by t.county, t.household_id order by f.assessed_on desc) as nth
    from ${scope} join ${fact('dwelling_survey')} f using (county, household_id)
    where f.assessed_on <= ${day}
  ) ranked where nth = 1 and recent`,
  figures: { grade: 'max(r.danger)' },
  shown: {
    happened: 'assessed_on',
    person: false,
    detail: "'grade', r.grade, 'plannedYear', r.planned_year",
  },
}

const newestOf = (column: string, after: string) =>
  `f.${column} is not null and f.observed_on > ${after}
        and f.observed_on = max(case when f.${column} is not null then f.observed_on end) over home as newest_${column}`

/** Each property of the water by the newest observation that speaks of it, where that is recent enough. */
const observations: RowSource = {
  fact: 'water_survey',
  rows: ({
    scope,
    fact,
    day,
  }) => `select t.county, t.household_id, f.batch_id, f.row_no, f.observed_on, f.quality,
      f.litres, f.trip_minutes, f.scarce, f.project,
      ${newestOf('quality', `${day} - c.water_test_max_age`)},
      ${['litres', 'trip_minutes', 'scarce']
        .map((column) => newestOf(column, `${day} - c.water_supply_max_age`))
        .join(',\n      ')}
    from ${scope} join ${fact('water_survey')} f using (county, household_id)
    where f.observed_on <= ${day}
    window home as (partition by t.county, t.household_id)`,
  figures: {
    quality: 'max(r.quality) filter (where r.newest_quality)',
    litres: 'max(r.litres) filter (where r.newest_litres)',
    trip: 'max(r.trip_minutes) filter (where r.newest_trip_minutes)',
    scarce: 'bool_or(r.scarce) filter (where r.newest_scarce)',
  },
  shown: {
    happened: 'observed_on',
    person: false,
    detail: "'quality', r.quality, 'litres', r.litres, 'minutes', r.trip_minutes, 'project', r.project",
  },
}

/**
 * Water cuts within the window. One whose end nobody reported is known up to the day it was observed; it is taken to go on to the next
 * observation, or until today, while that is not long; for longer nobody knows (`unended`). Those that overlap or follow each other day
 * by day are one spell; `adds` are the days a cut adds to those before it, so that no day counts twice.
 */
const spells: RowSource = {
  fact: 'water_survey',
  rows: ({ scope, fact, day }) => `select summed.*, dense_rank() over (
        partition by summed.county, summed.household_id, summed.counts
        order by summed.spell_days desc, summed.spell_no desc) as place
    from (
      select spell.*,
        sum(spell.adds) over (partition by spell.county, spell.household_id, spell.spell_no) as spell_days
      from (
        select ordered.*,
          case when not ordered.counts then 0
            when ordered.end_before is null then ordered.cut_end - ordered.cut_begin + 1
            when ordered.end_before < ordered.cut_begin then ordered.cut_end - ordered.cut_begin + 1
            when ordered.cut_end > ordered.end_before then ordered.cut_end - ordered.end_before else 0 end as adds,
          count(case when ordered.end_before >= ordered.cut_begin - 1 then null else 1 end)
            over (partition by ordered.county, ordered.household_id
            order by ordered.cut_begin, ordered.observed_on) as spell_no
        from (
          select cut.*, cut.cut_begin <= cut.cut_end as counts,
            max(cut.cut_end) over (partition by cut.county, cut.household_id
              order by cut.cut_begin, cut.observed_on rows between unbounded preceding and 1 preceding) as end_before
          from (
            select seen.*, greatest(seen.cut_from, seen.window_start) as cut_begin,
              least(seen.known_end, ${day}) as cut_end,
              seen.cut_to is null and seen.next_or_today > seen.known_end and seen.next_or_today > seen.window_start
                as unended
            from (
              select watched.*, coalesce(watched.cut_to,
                  case when watched.next_or_today <= watched.observed_on + watched.presumed
                    then watched.next_or_today else watched.observed_on end) as known_end
              from (
                select t.county, t.household_id, f.batch_id, f.row_no, f.observed_on, f.cut_from, f.cut_to, f.project,
                  c.open_cut_presumed as presumed,
                  cast(${day} - interval '1 month' * c.water_window as date) + 1 as window_start,
                  coalesce(lead(f.observed_on) over (partition by t.county, t.household_id order by f.observed_on),
                    ${day}) as next_or_today
                from ${scope} join ${fact('water_survey')} f using (county, household_id)
                where f.observed_on <= ${day}
              ) watched
              where watched.cut_from is not null
            ) seen
          ) cut
          where cut.cut_begin <= cut.cut_end or cut.unended
        ) ordered
      ) spell
    ) summed`,
  figures: {
    longest: 'max(r.spell_days) filter (where r.counts)',
    total: 'sum(r.adds)',
    unended: 'bool_or(r.unended)',
  },
  shown: {
    happened: 'observed_on',
    person: false,
    detail: "'cutFrom', r.cut_from, 'cutTo', r.cut_to, 'project', r.project",
  },
}

const openCut: Gap = {
  ...{ table: 'water_survey', on: 'observed_on', maxAge: 'openCutPresumed' },
  ...{ from: 'cut_from', where: 'f.cut_from is not null and f.cut_to is null' },
}
const cutEnds = (last: string) => `cast(${last} + interval '1 month' * c.water_window as date)`

export const school: GroupDefinition = {
  feeds: ['school-enrolment'],
  subjects: { 'school-enrolment': 'status' },
  sources: { school: children },
  indicators: [
    {
      ...{ name: 'dropoutMembers', column: 'dropout_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '失学辍学人数', en: 'Children out of school' },
      // Null for a child whom no school reported: at school elsewhere, or at home, is unknown.
      value: 'case when school.dropouts > 0 or school.complete then school.dropouts end',
      idle: () => 'school.complete is null',
      gap: { table: 'school_enrolment', on: 'reported_on', maxAge: 'schoolRecordMaxAge' },
      evidence: { school: 'r.dropout and r.recent' },
    },
  ],
}

export const dwelling: GroupDefinition = {
  feeds: ['dwelling'],
  sources: { dwelling: assessments },
  indicators: [
    {
      ...{ name: 'dwellingGrade', column: 'dwelling_grade', sqlType: 'smallint', unit: 'grade' },
      ...{ zh: '住房鉴定等级', en: 'Grade of the dwelling' },
      value: 'dwelling.grade',
      gap: { table: 'dwelling_survey', on: 'assessed_on', maxAge: 'dwellingMaxAge' },
      evidence: { dwelling: 'true' },
    },
  ],
}

const observed = (column: string): Gap => ({
  ...{ table: 'water_survey', on: 'observed_on', maxAge: 'waterSupplyMaxAge' },
  where: `f.${column} is not null`,
})

export const water: GroupDefinition = {
  feeds: ['water'],
  sources: { water: observations },
  indicators: [
    {
      ...{ name: 'waterQualityFailed', column: 'water_quality_failed', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '水质不合格', en: 'Water quality failed' },
      value: "water.quality = 'failed'",
      gap: { ...observed('quality'), maxAge: 'waterTestMaxAge' },
      evidence: { water: 'r.newest_quality' },
    },
    {
      ...{ name: 'waterLitres', column: 'water_decilitres', sqlType: 'double precision', unit: 'litres' },
      ...{ zh: '每人每天水量', en: 'Water per person and day' },
      value: 'water.litres * 10',
      gap: observed('litres'),
      evidence: { water: 'r.newest_litres' },
    },
    {
      ...{ name: 'waterTripMinutes', column: 'water_trip_minutes', sqlType: 'smallint', unit: 'minutes' },
      ...{ zh: '取水往返时间', en: 'Trip to fetch water' },
      value: 'water.trip',
      gap: observed('trip_minutes'),
      evidence: { water: 'r.newest_trip_minutes' },
    },
    {
      ...{ name: 'waterScarce', column: 'water_scarce', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '缺水地区', en: 'Water-scarce area' },
      value: 'water.scarce',
      gap: observed('scarce'),
      evidence: { water: 'r.newest_scarce' },
    },
  ],
}

/** Where the end of a cut is unknown, the days that are known count only where they cross the line by themselves. */
export const cuts: GroupDefinition = {
  feeds: ['water'],
  subjects: { water: 'cuts' },
  sources: { cuts: spells },
  indicators: [
    {
      ...{ name: 'longestWaterCutDays', column: 'longest_water_cut_days', sqlType: 'smallint', unit: 'days' },
      ...{ zh: '最长连续停水', en: 'Longest water cut' },
      value: `case when coalesce(cuts.longest, 0) >= c.water_cut_days or not coalesce(cuts.unended, false)
        then coalesce(cuts.longest, 0) end`,
      ...{ gap: openCut, ends: cutEnds },
      evidence: { cuts: 'r.counts and r.place = 1' },
    },
    {
      ...{ name: 'waterCutDaysYear', column: 'water_cut_days_year', sqlType: 'smallint', unit: 'days' },
      ...{ zh: '一年累计停水', en: 'Water cuts in a year' },
      value: `case when coalesce(cuts.total, 0) > c.water_cut_days_year or not coalesce(cuts.unended, false)
        then coalesce(cuts.total, 0) end`,
      ...{ gap: openCut, ends: cutEnds },
      evidence: { cuts: 'r.counts' },
    },
  ],
}

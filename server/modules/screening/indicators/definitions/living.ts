import type { GroupDefinition, RowSource } from '../define.ts'
import { ofSchoolAge } from './people.ts'

/** Every child of school age with the newest thing a school said of it. */
const children: RowSource = {
  fact: 'school_enrolment',
  rows: (parts) => `select * from (
    select t.county, t.household_id, p.id as person_id, f.batch_id, f.row_no, f.reported_on, f.term, f.school, f.status,
      coalesce(f.status in ('dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended')
        and coalesce(f.reason, 'none') not in ('physical', 'deferred'), false) as dropout,
      row_number() over (partition by t.county, t.household_id, p.id
        order by f.reported_on desc nulls last, f.term desc) as nth
    from ${parts.scope} ${parts.members} and ${ofSchoolAge(parts)}
    left join ${parts.fact('school_enrolment')} f on f.county = p.county and f.household_id = p.household_id
      and f.person_id = p.id and f.reported_on <= ${parts.day}
  ) ranked where nth = 1`,
  figures: {
    dropouts: 'count(*) filter (where r.dropout)',
    complete: 'bool_and(r.status is not null)',
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
      row_number() over (partition by t.county, t.household_id order by f.assessed_on desc) as nth
    from ${scope} join ${fact('dwelling_survey')} f using (county, household_id)
    where f.assessed_on <= ${day}
  ) ranked where nth = 1`,
  figures: { grade: 'max(r.danger)' },
  shown: {
    happened: 'assessed_on',
    person: false,
    detail: "'grade', r.grade, 'plannedYear', r.planned_year",
  },
}

const newestOf = (column: string) =>
  `f.${column} is not null and f.observed_on = max(case when f.${column} is not null then f.observed_on end)
        over home as newest_${column}`

/** Each property of the water by the newest observation that speaks of it. */
const observations: RowSource = {
  fact: 'water_survey',
  rows: ({
    scope,
    fact,
    day,
  }) => `select t.county, t.household_id, f.batch_id, f.row_no, f.observed_on, f.quality,
      f.litres, f.trip_minutes, f.scarce, f.project,
      ${['quality', 'litres', 'trip_minutes', 'scarce'].map(newestOf).join(',\n      ')}
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
 * Water cuts within the window; one that nobody ended ends with the next observation. Those that overlap or follow each other
 * day by day are one spell; `adds` are the days a cut adds to those before it, so that no day counts twice.
 */
const cuts: RowSource = {
  fact: 'water_survey',
  rows: ({ scope, fact, day }) => `select spell.*,
      sum(spell.adds) over (partition by spell.county, spell.household_id, spell.spell_no) as spell_days
    from (
      select ordered.*,
        case when ordered.end_before is null then ordered.cut_end - ordered.cut_begin + 1
          when ordered.end_before < ordered.cut_begin then ordered.cut_end - ordered.cut_begin + 1
          when ordered.cut_end > ordered.end_before then ordered.cut_end - ordered.end_before else 0 end as adds,
        count(case when ordered.end_before >= ordered.cut_begin - 1 then null else 1 end)
          over (partition by ordered.county, ordered.household_id
          order by ordered.cut_begin, ordered.observed_on) as spell_no
      from (
        select cut.*, max(cut.cut_end) over (partition by cut.county, cut.household_id
          order by cut.cut_begin, cut.observed_on rows between unbounded preceding and 1 preceding) as end_before
        from (
          select t.county, t.household_id, f.batch_id, f.row_no, f.observed_on, f.cut_from, f.cut_to, f.project,
            greatest(f.cut_from, ${day} - c.water_window + 1) as cut_begin,
            least(${day}, coalesce(f.cut_to, lead(f.observed_on) over (
              partition by t.county, t.household_id order by f.observed_on))) as cut_end
          from ${scope} join ${fact('water_survey')} f using (county, household_id)
          where f.observed_on <= ${day}
        ) cut
        where cut.cut_from is not null and cut.cut_begin <= cut.cut_end
      ) ordered
    ) spell`,
  figures: { longest: 'max(r.spell_days)', total: 'sum(r.adds)' },
  shown: {
    happened: 'observed_on',
    person: false,
    detail: "'cutFrom', r.cut_from, 'cutTo', r.cut_to, 'project', r.project",
  },
}

export const school: GroupDefinition = {
  feeds: ['school-enrolment'],
  sources: { school: children },
  indicators: [
    {
      ...{ name: 'dropoutMembers', column: 'dropout_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '失学辍学人数', en: 'Children out of school' },
      // Null for a child whom no school reported: at school elsewhere, or at home, is unknown.
      value: `case when school.dropouts > 0 or coalesce(school.complete, true)
        then coalesce(school.dropouts, 0) end`,
      evidence: { school: 'r.dropout' },
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
      evidence: { dwelling: 'true' },
    },
  ],
}

export const water: GroupDefinition = {
  feeds: ['water'],
  sources: { water: observations, cuts },
  indicators: [
    {
      ...{ name: 'longestWaterCutDays', column: 'longest_water_cut_days', sqlType: 'smallint', unit: 'days' },
      ...{ zh: '最长连续停水', en: 'Longest water cut' },
      value: 'coalesce(cuts.longest, 0)',
      evidence: { cuts: 'true' },
    },
    {
      ...{ name: 'waterCutDaysYear', column: 'water_cut_days_year', sqlType: 'smallint', unit: 'days' },
      ...{ zh: '一年累计停水', en: 'Water cuts in a year' },
      value: 'coalesce(cuts.total, 0)',
      evidence: { cuts: 'true' },
    },
    {
      ...{ name: 'waterQualityFailed', column: 'water_quality_failed', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '水质不合格', en: 'Water quality failed' },
      value: "water.quality = 'failed'",
      evidence: { water: 'r.newest_quality' },
    },
    {
      ...{ name: 'waterLitres', column: 'water_decilitres', sqlType: 'smallint', unit: 'litres' },
      ...{ zh: '每人每天水量', en: 'Water per person and day' },
      value: 'floor(water.litres * 10)',
      evidence: { water: 'r.newest_litres' },
    },
    {
      ...{ name: 'waterTripMinutes', column: 'water_trip_minutes', sqlType: 'smallint', unit: 'minutes' },
      ...{ zh: '取水往返时间', en: 'Trip to fetch water' },
      value: 'water.trip',
      evidence: { water: 'r.newest_trip_minutes' },
    },
    {
      ...{ name: 'waterScarce', column: 'water_scarce', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '缺水地区', en: 'Water-scarce area' },
      value: 'water.scarce',
      evidence: { water: 'r.newest_scarce' },
    },
  ],
}

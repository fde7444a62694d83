import type { GroupDefinition, Parts, RowSource } from '../define.ts'

/** Of the years at which school is a duty; whole years, so that a birthday counts on its day. */
export const ofSchoolAge = ({ day }: Parts) => `p.birth <= ${day} - interval '1 year' * c.school_age_from
        and p.birth > ${day} - interval '1 year' * (c.school_age_to + 1)`

const membersNow: RowSource = {
  fact: 'member_record',
  rows: (parts) => `select t.county, t.household_id, p.id as person_id, p.labour,
      p.labour in ('ordinary', 'skilled', 'weak') as able, ${ofSchoolAge(parts)} as school_age
    from ${parts.scope} ${parts.members}`,
  figures: {
    able: 'count(*) filter (where r.able)',
    school_age: 'count(*) filter (where r.school_age)',
  },
  shown: { happened: 'changed_on', person: true, byRecord: true, detail: "'labour', r.labour" },
}

const stopped: RowSource = {
  fact: 'social_assistance',
  rows: ({ scope, fact, members, day }) => `select * from (
    select t.county, t.household_id, f.person_id, f.batch_id, f.row_no, f.ended_on, f.monthly_fen, f.kind,
      f.stop_reason,
      f.ended_on <= ${day} and f.ended_on > ${day} - c.assistance_stopped_window as stopped,
      bool_or(f.ended_on is null or f.ended_on > ${day}) over (partition by t.county, t.household_id, p.id) as goes_on
    from ${scope} join ${fact('social_assistance')} f using (county, household_id) ${members} and p.id = f.person_id
    where f.kind in ('dibao', 'tekun') and f.started_on <= ${day}
  ) ranked where stopped and not goes_on`,
  figures: { stopped: 'count(distinct r.person_id)' },
  shown: {
    happened: 'ended_on',
    amount: 'monthly_fen',
    person: true,
    detail: "'assistanceKind', r.kind, 'reason', r.stop_reason",
  },
}

/**
 * Months of the calendar without work that follow each other up to a member's newest month, of those who worked before. Where a month
 * is missing between, or the newest is long ago, more than is known may be true (`unsure`).
 */
const monthsAway: RowSource = {
  fact: 'employment_month',
  rows: ({ scope, fact, members, day }) => `select run.*, dense_rank() over (
        partition by run.county, run.household_id, run.in_row order by run.run desc, run.person_id) as place
    from (
      select away.*, away.in_unbroken and not away.works and not away.stale as in_row,
        away.stale or (away.last_number - away.job_number >= away.jobless_months
          and count(case when away.in_unbroken and not away.works then 1 end) over person
            < away.jobless_months) as unsure,
        count(case when away.in_unbroken and not away.works then 1 end) over person as run
      from (
        select worked.*, worked.last_number - worked.number = worked.nth - 1 as in_unbroken,
          worked.last <= ${day} - worked.lookback as stale
        from (
          select month.*,
            max(case when month.works then month.number end) over person as job_number,
            max(month.number) over person as last_number, max(month.month) over person as last,
            row_number() over (partition by month.county, month.household_id, month.person_id
              order by month.month desc) as nth
          from (
            select t.county, t.household_id, f.person_id, f.batch_id, f.row_no, f.month, f.status,
              f.status = 'employed' or coalesce(f.public_post, false) as works,
              cast(extract(year from f.month) * 12 + extract(month from f.month) as integer) as number,
              c.jobless_months, c.jobless_lookback as lookback
            from ${scope} join ${fact('employment_month')} f using (county, household_id)
              ${members} and p.id = f.person_id
            where f.month <= ${day}
          ) month
          window person as (partition by month.county, month.household_id, month.person_id)
        ) worked
        where worked.number >= worked.job_number
      ) away
      window person as (partition by away.county, away.household_id, away.person_id)
    ) run`,
  figures: { months: 'max(r.run) filter (where r.in_row)', unsure: 'bool_or(r.unsure)' },
  shown: { happened: 'month', person: true, detail: "'employmentStatus', r.status" },
}

export const registry: GroupDefinition = {
  feeds: [],
  sources: {},
  indicators: [
    {
      ...{ name: 'registered', column: 'registered', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '建档立卡户', en: 'Registered household' },
      value: 'h.registered',
    },
    {
      ...{ name: 'relieved', column: 'relieved', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '脱贫户', en: 'Relieved household' },
      value: "coalesce(h.relief_mark in ('relieved', 'pre-relieved'), false)",
    },
    {
      ...{ name: 'unrelieved', column: 'unrelieved', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '未脱贫户', en: 'Unrelieved household' },
      value: "coalesce(h.relief_mark in ('unrelieved', 'relapsed'), false)",
    },
    {
      ...{ name: 'monitored', column: 'monitored', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '监测户', en: 'Monitored household' },
      value: "h.risk = 'open'",
    },
    {
      ...{ name: 'resolved', column: 'resolved', sqlType: 'boolean', unit: 'bool' },
      ...{ zh: '风险已消除户', en: 'Household whose risk was resolved' },
      value: "h.risk = 'resolved'",
    },
    {
      ...{ name: 'householdSize', column: 'household_size', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '家庭人口', en: 'Household size' },
      value: 'h.member_count',
    },
  ],
}

export const members: GroupDefinition = {
  feeds: ['member'],
  sources: { members: membersNow },
  indicators: [
    {
      ...{ name: 'labourMembers', column: 'labour_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '有劳动力的人数', en: 'Members able to work' },
      value: 'members.able',
      evidence: { members: 'not r.able' },
    },
    {
      ...{ name: 'schoolAgeMembers', column: 'school_age_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '义务教育年龄人数', en: 'Members of school age' },
      value: 'members.school_age',
      evidence: { members: 'r.school_age' },
    },
  ],
}

export const assistance: GroupDefinition = {
  feeds: ['social-assistance'],
  subjects: { 'social-assistance': 'regular' },
  sources: { assistance: stopped },
  indicators: [
    {
      name: 'assistanceStoppedMembers',
      ...{ column: 'assistance_stopped_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '低保特困停发人数', en: 'Members whose assistance stopped' },
      value: 'coalesce(assistance.stopped, 0)',
      ends: (last) => `${last} + c.assistance_stopped_window`,
      evidence: { assistance: 'true' },
    },
  ],
}

export const employment: GroupDefinition = {
  feeds: ['employment'],
  sources: { employment: monthsAway },
  indicators: [
    {
      ...{
        name: 'longestJoblessMonths',
        column: 'longest_jobless_months',
        sqlType: 'smallint',
        unit: 'months',
      },
      ...{ zh: '连续无就业月数', en: 'Months in a row without work' },
      value: `case when employment.months >= c.jobless_months or not coalesce(employment.unsure, false)
        then coalesce(employment.months, 0) end`,
      gap: { table: 'employment_month', on: 'month', maxAge: 'joblessLookback' },
      evidence: { employment: 'r.in_row and r.place = 1' },
    },
  ],
}

import type { GroupDefinition, RowSource } from '../define.ts'

const insured: RowSource = {
  fact: 'medical_insurance',
  rows: ({
    scope,
    members,
    fact,
    year,
  }) => `select t.county, t.household_id, p.id as person_id, f.batch_id, f.row_no,
      f.paid_on, f.year, f.status, f.person_id is not null as known, not (f.resident or f.employee) as uninsured
    from ${scope} ${members}
    left join ${fact('medical_insurance')} f on f.county = p.county and f.household_id = p.household_id
      and f.person_id = p.id and f.year = ${year}`,
  figures: {
    uninsured: 'count(*) filter (where r.uninsured)',
    complete: 'bool_and(r.known)',
  },
  shown: { happened: 'paid_on', person: true, detail: "'year', r.year, 'payment', r.status" },
}

/**
 * Of epidemic cases the newest row of a person counts: who was suspected, then confirmed, then released is released; a case that nobody
 * has spoken of for long is not known to go on.
 */
const diagnoses: RowSource = {
  fact: 'illness',
  rows: ({
    scope,
    fact,
    members,
    day,
  }) => `select t.county, t.household_id, f.person_id, f.batch_id, f.row_no,
      f.diagnosed_on, f.kind, f.disease, f.outcome,
      f.kind = 'major' and f.special is distinct from false and f.diagnosed_on > ${day} - c.new_illness_window as major,
      f.outcome_on is null and f.diagnosed_on <= ${day} - c.epidemic_case_max_age as silent,
      f.kind <> 'major' and (f.outcome_on is null or f.outcome_on >= ${day} - c.epidemic_aftercare)
        and row_number() over (partition by t.county, f.person_id, f.kind <> 'major'
          order by f.diagnosed_on desc, f.batch_id desc, f.row_no desc) = 1 as epidemic
    from ${scope} join ${fact('illness')} f using (county, household_id) ${members} and p.id = f.person_id
    where f.diagnosed_on <= ${day} and f.kind in ('major', 'confirmed', 'suspected')`,
  figures: {
    major: 'count(distinct r.person_id) filter (where r.major)',
    epidemic: 'count(distinct r.person_id) filter (where r.epidemic and not r.silent)',
    silent: 'count(*) filter (where r.epidemic and r.silent)',
  },
  shown: {
    happened: 'diagnosed_on',
    person: true,
    detail: "'illnessKind', r.kind, 'disease', r.disease, 'outcome', r.outcome",
  },
}

/**
 * Certificates that tell of something new: the first of a person, or one worse than all before it; a renewed one says what was known.
 * Each person counts by the worst.
 */
const newCertificates: RowSource = {
  fact: 'disability_certificate',
  rows: ({ scope, fact, renewedCertificates, members, day }) => `select fresh.*,
      min(fresh.grade) over (partition by fresh.county, fresh.household_id, fresh.person_id) as worst
    from (
      select t.county, t.household_id, f.person_id, f.batch_id, f.row_no, f.issued_on, f.category, f.grade
      from ${scope} join ${fact('disability_certificate')} f using (county, household_id)
        ${members} and p.id = f.person_id
      where f.issued_on <= ${day} and f.issued_on > ${day} - c.new_disability_window
        and not exists (
          select 1 from (
            select county, person_id, grade, issued_on from ${fact('disability_certificate')} own
            union all select county, person_id, grade, issued_on from ${renewedCertificates} old
          ) before
          where before.county = f.county and before.person_id = f.person_id and before.issued_on < f.issued_on
            and before.grade <= f.grade)
    ) fresh`,
  figures: {
    severe: "count(distinct r.person_id) filter (where r.worst <= '2')",
    mild: "count(distinct r.person_id) filter (where r.worst > '2')",
  },
  shown: {
    happened: 'issued_on',
    person: true,
    detail: "'category', r.category, 'disabilityGrade', r.grade",
  },
}

export const insurance: GroupDefinition = {
  feeds: ['medical-insurance'],
  sources: { insurance: insured },
  indicators: [
    {
      ...{ name: 'uninsuredMembers', column: 'uninsured_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '未参保人数', en: 'Members without medical insurance' },
      value: 'case when insurance.uninsured > 0 or insurance.complete then insurance.uninsured end',
      gap: { table: 'medical_insurance', on: 'year', ofYear: true },
      evidence: { insurance: 'r.uninsured' },
    },
  ],
}

export const illness: GroupDefinition = {
  feeds: ['illness'],
  subjects: { illness: 'illness' },
  sources: { illness: diagnoses },
  indicators: [
    {
      ...{
        name: 'newMajorIllnessMembers',
        column: 'new_major_illness_members',
        sqlType: 'smallint',
        unit: 'count',
      },
      ...{ zh: '新增大病人数', en: 'Members newly with a major illness' },
      value: 'coalesce(illness.major, 0)',
      ends: (last) => `${last} + c.new_illness_window`,
      evidence: { illness: 'r.major' },
    },
  ],
}

export const epidemic: GroupDefinition = {
  feeds: ['illness'],
  subjects: { illness: 'epidemic' },
  sources: { illness: diagnoses },
  indicators: [
    {
      ...{ name: 'epidemicMembers', column: 'epidemic_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '确诊或疑似病例人数', en: 'Confirmed or suspected cases' },
      value:
        'case when illness.epidemic > 0 or coalesce(illness.silent, 0) = 0 then coalesce(illness.epidemic, 0) end',
      gap: {
        ...{ table: 'illness', on: 'diagnosed_on', maxAge: 'epidemicCaseMaxAge' },
        where: "f.kind in ('confirmed', 'suspected') and f.outcome_on is null",
      },
      evidence: { illness: 'r.epidemic and not r.silent' },
    },
  ],
}

const certificateEnds = (last: string) => `${last} + c.new_disability_window`

export const disability: GroupDefinition = {
  feeds: ['disability'],
  sources: { disability: newCertificates },
  indicators: [
    {
      name: 'newSevereDisabilityMembers',
      ...{ column: 'new_severe_disability_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '新增一二级残疾人数', en: 'Members newly with a severe disability' },
      value: 'coalesce(disability.severe, 0)',
      ends: certificateEnds,
      evidence: { disability: "r.grade <= '2'" },
    },
    {
      name: 'newMildDisabilityMembers',
      ...{ column: 'new_mild_disability_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '新增三四级残疾人数', en: 'Members newly with a mild disability' },
      value: 'coalesce(disability.mild, 0)',
      ends: certificateEnds,
      evidence: { disability: "r.worst > '2'" },
    },
  ],
}

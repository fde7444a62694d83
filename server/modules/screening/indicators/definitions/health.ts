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

/** Of epidemic cases the newest row of a person counts: who was suspected, then confirmed, then released is released. */
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
      f.kind <> 'major' and (f.outcome_on is null or f.outcome_on >= ${day} - c.epidemic_aftercare)
        and row_number() over (partition by t.county, f.person_id, f.kind <> 'major'
          order by f.diagnosed_on desc, f.batch_id desc, f.row_no desc) = 1 as epidemic
    from ${scope} join ${fact('illness')} f using (county, household_id) ${members} and p.id = f.person_id
    where f.diagnosed_on <= ${day} and f.kind in ('major', 'confirmed', 'suspected')`,
  figures: {
    major: 'count(distinct r.person_id) filter (where r.major)',
    epidemic: 'count(distinct r.person_id) filter (where r.epidemic)',
  },
  shown: {
    happened: 'diagnosed_on',
    person: true,
    detail: "'illnessKind', r.kind, 'disease', r.disease, 'outcome', r.outcome",
  },
}

/** Certificates of those who had none before; each person counts by the worst. */
const firstCertificates: RowSource = {
  fact: 'disability_certificate',
  rows: ({ scope, fact, members, day }) => `select * from (
    select t.county, t.household_id, f.person_id, f.batch_id, f.row_no, f.issued_on, f.category, f.grade,
      min(f.grade) over person as worst, bool_and(f.issued_on > ${day} - c.new_disability_window) over person as fresh
    from ${scope} join ${fact('disability_certificate')} f using (county, household_id)
      ${members} and p.id = f.person_id
    where f.issued_on <= ${day}
    window person as (partition by t.county, t.household_id, p.id)
  ) ranked where fresh`,
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
      evidence: { insurance: 'r.uninsured' },
    },
  ],
}

export const illness: GroupDefinition = {
  feeds: ['illness'],
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
      evidence: { illness: 'r.major' },
    },
    {
      ...{ name: 'epidemicMembers', column: 'epidemic_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '确诊或疑似病例人数', en: 'Confirmed or suspected cases' },
      value: 'coalesce(illness.epidemic, 0)',
      evidence: { illness: 'r.epidemic' },
    },
  ],
}

export const disability: GroupDefinition = {
  feeds: ['disability'],
  sources: { disability: firstCertificates },
  indicators: [
    {
      name: 'newSevereDisabilityMembers',
      ...{ column: 'new_severe_disability_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '新增一二级残疾人数', en: 'Members newly with a severe disability' },
      value: 'coalesce(disability.severe, 0)',
      evidence: { disability: "r.grade <= '2'" },
    },
    {
      name: 'newMildDisabilityMembers',
      ...{ column: 'new_mild_disability_members', sqlType: 'smallint', unit: 'count' },
      ...{ zh: '新增三四级残疾人数', en: 'Members newly with a mild disability' },
      value: 'coalesce(disability.mild, 0)',
      evidence: { disability: "r.worst > '2'" },
    },
  ],
}

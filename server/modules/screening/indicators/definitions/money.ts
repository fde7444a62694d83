import { netSettlements } from '#server/modules/feeds/index.ts'
import type { GroupDefinition, RowSource } from '../define.ts'

const netIncome = `coalesce(f.wage_fen, 0) + coalesce(f.business_gross_fen, 0) + coalesce(f.property_fen, 0)
      + coalesce(f.family_planning_fen, 0) + coalesce(f.dibao_fen, 0) + coalesce(f.tekun_fen, 0)
      + coalesce(f.pension_fen, 0) + coalesce(f.eco_compensation_fen, 0) + coalesce(f.other_transfer_fen, 0)
      - coalesce(f.business_cost_fen, 0)`

/** Statements over a whole year, the newest first. */
const statements: RowSource = {
  fact: 'income_statement',
  rows: ({ scope, fact, day }) => `select * from (
    select t.county, t.household_id, f.batch_id, f.row_no, f.period_from, f.period_to, ${netIncome} as net,
      row_number() over (partition by t.county, t.household_id order by f.period_to desc, f.period_from desc) as nth
    from ${scope} join ${fact('income_statement')} f using (county, household_id)
    where f.period_to <= ${day} and f.period_to - f.period_from >= c.income_period_minimum
  ) ranked where nth <= 2`,
  figures: {
    net: 'max(r.net) filter (where r.nth = 1)',
    previous: 'max(r.net) filter (where r.nth = 2)',
  },
  shown: { happened: 'period_to', person: false, detail: "'from', r.period_from, 'to', r.period_to" },
}

/** Bills stay bills when the patient has left the household. */
const settlements: RowSource = {
  fact: 'medical_settlement',
  rows: ({
    scope,
    fact,
    day,
    yearStart,
  }) => `select t.county, t.household_id, f.person_id, f.batch_id, f.row_no,
      f.settled_on, f.self_paid_fen, f.visit_kind, f.hospital, f.diagnosis,
      f.visit_kind = 'inpatient' and f.settled_on >= ${yearStart} as this_year,
      f.visit_kind = 'inpatient' and f.settled_on > ${day} - c.single_stay_window as single_stay,
      f.settled_on > ${day} - c.rigid_spending_window as rigid,
      max(case when f.visit_kind = 'inpatient' and f.settled_on > ${day} - c.single_stay_window
        then f.self_paid_fen end) over (partition by t.county, t.household_id) as largest
    from ${scope} join ${netSettlements(scope, fact('medical_settlement'), day)} f using (county, household_id)
    where f.settled_on <= ${day}`,
  figures: {
    year_paid: 'sum(r.self_paid_fen) filter (where r.this_year)',
    largest: 'max(r.self_paid_fen) filter (where r.single_stay)',
    paid: 'sum(r.self_paid_fen) filter (where r.rigid)',
  },
  shown: {
    happened: 'settled_on',
    amount: 'self_paid_fen',
    person: true,
    detail: "'visitKind', r.visit_kind, 'hospital', r.hospital, 'diagnosis', r.diagnosis",
  },
}

const fees: RowSource = {
  fact: 'school_enrolment',
  rows: ({ scope, fact, day }) => `select t.county, t.household_id, f.person_id, f.batch_id, f.row_no,
      f.reported_on, f.self_paid_fee_fen, f.term, f.school, f.stage
    from ${scope} join ${fact('school_enrolment')} f using (county, household_id)
    where f.reported_on <= ${day} and f.reported_on > ${day} - c.rigid_spending_window`,
  figures: { paid: 'sum(r.self_paid_fee_fen)' },
  shown: {
    happened: 'reported_on',
    amount: 'self_paid_fee_fen',
    person: true,
    detail: "'term', r.term, 'school', r.school, 'stage', r.stage",
  },
}

const newest = { income: 'r.nth = 1' }
const rigid = { medical: 'r.rigid and r.self_paid_fen > 0', fees: 'r.self_paid_fee_fen > 0' }

export const income: GroupDefinition = {
  feeds: ['income'],
  sources: { income: statements },
  indicators: [
    {
      ...{ name: 'netIncomePerHead', column: 'net_income_per_head_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '人均年纯收入', en: 'Net income per head' },
      value: 'round(income.net::numeric / nullif(h.member_count, 0))',
      evidence: newest,
    },
    {
      ...{ name: 'netIncome', column: 'net_income_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '全家年纯收入', en: 'Net income of the household' },
      value: 'income.net',
      evidence: newest,
    },
    {
      ...{ name: 'previousNetIncome', column: 'previous_net_income_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '上一年全家纯收入', en: 'Net income of the year before' },
      value: 'income.previous',
      evidence: { income: 'r.nth = 2' },
    },
    {
      ...{ name: 'incomeDrop', column: 'income_drop_bp', sqlType: 'integer', unit: 'bp' },
      ...{ zh: '纯收入降幅', en: 'Fall in net income' },
      value: `case when income.previous > 0
        then round((income.previous - income.net) * 10000.0 / income.previous) end`,
      evidence: { income: 'true' },
    },
  ],
}

export const medical: GroupDefinition = {
  feeds: ['medical-settlement'],
  sources: { medical: settlements },
  indicators: [
    {
      ...{
        name: 'inpatientSelfPaidYear',
        column: 'inpatient_self_paid_year_fen',
        sqlType: 'integer',
        unit: 'fen',
      },
      ...{ zh: '今年住院自付合计', en: 'Hospital self-payment this year' },
      value: 'coalesce(medical.year_paid, 0)',
      evidence: { medical: 'r.this_year and r.self_paid_fen > 0' },
    },
    {
      ...{
        name: 'largestStaySelfPaid',
        column: 'largest_stay_self_paid_fen',
        sqlType: 'integer',
        unit: 'fen',
      },
      ...{ zh: '单次住院最高自付', en: 'Costliest stay, self-paid' },
      value: 'coalesce(medical.largest, 0)',
      evidence: { medical: 'r.single_stay and r.self_paid_fen = r.largest' },
    },
  ],
}

export const spending: GroupDefinition = {
  feeds: ['medical-settlement', 'school-enrolment'],
  sources: { medical: settlements, fees },
  indicators: [
    {
      ...{ name: 'rigidSpending', column: 'rigid_spending_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '一年看病上学自付', en: 'Medical and school payments in a year' },
      value: 'coalesce(medical.paid, 0) + coalesce(fees.paid, 0)',
      evidence: rigid,
    },
  ],
}

export const rest: GroupDefinition = {
  feeds: ['income', 'medical-settlement', 'school-enrolment'],
  sources: { income: statements, medical: settlements, fees },
  indicators: [
    {
      name: 'incomeAfterRigidPerHead',
      ...{ column: 'income_after_rigid_per_head_fen', sqlType: 'integer', unit: 'fen' },
      zh: '扣除看病上学自付后的人均年纯收入',
      en: 'Net income per head after medical and school payments',
      value: `round((income.net - coalesce(medical.paid, 0) - coalesce(fees.paid, 0))::numeric
        / nullif(h.member_count, 0))`,
      evidence: { ...newest, ...rigid },
    },
  ],
}

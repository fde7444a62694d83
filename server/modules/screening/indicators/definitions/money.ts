import { netSettlements } from '#server/modules/feeds/index.ts'
import { belongedText } from '#server/modules/registry/index.ts'
import type { Gap, GroupDefinition, Parts, RowSource } from '../define.ts'

const netIncome = `coalesce(f.wage_fen, 0) + coalesce(f.business_gross_fen, 0) + coalesce(f.property_fen, 0)
      + coalesce(f.family_planning_fen, 0) + coalesce(f.dibao_fen, 0) + coalesce(f.tekun_fen, 0)
      + coalesce(f.pension_fen, 0) + coalesce(f.eco_compensation_fen, 0) + coalesce(f.other_transfer_fen, 0)
      - coalesce(f.business_cost_fen, 0)`

/** A row without a single amount states nothing, least of all an income of 0. */
const anyAmount = `coalesce(f.wage_fen, f.business_gross_fen, f.property_fen, f.family_planning_fen, f.dibao_fen, f.tekun_fen,
            f.pension_fen, f.eco_compensation_fen, f.other_transfer_fen, f.business_cost_fen)`

/**
 * Statements over a year: the newest, where it is recent enough, and of those that had ended when it began the last one, where no year
 * lies between the two.
 */
const statements: RowSource = {
  fact: 'income_statement',
  rows: ({ scope, fact, day }) => `select ranked.*,
      ranked.nth = 1 as newest,
      ranked.ended_before and ranked.period_to >= ranked.newest_from - ranked.gap and row_number() over (
        partition by ranked.county, ranked.household_id, ranked.ended_before
        order by ranked.period_to desc, ranked.period_from desc) = 1 as previous
    from (
      select dated.*, dated.period_to < dated.newest_from as ended_before
      from (
        select t.county, t.household_id, f.batch_id, f.row_no, f.period_from, f.period_to, ${netIncome} as net,
          c.income_gap_maximum as gap, max(f.period_to) over home > ${day} - c.income_max_age as recent,
          first_value(f.period_from) over home as newest_from, row_number() over home as nth
        from ${scope} join ${fact('income_statement')} f using (county, household_id)
        where f.period_to <= ${day}
          and f.period_to - f.period_from between c.income_period_minimum and c.income_period_maximum
          and ${anyAmount} is not null
        window home as (partition by t.county, t.household_id order by f.period_to desc, f.period_from desc)
      ) dated
      where dated.recent
    ) ranked`,
  figures: {
    net: 'max(r.net) filter (where r.newest)',
    previous: 'max(r.net) filter (where r.previous)',
  },
  shown: { happened: 'period_to', person: false, detail: "'from', r.period_from, 'to', r.period_to" },
}

/**
 * Whoever came or left after the newest statement ended: it is divided by who shared it, not by who lives there today. Households in
 * which nobody did have no rows here, which are most.
 */
const sharers: RowSource = {
  fact: 'member_record',
  rows: ({ scope, known, fact, day }) => `select s.*, case
      when s.left_on is not null and s.left_on <= ${day} then ${belongedText('s', 's.period_to')}::int
      else ${belongedText('s', 's.period_to')}::int - 1 end as more
    from (
      select t.county, t.household_id, p.id as person_id, p.left_on, p.joined_on, p.away, max(f.period_to) as period_to
      from ${scope} join ${known.person} p on p.county = t.county and p.household_id = t.household_id
        and (p.joined_on is not null or p.left_on is not null or p.away is not null)
      join ${fact('income_statement')} f on f.county = t.county and f.household_id = t.household_id
      where f.period_to <= ${day} and f.period_to - f.period_from >= c.income_period_minimum
      group by t.county, t.household_id, p.id, p.left_on, p.joined_on, p.away
    ) s`,
  figures: { more: 'sum(r.more)' },
  shown: { happened: 'changed_on', person: true, byRecord: true, detail: "'labour', null" },
}

/** Nobody can say by how many to divide where the household states a size that is far from its members. */
const perHead = (net: string) => `case when coalesce(abs(h.size_gap), 0) <= c.household_size_tolerance
        then cast(${net} as double precision) / nullif(h.member_count + coalesce(sharers.more, 0), 0) end`

const bill = {
  happened: 'settled_on',
  amount: 'self_paid_fen',
  person: true,
  detail: "'visitKind', r.visit_kind, 'hospital', r.hospital, 'diagnosis', r.diagnosis",
} as const

/** Bills less what went back of them. */
const netBills = ({ scope, fact, day }: Pick<Parts, 'scope' | 'fact' | 'day'>) =>
  netSettlements(scope, fact('medical_settlement'), day)

/** Bills stay bills when the patient has left the household. The year before counts beside the new one until its last files are in. */
const settlements: RowSource = {
  fact: 'medical_settlement',
  rows: (parts) => `select t.county, t.household_id, f.person_id, f.batch_id, f.row_no,
      f.settled_on, f.self_paid_fen, f.visit_kind, f.hospital, f.diagnosis,
      f.visit_kind = 'inpatient' and f.settled_on >= ${parts.yearStart} as this_year,
      f.visit_kind = 'inpatient' and f.settled_on >= ${parts.lastYearStart} and f.settled_on < ${parts.yearStart}
        as last_year,
      f.settled_on > ${parts.day} - interval '1 month' * c.rigid_spending_window as rigid
    from ${parts.scope} join ${netBills(parts)} f using (county, household_id)
    where f.settled_on <= ${parts.day}`,
  figures: {
    year_paid: 'sum(r.self_paid_fen) filter (where r.this_year)',
    last_year_paid: 'sum(r.self_paid_fen) filter (where r.last_year)',
    paid: 'sum(r.self_paid_fen) filter (where r.rigid)',
  },
  shown: bill,
}

/**
 * Bills of hospital stays, several bills of one stay together: those of one admission, and those of one hospital that follow each
 * other without a day between. What went back has been taken off its bill.
 */
const stays: RowSource = {
  fact: 'medical_settlement',
  rows: (parts) => `select ranked.*, dense_rank() over (
        partition by ranked.county, ranked.household_id, ranked.in_window
        order by ranked.stay_paid desc, ranked.stay_until desc, ranked.person_id, ranked.stay_no) as place
    from (
      select stay.*, stay.stay_until > stay.window_start as in_window
      from (
        select numbered.*, sum(numbered.self_paid_fen) over one as stay_paid,
          max(numbered.settled_on) over one as stay_until
        from (
          select bill.*, count(case when bill.begins then 1 end) over (
              partition by bill.county, bill.household_id, bill.person_id
              order by bill.admitted, bill.settled_on, bill.batch_id, bill.row_no) as stay_no
          from (
            select found.*, coalesce(not (
                found.admitted = lag(found.admitted) over patient
                or found.hospital = lag(found.hospital) over patient
                  and found.admitted <= lag(found.settled_on) over patient), true) as begins
            from (
              select t.county, t.household_id, f.person_id, f.batch_id, f.row_no, f.settled_on, f.self_paid_fen,
                f.visit_kind, f.hospital, f.diagnosis,
                ${parts.day} - interval '1 month' * c.single_stay_window as window_start,
                coalesce(f.admitted_on, f.settled_on) as admitted
              from ${parts.scope} join ${netBills(parts)} f using (county, household_id)
              where f.settled_on <= ${parts.day} and f.visit_kind = 'inpatient'
                and f.settled_on > ${parts.day} - interval '2 month' * c.single_stay_window
            ) found
            window patient as (partition by found.county, found.household_id, found.person_id
              order by found.admitted, found.settled_on, found.batch_id, found.row_no)
          ) bill
        ) numbered
        window one as (partition by numbered.county, numbered.household_id, numbered.person_id, numbered.stay_no)
      ) stay
    ) ranked`,
  figures: { largest: 'max(r.stay_paid) filter (where r.in_window)' },
  shown: bill,
}

const fees: RowSource = {
  fact: 'school_enrolment',
  rows: ({ scope, fact, day }) => `select t.county, t.household_id, f.person_id, f.batch_id, f.row_no,
      f.reported_on, f.self_paid_fee_fen, f.term, f.school, f.stage
    from ${scope} join ${fact('school_enrolment')} f using (county, household_id)
    where f.reported_on <= ${day} and f.reported_on > ${day} - interval '1 month' * c.rigid_spending_window`,
  figures: { paid: 'sum(r.self_paid_fee_fen)' },
  shown: {
    happened: 'reported_on',
    amount: 'self_paid_fee_fen',
    person: true,
    detail: "'term', r.term, 'school', r.school, 'stage', r.stage",
  },
}

const newest = { income: 'r.newest' }
const rigid = { medical: 'r.rigid and r.self_paid_fen <> 0', fees: 'r.self_paid_fee_fen <> 0' }
const statement: Gap = { table: 'income_statement', on: 'period_to', maxAge: 'incomeMaxAge' }

/** A year's total ends with the time in which the year before is still judged. */
const nextYearEnds = (last: string) =>
  `cast(date_trunc('year', ${last} + interval '1 year') as date) + c.last_year_judged`

export const income: GroupDefinition = {
  feeds: ['income'],
  sources: { income: statements, sharers },
  indicators: [
    {
      name: 'netIncomePerHead',
      ...{ column: 'net_income_per_head_fen', sqlType: 'double precision', unit: 'fen' },
      ...{ zh: '人均年纯收入', en: 'Net income per head' },
      value: perHead('income.net'),
      gap: statement,
      evidence: newest,
    },
    {
      ...{ name: 'netIncome', column: 'net_income_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '全家年纯收入', en: 'Net income of the household' },
      value: 'income.net',
      gap: statement,
      evidence: newest,
    },
    {
      ...{ name: 'previousNetIncome', column: 'previous_net_income_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '上一年全家纯收入', en: 'Net income of the year before' },
      value: 'income.previous',
      gap: { ...statement, before: true },
      evidence: { income: 'r.previous' },
    },
    {
      ...{ name: 'incomeDrop', column: 'income_drop_bp', sqlType: 'double precision', unit: 'bp' },
      ...{ zh: '纯收入降幅', en: 'Fall in net income' },
      value: `case when income.previous > 0
        then cast((income.previous - income.net) * 10000 as double precision) / income.previous end`,
      gap: { ...statement, before: true },
      evidence: { income: 'r.newest or r.previous' },
    },
  ],
}

export const medical: GroupDefinition = {
  feeds: ['medical-settlement'],
  subjects: { 'medical-settlement': 'inpatient' },
  sources: { medical: settlements, stays },
  indicators: [
    {
      ...{
        name: 'inpatientSelfPaidYear',
        column: 'inpatient_self_paid_year_fen',
        sqlType: 'integer',
        unit: 'fen',
      },
      ...{ zh: '当年住院自付合计', en: 'Hospital self-payment of the year' },
      value: 'coalesce(medical.year_paid, 0)',
      ends: nextYearEnds,
      evidence: { medical: 'r.this_year and r.self_paid_fen <> 0' },
    },
    {
      name: 'inpatientSelfPaidLastYear',
      ...{ column: 'inpatient_self_paid_last_year_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '上年住院自付合计', en: 'Hospital self-payment of the year before' },
      value: 'coalesce(medical.last_year_paid, 0)',
      idle: ({ day, yearStart }) => `${day} >= ${yearStart} + c.last_year_judged`,
      ends: nextYearEnds,
      evidence: { medical: 'r.last_year and r.self_paid_fen <> 0' },
    },
    {
      ...{
        name: 'largestStaySelfPaid',
        column: 'largest_stay_self_paid_fen',
        sqlType: 'integer',
        unit: 'fen',
      },
      ...{ zh: '单次住院最高自付', en: 'Costliest stay, self-paid' },
      value: 'coalesce(stays.largest, 0)',
      ends: (last) => `cast(${last} + interval '1 month' * c.single_stay_window as date)`,
      evidence: { stays: 'r.in_window and r.place = 1 and r.self_paid_fen <> 0' },
    },
  ],
}

export const spending: GroupDefinition = {
  feeds: ['medical-settlement', 'school-enrolment'],
  subjects: { 'school-enrolment': 'fees' },
  sources: { medical: settlements, fees },
  indicators: [
    {
      ...{ name: 'rigidSpending', column: 'rigid_spending_fen', sqlType: 'integer', unit: 'fen' },
      ...{ zh: '一年看病上学自付', en: 'Medical and school payments in a year' },
      value: 'coalesce(medical.paid, 0) + coalesce(fees.paid, 0)',
      ends: (last) => `cast(${last} + interval '1 month' * c.rigid_spending_window as date)`,
      evidence: rigid,
    },
  ],
}

export const rest: GroupDefinition = {
  feeds: ['income', 'medical-settlement', 'school-enrolment'],
  subjects: { 'school-enrolment': 'fees' },
  sources: { income: statements, sharers, medical: settlements, fees },
  indicators: [
    {
      name: 'incomeAfterRigidPerHead',
      ...{ column: 'income_after_rigid_per_head_fen', sqlType: 'double precision', unit: 'fen' },
      zh: '扣除看病上学自付后的人均年纯收入',
      en: 'Net income per head after medical and school payments',
      value: perHead('income.net - coalesce(medical.paid, 0) - coalesce(fees.paid, 0)'),
      gap: statement,
      evidence: { ...newest, ...rigid },
    },
  ],
}

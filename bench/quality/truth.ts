import { type Home, netOf } from '#demo/lives/index.ts'
import { type Dirt, lateCities } from '#demo/province/calibration.ts'
import {
  ageOn,
  type DayNumber,
  dayOf,
  monthIndex,
  monthStart,
  parseDay,
  yearOf,
} from '#demo/province/days.ts'
import type { Income, Settlement } from '#demo/province/model.ts'
import type { Thresholds } from './thresholds.ts'

/** The rules whose truth is known, as in the domain's table of rules. */
export const truthRules = [
  'R01',
  'R02',
  'R04',
  'R05',
  'R07',
  'R08',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R17',
  'R22',
  'R23',
  'R24',
] as const
export type TruthRule = (typeof truthRules)[number]

/** What is truly so of a household on the day; never imported. */
export interface Truth {
  householdNo: string
  village: number
  /** Rules it meets. */
  meets: TruthRule[]
  /** Rules nobody can judge, because their source is late there or says nothing yet. */
  unknown: TruthRule[]
}

interface Span {
  asOf: DayNumber
  /** Last day of the last complete month. */
  to: DayNumber
  lastMonth: number
  year: number
}

interface Case {
  home: Home
  life: ReturnType<typeof factsOf>
  span: Span
  policy: Thresholds
}

function spanUntil(asOf: string): Span {
  const day = parseDay(asOf)
  const lastMonth = monthIndex(day) - 1
  return { asOf: day, to: monthStart(lastMonth + 1) - 1, lastMonth, year: yearOf(day) }
}

const monthlyKinds: ReadonlySet<string> = new Set(['major', 'chronic'])

/** What the departments have on record by the day about the people whom the register counts to the household. */
function factsOf(home: Home, { to, asOf }: Span) {
  const known = <T extends { reportedOn: number }>(facts: readonly T[]) =>
    facts.filter(({ reportedOn }) => reportedOn <= to)
  const records = home.written.map(({ person }) => person.record)
  // What was paid for somebody who died or left is paid all the same.
  const payers = [...records, ...home.departed.map(({ record }) => record)]
  return {
    // A year's statements come in the middle of November.
    incomes: home.statements.filter((one) => one.to + 43 <= asOf).slice(-2),
    settlements: payers.flatMap(({ settlements }) => settlements.filter((one) => one.settledOn <= to)),
    insurances: records.flatMap(({ insurances }) => known(insurances)),
    // Cases of the epidemic are reported by the day, the rest by the month.
    illnesses: records.flatMap(({ illnesses }) =>
      illnesses.filter(({ kind, reportedOn }) => reportedOn <= (monthlyKinds.has(kind) ? to : asOf - 1)),
    ),
    enrolments: records.flatMap(({ enrolments }) => known(enrolments)),
    assistances: records.flatMap(({ assistances }) => known(assistances)),
    certificates: records.flatMap(({ certificates }) => certificates.filter((one) => one.issuedOn <= to)),
    work: records.flatMap(({ work }) => work),
    assessments: known(home.assessments),
    waters: home.waters
      .filter(({ observedOn }) => observedOn <= to)
      .toSorted((a, b) => a.observedOn - b.observedOn),
  }
}

const yuan = (fen: number) => fen / 100
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const within = (day: number, span: Span, days: number) => day <= span.asOf && day > span.asOf - days
const isWatched = ({ home }: Case) => home.registered || home.monitoring !== null
const stays = ({ life }: Case): Settlement[] => life.settlements.filter((one) => one.kind === 'inpatient')

/** Bills of hospital stays by stay: of one patient, in one hospital, without a day between. */
function wholeStays(one: Case): { until: DayNumber; paid: number }[] {
  const whole: { until: DayNumber; paid: number; patient: string; hospital: string }[] = []
  for (const { person, hospital, admitted, settledOn, selfPaid } of stays(one).toSorted(
    (a, b) => a.admitted - b.admitted || a.settledOn - b.settledOn,
  )) {
    const before = whole.findLast(
      (stay) => stay.patient === person.idNumber && stay.hospital === hospital && admitted <= stay.until,
    )
    if (before)
      Object.assign(before, { until: Math.max(before.until, settledOn), paid: before.paid + selfPaid })
    else whole.push({ until: settledOn, paid: selfPaid, patient: person.idNumber, hospital })
  }
  return whole
}

/** The last thing said about each of the things told apart by `by`. */
function latest<T>(reports: readonly T[], by: (one: T) => unknown, when: (one: T) => number): T[] {
  const last = new Map<unknown, T>()
  for (const one of reports) {
    const before = last.get(by(one))
    if (before === undefined || when(one) >= when(before)) last.set(by(one), one)
  }
  return [...last.values()]
}

const perHead = ({ home, life }: Case) => {
  const now = life.incomes.at(-1)
  return now ? yuan(Math.round(netOf(now) / home.written.length)) : Number.NaN
}

/** Written from the domain's words, from clean facts; the product's own rules are not asked. */
const rules: Record<TruthRule, (one: Case) => boolean> = {
  /** Hospital self-payment of the calendar year after all reimbursement. */
  R01(one) {
    const { span, policy } = one
    const year = dayOf(span.year, 1, 1)
    const paid = yuan(sum(stays(one).flatMap((stay) => (stay.settledOn >= year ? [stay.selfPaid] : []))))
    return (
      paid >= (isWatched(one) ? policy.hospitalYearSelfPaidRegistered : policy.hospitalYearSelfPaidOrdinary)
    )
  },
  /** One hospital stay. */
  R02(one) {
    const { home, span, policy } = one
    const line = home.monitoring ? policy.singleStaySelfPaidMonitored : policy.singleStaySelfPaidOther
    return wholeStays(one).some(
      ({ until, paid }) => within(until, span, policy.singleStayWindow) && yuan(paid) > line,
    )
  },
  /** Any new illness of the special treatment list. */
  R04({ life, span, policy }) {
    return life.illnesses.some(
      ({ kind, special, diagnosed }) =>
        kind === 'major' && special && within(diagnosed, span, policy.newIllnessWindow),
    )
  },
  /** A member of a watched household in neither scheme this year. */
  R05(one) {
    const { life, span } = one
    const now = life.insurances.filter(({ year }) => year === span.year)
    const each = latest(
      now,
      ({ person }) => person.idNumber,
      ({ reportedOn }) => reportedOn,
    )
    return isWatched(one) && each.some(({ resident, employee }) => !resident && !employee)
  },
  /** A confirmed or suspected case, until the care after it has ended. */
  R07({ life, span, policy }) {
    const cases = life.illnesses.filter(({ kind }) => kind === 'confirmed' || kind === 'suspected')
    return latest(
      cases,
      ({ person }) => person.idNumber,
      ({ reportedOn }) => reportedOn,
    ).some(({ outcomeOn }) => outcomeOn === null || span.asOf - outcomeOn <= policy.epidemicAftercare)
  },
  /** Of compulsory age, not at school, no lawful reason. */
  R08({ life, span, policy }) {
    const isAway = ['dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended']
    return latest(
      life.enrolments,
      ({ person }) => person.idNumber,
      ({ reportedOn }) => reportedOn,
    ).some(({ person, status, reason }) => {
      const age = ageOn(person.birth, span.asOf)
      const isDue = age >= policy.schoolAgeFrom && age <= policy.schoolAgeTo
      return isDue && isAway.includes(status) && reason === null
    })
  },
  /** A house of grade C or D that is lived in and not rebuilt. */
  R10({ life }) {
    const each = latest(
      life.assessments,
      ({ assessedOn }) => assessedOn,
      ({ reportedOn }) => reportedOn,
    )
    const [last] = latest(
      each,
      () => 0,
      ({ assessedOn }) => assessedOn,
    )
    return last !== undefined && /[CD]/.test(last.grade) && last.livedIn && last.finishedOn === null
  },
  /** One long cut, or many days without water in a year. */
  R11({ life, span, policy }) {
    const days = life.waters.flatMap(({ cutFrom, cutTo }) =>
      cutFrom !== null && within(cutTo ?? span.asOf, span, policy.waterWindow)
        ? [(cutTo ?? span.asOf) - cutFrom + 1]
        : [],
    )
    return days.some((one) => one >= policy.waterCutDays) || sum(days) > policy.waterCutDaysYear
  },
  /** Bad water, too little, or too far. */
  R12({ life, policy }) {
    const last = life.waters.at(-1)
    if (!last) return false
    const least = last.scarce ? policy.waterLitresScarce : policy.waterLitres
    return !last.passed || last.litres < least || last.tripMinutes > policy.waterTripMinutes
  },
  /** Newly certified disability of any grade: severe is orange, mild yellow. */
  R13({ life, span, policy }) {
    return life.certificates.some(({ issuedOn }) => within(issuedOn, span, policy.newDisabilityWindow))
  },
  /** Was employed, and for three months in a row until now is not. */
  R14({ life, span, policy }) {
    const people = new Set(life.work.map(({ person }) => person.idNumber))
    return [...people].some((idNumber) => {
      const months = life.work.filter(({ person }) => person.idNumber === idNumber)
      const recent = months.filter(
        ({ month }) => month >= monthStart(span.lastMonth + 1 - policy.joblessMonths),
      )
      return (
        months.some(({ status }) => status === 'employed') &&
        // Who is on the list no longer has stopped looking for work.
        recent.length === policy.joblessMonths &&
        recent.every(({ status }) => status !== 'employed')
      )
    })
  },
  /** Subsistence allowance or destitute care stopped while the household is not above the line. */
  R17(one) {
    const { life, span, policy } = one
    const regular = life.assistances.filter(({ kind }) => kind !== 'temporary')
    const stopped = latest(
      regular,
      ({ person }) => person.idNumber,
      ({ reportedOn }) => reportedOn,
    ).some(({ endedOn }) => endedOn !== null && within(endedOn, span, policy.assistanceStoppedWindow))
    return stopped && perHead(one) <= policy.monitoringLine
  },
  /** Net income per head below the line, or close to it. */
  R22(one) {
    return perHead(one) < (one.policy.monitoringLine * one.policy.watchBand) / 100
  },
  /** Income fell sharply, or treatment and school cost more than the household earns. */
  R23({ life, span, policy }) {
    const [before, now = before]: (Income | undefined)[] = life.incomes
    if (!now) return false
    const paid = [
      ...life.settlements.map(({ settledOn, selfPaid }) => [settledOn, selfPaid] as const),
      ...life.enrolments.map(({ reportedOn, fee }) => [reportedOn, fee] as const),
    ].flatMap(([day, fen]) => (within(day, span, policy.rigidSpendingWindow) ? [fen] : []))
    const drop = before && before !== now && netOf(before) > 0 ? 1 - netOf(now) / netOf(before) : 0
    return drop * 100 >= policy.incomeDrop || sum(paid) > netOf(now)
  },
  /** Nobody left who can work. */
  R24({ home }) {
    return home.written.every(({ labour }) => labour === 'lost' || labour === 'none')
  },
}

/** What is so of a household on a day, by the facts on record and the policy's figures; undefined for one that is no more. */
export function truthOf(home: Home, asOf: string, policy: Thresholds, dirt: Dirt): Truth | undefined {
  if (home.written.length === 0) return undefined
  const span = spanUntil(asOf)
  const one: Case = { home, life: factsOf(home, span), span, policy }
  const unknown: TruthRule[] = []
  if (dirt.lateSource && lateCities.has(Math.floor(home.county / 100))) unknown.push('R11', 'R12')
  // A supply that nobody looked at for so long may be another by now.
  const watered = one.life.waters.at(-1)
  if (!unknown.includes('R12') && watered && watered.observedOn <= span.asOf - policy.waterSupplyMaxAge)
    unknown.push('R12')
  // A household founded after the last statement has none of its own; one of which none came for long has no income that is known.
  const income = one.life.incomes.at(-1)
  if (!income || income.to <= span.asOf - policy.incomeMaxAge) unknown.push('R17', 'R22', 'R23')
  const meets = truthRules.filter((rule) => !unknown.includes(rule) && rules[rule](one))
  return { householdNo: home.householdNo, village: home.village, meets, unknown }
}

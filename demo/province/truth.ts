import { ageOn, dayOf, monthStart } from './days.ts'
import { netOf } from './lives/income.ts'
import type { Household, Life, Settlement, Span } from './model.ts'
import { present } from './people/households.ts'
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

interface Case {
  home: Household
  life: Life
  span: Span
  policy: Thresholds
}

const yuan = (fen: number) => fen / 100
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const within = (day: number, span: Span, days: number) => day <= span.asOf && day > span.asOf - days
const isWatched = ({ home }: Case) => home.registered || home.monitoring !== null
const stays = ({ life }: Case): Settlement[] => life.settlements.filter((one) => one.kind === 'inpatient')

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
  const [, now] = life.incomes
  return yuan(Math.round(netOf(now) / present(home.people).length))
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
    return stays(one).some(
      (stay) => within(stay.settledOn, span, policy.singleStayWindow) && yuan(stay.selfPaid) > line,
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
      ({ person }) => person,
      ({ reportedOn }) => reportedOn,
    )
    return isWatched(one) && each.some(({ resident, employee }) => !resident && !employee)
  },
  /** A confirmed or suspected case, until the care after it has ended. */
  R07({ life, span, policy }) {
    const cases = life.illnesses.filter(({ kind }) => kind === 'confirmed' || kind === 'suspected')
    return latest(
      cases,
      ({ person }) => person,
      ({ reportedOn }) => reportedOn,
    ).some(({ outcomeOn }) => outcomeOn === null || span.asOf - outcomeOn <= policy.epidemicAftercare)
  },
  /** Of compulsory age, not at school, no lawful reason. */
  R08({ life, span, policy }) {
    const isAway = ['dropped-out', 'suspected-dropout', 'not-enrolled', 'suspended']
    return latest(
      life.enrolments,
      ({ person }) => person,
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
    const people = new Set(life.work.map(({ person }) => person))
    return [...people].some((person) => {
      const months = life.work.filter((one) => one.person === person)
      const recent = months.filter(
        ({ month }) => month >= monthStart(span.lastMonth + 1 - policy.joblessMonths),
      )
      return (
        months.some(({ status }) => status === 'employed') &&
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
      ({ person }) => person,
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
    const [before, now] = life.incomes
    const paid = [
      ...life.settlements.map(({ settledOn, selfPaid }) => [settledOn, selfPaid] as const),
      ...life.enrolments.map(({ reportedOn, fee }) => [reportedOn, fee] as const),
    ].flatMap(([day, fen]) => (within(day, span, policy.rigidSpendingWindow) ? [fen] : []))
    const drop = netOf(before) > 0 ? 1 - netOf(now) / netOf(before) : 0
    return drop * 100 >= policy.incomeDrop || sum(paid) > netOf(now)
  },
  /** Nobody left who can work. */
  R24({ home }) {
    return present(home.people).every(({ labour }) => labour === 'lost' || labour === 'none')
  },
}

/** The rules a household truly meets on the day. */
export function meets(home: Household, life: Life, span: Span, policy: Thresholds): TruthRule[] {
  const one = { home, life, span, policy }
  return truthRules.filter((rule) => rules[rule](one))
}

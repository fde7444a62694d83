import { type DayNumber, dayOf, monthStart } from '#demo/province/days.ts'
import type { Random } from '#demo/province/random.ts'
import type { Blow, BlowCause, Home, Month } from '../model.ts'
import type { World } from '../world.ts'

/** Departments keep files from here on; what stood before comes with the first. */
export const filesFrom: DayNumber = dayOf(2019, 1, 1)

/** One month of one household. */
export interface Turn {
  home: Home
  month: Month
  first: DayNumber
  last: DayNumber
  year: number
  ofYear: number
  random: Random
  world: World
  /** Net income of the month, and what must be paid whatever else is bought; yuan. */
  income: number
  due: number
}

export function turnOf(home: Home, month: Month, random: Random, world: World): Turn {
  const first = monthStart(month)
  return {
    ...{ home, month, first, last: monthStart(month + 1) - 1, year: Math.floor(month / 12) },
    ...{ ofYear: (month % 12) + 1, random, world, income: 0, due: 0 },
  }
}

type Source = 'wage' | 'property' | 'dibao' | 'tekun' | 'pension' | 'ecoCompensation' | 'otherTransfer'

export function earn(turn: Turn, source: Source, yuan: number): void {
  turn.home.purse.year[source] += yuan
  turn.income += yuan
}

/** Net of a business as its owner counts it: what it brings, and what went into it. */
export function trade(turn: Turn, net: number, costShare = 0.42): void {
  const { year } = turn.home.purse
  const cost = (Math.max(0, net) * costShare) / (1 - costShare) + Math.max(0, -net)
  year.businessGross += net + cost
  year.businessCost += cost
  turn.income += net
}

export function strike(turn: Turn, cause: BlowCause, on: DayNumber): Blow {
  const [lost, paid] = [Array<number>(12).fill(0), Array<number>(12).fill(0)]
  const blow: Blow = { cause, on, carriedOn: null, lost, paid, lastLoss: turn.month }
  turn.home.blows.push(blow)
  return blow
}

/** Income that did not come because of it. */
export function lose(turn: Turn, blow: Blow | null, yuan: number): void {
  if (blow) book(turn, blow, 'lost', yuan)
}

/** What will be lacking every month from now on. */
export function forgo(turn: Turn, blow: Blow, monthly: number): void {
  for (let at = 0; at < 12; at++) blow.lost[at] = (blow.lost[at] ?? 0) + monthly
  blow.lastLoss = turn.month + 11
}

export function pay(turn: Turn, blow: Blow | null, yuan: number): void {
  turn.due += yuan
  if (blow) book(turn, blow, 'paid', yuan)
}

function book(turn: Turn, blow: Blow, as: 'lost' | 'paid', yuan: number): void {
  // A loss after a silence of a year finds nothing of the year before.
  const from = Math.max(blow.lastLoss + 1, turn.month - 11)
  for (let month = from; month <= turn.month; month++) blow.lost[month % 12] = blow.paid[month % 12] = 0
  const of = blow[as]
  of[turn.month % 12] = (of[turn.month % 12] ?? 0) + yuan
  blow.lastLoss = Math.max(blow.lastLoss, turn.month)
}

/** What a blow took within the last twelve months: of the income alone, or of the purse. */
export function weightOf(blow: Blow, month: Month, ofIncome: boolean): number {
  let sum = 0
  for (let at = Math.max(month - 11, blow.lastLoss - 11); at <= blow.lastLoss; at++)
    sum += (blow.lost[at % 12] ?? 0) + (ofIncome ? 0 : (blow.paid[at % 12] ?? 0))
  return sum
}

/** A department writes it down on that day. */
export function record(
  turn: Turn,
  feed: string,
  reportedOn: DayNumber,
  values: Readonly<Record<string, unknown>>,
  blow: Blow | null = null,
): void {
  if (reportedOn >= filesFrom) turn.home.rows.push({ feed, reportedOn, values, blow })
}

export const yearly = (perYear: number) => perYear / 12

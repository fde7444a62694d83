import { addDays, daysBetween } from '#contract/days.ts'
import type { FallLine } from '#demo/lives/index.ts'

/** A warning of a household: a clue, or a rule's signal. Days as text; closed is null while it stands. */
export interface Warning {
  householdNo: string
  /** The rule of a signal, the level of a clue. */
  of: string
  openedOn: string
  closedOn: string | null
}

export interface FallScore {
  id: string
  /** Of the falls that some source carried a month before, those warned; of all falls, those warned. */
  warned: number | null
  warnedOfAll: number | null
  medianLeadDays: number | null
  warnings: number
  /** Of the warnings, those whose household fell within a year. */
  followed: number | null
}

export interface FallsScore extends Omit<FallScore, 'id' | 'warnings'> {
  truth: number
  /** Falls whose cause some source carried at least a month before. */
  visible: number
  warningsPerFall: number | null
  visitsPerFall: number | null
  byLevel: FallScore[]
  byRule: FallScore[]
  byCause: { id: string; truth: number; visible: number; warnedOfAll: number | null }[]
}

/** A month: what a source carried later than that before the fall leaves nobody the time to do something. */
const ahead = 30
/** A warning that ended so long before a fall was not about it. */
const stale = 31
const year = 365

export interface Watched {
  falls: readonly FallLine[]
  clues: readonly Warning[]
  signals: readonly Warning[]
  /** Day from which falls count; warnings raised before stand, and are not counted. */
  from: string
}

/** Warnings against falls: which came before, how long before, and how many there are for one fall. */
export function scoreFalls({ falls: every, clues, signals, from }: Watched): FallsScore {
  const falls = every.filter(({ fellOn }) => fellOn >= from)
  const visible = falls.filter(isVisible)
  const all = oneScore('all', falls, clues, from)
  const byLevel = groups(clues).map(([id, some]) => oneScore(id, falls, some, from))
  const byRule = groups(signals).map(([id, some]) => oneScore(id, falls, some, from))
  const { id: _, warnings, ...overall } = all
  const leads = leadsOf(falls, clues)
  return {
    ...{ truth: falls.length, visible: visible.length },
    ...overall,
    warningsPerFall: ratio(warnings, falls.length),
    visitsPerFall: ratio(countVisits(clues, from), falls.length),
    ...{ byLevel, byRule },
    byCause: [...new Set(falls.map(({ cause }) => cause))].toSorted().map((id) => {
      const of = falls.filter(({ cause }) => cause === id)
      return {
        ...{ id, truth: of.length, visible: of.filter(isVisible).length },
        warnedOfAll: ratio(of.filter((fall) => leads.has(fall)).length, of.length),
      }
    }),
  }
}

const isVisible = ({ carriedOn, fellOn }: FallLine) =>
  carriedOn !== null && daysBetween(carriedOn, fellOn) >= ahead

function groups(warnings: readonly Warning[]): [string, Warning[]][] {
  const of = new Map<string, Warning[]>()
  for (const one of warnings) of.set(one.of, [...(of.get(one.of) ?? []), one])
  return [...of].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function oneScore(
  id: string,
  falls: readonly FallLine[],
  warnings: readonly Warning[],
  from: string,
): FallScore {
  const leads = leadsOf(falls, warnings)
  const visible = falls.filter(isVisible)
  const fellOn = byHousehold(falls)
  const raised = warnings.filter(({ openedOn }) => openedOn >= from)
  const followed = raised.filter(({ householdNo, openedOn }) =>
    fellOn.get(householdNo)?.some((fall) => {
      const days = daysBetween(openedOn, fall.fellOn)
      return days > 0 && days <= year
    }),
  )
  return {
    id,
    warned: ratio(visible.filter((fall) => leads.has(fall)).length, visible.length),
    warnedOfAll: ratio(leads.size, falls.length),
    medianLeadDays: middle([...leads.values()]),
    warnings: raised.length,
    followed: ratio(followed.length, raised.length),
  }
}

/**
 * Falls that were warned of, with the days between. A warning counts that was raised before the fall and stood within the month before
 * it; days before what caused the fall are no lead, and a warning that ended before the cause began is about something else.
 */
function leadsOf(falls: readonly FallLine[], warnings: readonly Warning[]): Map<FallLine, number> {
  const of = byHousehold(warnings)
  const leads = new Map<FallLine, number>()
  for (const fall of falls) {
    const since = fall.causeOn ?? addDays(fall.fellOn, -year)
    const days = (of.get(fall.householdNo) ?? []).flatMap(({ openedOn, closedOn }) => {
      const isBefore = openedOn < fall.fellOn
      const isAbout = closedOn === null || (closedOn >= since && daysBetween(closedOn, fall.fellOn) <= stale)
      return isBefore && isAbout ? [daysBetween(later(openedOn, since), fall.fellOn)] : []
    })
    if (days.length > 0) leads.set(fall, Math.max(...days))
  }
  return leads
}

/** All clues that stand open at once in a household are one visit. */
function countVisits(clues: readonly Warning[], from: string): number {
  let visits = 0
  for (const some of byHousehold(clues).values()) {
    let until: string | null | undefined
    for (const { openedOn, closedOn } of some.toSorted((a, b) => (a.openedOn < b.openedOn ? -1 : 1))) {
      const isNew = until === undefined || (until !== null && openedOn > until)
      if (isNew && openedOn >= from) visits += 1
      if (until === undefined || (until !== null && (closedOn === null || closedOn > until))) until = closedOn
    }
  }
  return visits
}

function byHousehold<T extends { householdNo: string }>(list: readonly T[]): Map<string, T[]> {
  const of = new Map<string, T[]>()
  for (const one of list) {
    const some = of.get(one.householdNo)
    if (some) some.push(one)
    else of.set(one.householdNo, [one])
  }
  return of
}

const ratio = (some: number, all: number) => (all === 0 ? null : Math.round((some / all) * 10_000) / 10_000)

function middle(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null
}

const later = (a: string, b: string) => [a, b].toSorted()[1] ?? a

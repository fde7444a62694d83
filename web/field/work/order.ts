import type { Visit } from '#contract/visits.ts'

const ranks = { red: 0, orange: 1, yellow: 2 } as const

/** Overdue first, then the worse level, then what is due sooner. */
export function byUrgency(a: Visit, b: Visit): number {
  const rank = ({ level }: Visit) => (level === null ? 3 : ranks[level])
  return (
    Number(b.overdue) - Number(a.overdue) ||
    rank(a) - rank(b) ||
    a.dueOn.localeCompare(b.dueOn) ||
    a.household.householdNo.localeCompare(b.household.householdNo)
  )
}

export interface PlaceGroup {
  key: string
  village: string
  group: string | null
  visits: Visit[]
}

/** One way for each place; the place with the most urgent visit comes first. */
export function groupByPlace(visits: readonly Visit[]): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup>()
  for (const visit of visits.toSorted(byUrgency)) {
    const { village } = visit.household
    const key = `${village.code}/${visit.groupName ?? ''}`
    const known = groups.get(key)
    if (known) known.visits.push(visit)
    else groups.set(key, { key, village: village.name, group: visit.groupName, visits: [visit] })
  }
  return [...groups.values()]
}

import type { Visit } from '#contract/work/visits.ts'

const ranks = { red: 0, orange: 1, yellow: 2 } as const

/** Telephones with a browser of some years ago have no `toSorted`. */
export const sorted = <T>(list: readonly T[], compare: (a: T, b: T) => number): T[] => [...list].sort(compare)

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

export interface Place {
  key: string
  village: string
  visits: Visit[]
}

/** One way for each village, and in it from group to group; where the most urgent visit lies comes first. */
export function groupByPlace(visits: readonly Visit[]): Place[] {
  const villages = new Map<string, { village: string; groups: Map<string | null, Visit[]> }>()
  for (const visit of sorted(visits, byUrgency)) {
    const { code, name } = visit.household.village
    const place = villages.get(String(code)) ?? { village: name, groups: new Map<string | null, Visit[]>() }
    villages.set(String(code), place)
    place.groups.set(visit.groupName, [...(place.groups.get(visit.groupName) ?? []), visit])
  }
  return [...villages].map(([key, { village, groups }]) => ({
    key,
    village,
    visits: [...groups.values()].flat(),
  }))
}

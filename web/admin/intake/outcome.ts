import type { Batch } from '#contract/feeds/feeds.ts'

export const outcomes = [
  'usable',
  'changed',
  'unchanged',
  'late',
  'duplicates',
  'reviews',
  'unmatched',
  'rejects',
] as const
export type Outcome = (typeof outcomes)[number]

export interface Part {
  outcome: Outcome
  rows: number
}

/** Where every row of the file went; undefined until the rows are matched. The parts add up to the total. */
export function whereRowsWent({ counts, state }: Pick<Batch, 'counts' | 'state'>): Part[] | undefined {
  const { total, rejected = 0, duplicates = 0, idOnly = 0, nameBirth = 0, unmatched = 0 } = counts
  if (total === undefined || counts.exact === undefined) return undefined
  const reviews = idOnly + nameBirth
  const taken = Math.max(total - rejected - duplicates - reviews - unmatched, 0)
  const isStored = state === 'unchanged' || counts.inserted !== undefined
  const unchanged = state === 'unchanged' ? taken : Math.min(counts.unchanged ?? 0, taken)
  const late = Math.min(counts.late ?? 0, taken - unchanged)
  const rows: Record<Outcome, number> = {
    // Until it is stored nobody knows what of it is new.
    usable: isStored ? 0 : taken,
    changed: isStored ? taken - unchanged - late : 0,
    unchanged: isStored ? unchanged : 0,
    late: isStored ? late : 0,
    duplicates,
    reviews,
    unmatched,
    rejects: rejected,
  }
  return outcomes.filter((outcome) => rows[outcome] > 0).map((outcome) => ({ outcome, rows: rows[outcome] }))
}

/** Share of rejected rows, 0–1; undefined until the file was checked. */
export function rejectShare({ counts }: Pick<Batch, 'counts'>): number | undefined {
  if (counts.total === undefined || counts.rejected === undefined) return undefined
  return counts.total === 0 ? 0 : counts.rejected / counts.total
}

import type { Batch } from '#contract/feeds/feeds.ts'
import { rejectShare } from '../outcome.ts'

export interface DepartmentTrend {
  department: Batch['department']
  /** Shares 0–1 of the batches, oldest first. */
  shares: number[]
  latest: number
}

/** Rejected share of the last batches of each department, the worst latest batch first. `batches` come newest first. */
export function trendByDepartment(
  batches: readonly Pick<Batch, 'department' | 'counts'>[],
  length = 12,
): DepartmentTrend[] {
  const found = new Map<Batch['department'], number[]>()
  for (const batch of batches) {
    const share = rejectShare(batch)
    if (share === undefined) continue
    const shares = found.get(batch.department) ?? []
    if (shares.length < length) found.set(batch.department, [...shares, share])
  }
  return [...found]
    .map(([department, shares]) => ({ department, shares: shares.toReversed(), latest: shares[0] ?? 0 }))
    .sort((a, b) => b.latest - a.latest)
}

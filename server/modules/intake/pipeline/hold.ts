import type { IntakeLimits } from '#server/manifest/intake-hooks.ts'

export interface HoldReason {
  code:
    | 'many-rejects'
    | 'many-duplicates'
    | 'many-unmatched'
    | 'figures-moved'
    | 'figures-tiny'
    | 'figures-huge'
    | 'known-emptied'
    | 'refunds-contradict'
    | 'count-differs'
  /** Shares 0–1; of moved figures how many times larger or smaller they are; of counts what is stated, and as limit what was found. */
  share: number
  limit: number
  column?: { zh: string; en: string }
  /** Medians in fen. */
  known?: number
  found?: number
  rowNos?: number[]
}

export interface HoldFigures {
  total: number
  rejected: number
  duplicates: number
  unmatched: number
}

/** What is abnormal about a batch by the policy in force. Unmatched rows are measured against those that could be read. */
export function holdReasons(figures: HoldFigures, limits: IntakeLimits): HoldReason[] {
  const { total, rejected, duplicates, unmatched } = figures
  const sound = total - rejected
  const measured = [
    { code: 'many-rejects', rows: rejected, of: total, limit: limits.rejectShare },
    { code: 'many-duplicates', rows: duplicates, of: total, limit: limits.duplicateShare },
    { code: 'many-unmatched', rows: unmatched, of: sound, limit: limits.unmatchedShare },
  ] as const
  return measured
    .filter(({ rows, of, limit }) => rows >= limits.holdMinimumRows && rows > of * limit)
    .map(({ code, rows, of, limit }) => ({ code, share: rows / of, limit }))
}

import { yuan } from '#contract/feeds/money-units.ts'
import type { IntakeLimits } from '#server/manifest/intake-hooks.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import type { Figures } from '../../figures/known-figures.ts'
import type { HoldReason } from '../hold.ts'
import type { Compared } from './compare-known.ts'

/**
 * Why the figures of a batch cannot be those of its feed: moved by an order of magnitude, gone where they were known, larger than any
 * household's, or so small in a
 * file without a unit that they are most likely in another one. Against the same households and people where they are known, else
 * against the last file.
 */
export function figureReasons(
  feed: FeedDefinition,
  {
    figures,
    known,
    compared,
  }: { figures: Figures; known: Figures | undefined; compared: readonly Compared[] },
  limits: IntakeLimits['figures'],
): HoldReason[] {
  const labelOf = (key: string) => {
    const column = feed.columns.find((one) => one.key === key)
    return { zh: column?.header ?? key, en: column?.label ?? key }
  }
  const reasons: HoldReason[] = []
  for (const { key, pairs, known: before, emptied, ratioPairs, ratio, ...medians } of compared) {
    const times = ratio === null ? 1 : Math.max(ratio, 1 / ratio)
    if (ratioPairs >= limits.minimumPairs && times >= limits.shiftFactor) {
      const { knownMedian, foundMedian } = medians
      reasons.push(moved(labelOf(key), times, limits.shiftFactor, knownMedian, foundMedian))
    }
    // A column that a few rows had is no column that went missing.
    const isUsual = before >= limits.minimumPairs && before >= pairs * 0.2
    if (isUsual && emptied > before * limits.emptiedShare) {
      reasons.push({
        code: 'known-emptied',
        share: emptied / before,
        limit: limits.emptiedShare,
        column: labelOf(key),
      })
    }
  }
  const factor = feed.steady ? limits.shiftFactor : limits.eventShiftFactor
  const named = new Set(reasons.map(({ code, column }) => `${code} ${column?.zh}`))
  for (const [key, now] of Object.entries({ ...figures })) {
    const last = known?.[key]
    if (!last || named.has(`figures-moved ${labelOf(key).zh}`)) continue
    // Like with like: a file of hospital stays is no larger than one of all bills.
    const pairs = now.by
      ? Object.entries(now.by).map(([group, size]) => [size, last.by?.[group]] as const)
      : [[now, last] as const]
    for (const [size, before] of pairs) {
      if (!before?.median || !size.median) continue
      const rows = Math.min(size.filled, before.filled)
      // A few bills differ tenfold by themselves, a hundredfold only in another unit.
      if (rows < limits.minimumPairs) continue
      const least = rows < limits.minimumRows ? Math.max(factor, limits.eventShiftFactor) : factor
      const times = Math.max(size.median / before.median, before.median / size.median)
      if (times < least) continue
      reasons.push(moved(labelOf(key), times, least, before.median, size.median))
      break
    }
  }
  const rows = Math.max(0, ...Object.values(figures).map((figure) => figure.rows))
  for (const [key, last] of Object.entries(known ?? {})) {
    const filled = figures[key]?.filled ?? 0
    const wasUsual = last.filled >= limits.minimumRows && last.filled > last.rows * limits.emptiedShare
    if (
      wasUsual &&
      rows >= limits.minimumRows &&
      filled === 0 &&
      !named.has(`known-emptied ${labelOf(key).zh}`)
    )
      reasons.push({ code: 'known-emptied', share: 1, limit: limits.emptiedShare, column: labelOf(key) })
  }
  const isNamed = new Set(
    reasons.flatMap(({ code, column }) => (code === 'figures-moved' ? [column?.zh] : [])),
  )
  for (const [key, { median }] of Object.entries(figures)) {
    const column = labelOf(key)
    if (median !== null && median > limits.medianMaximumFen && !isNamed.has(column.zh))
      reasons.push({
        code: 'figures-huge',
        share: 0,
        limit: 0,
        column,
        found: median,
        known: limits.medianMaximumFen,
      })
  }
  return [...reasons, ...tiny(figures, compared, limits)]
}

function moved(
  column: { zh: string; en: string },
  share: number,
  limit: number,
  known: number | null,
  found: number | null,
): HoldReason {
  return {
    code: 'figures-moved',
    share,
    limit,
    column,
    ...(known ? { known } : {}),
    ...(found ? { found } : {}),
  }
}

/**
 * No unit is written, or 元, and no row is known to compare with: amounts of some yuan in every column are thousands or ten thousands.
 */
function tiny(
  figures: Figures,
  compared: readonly Compared[],
  limits: IntakeLimits['figures'],
): HoldReason[] {
  const columns = Object.values(figures).filter(({ filled }) => filled >= limits.minimumPairs)
  const isCompared = compared.some(({ ratioPairs }) => ratioPairs > 0)
  if (
    columns.length === 0 ||
    isCompared ||
    columns.some(({ stated, digits }) => stated !== 'none' && digits !== yuan)
  )
    return []
  const largest = Math.max(...columns.map(({ median }) => median ?? 0))
  if (largest >= limits.unstatedMinimumFen) return []
  return [{ code: 'figures-tiny', share: 0, limit: 0, found: largest, known: limits.unstatedMinimumFen }]
}

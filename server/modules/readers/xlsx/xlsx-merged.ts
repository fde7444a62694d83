import { limits } from '../limits.ts'
import { collectRanges, inOrder, type MergedRange } from '../sheets/merged-cells.ts'
import type { Package } from './xlsx-package.ts'
import { columnOf } from './xlsx-rows.ts'

/** An element with its reference, its prefix and other attributes included, is far shorter. */
const longest = 400
const range = /<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})["']/g

/**
 * What a sheet merges stands behind its rows, where it comes too late: so the part is unpacked once more, and looked through as
 * bytes alone. `<` is never part of a text, so nothing else looks like it.
 */
export async function readMerged(zip: Package, part: string): Promise<MergedRange[]> {
  const { ranges, add } = collectRanges()
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of zip.chunks(part)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    if (!bytes.includes('mergeCell')) {
      rest = bytes.subarray(-longest)
      continue
    }
    const text = bytes.toString('latin1')
    let end = 0
    for (const match of text.matchAll(range)) {
      end = match.index + match[0].length
      add(rangeOf(match[1] ?? '', match[2] ?? ''))
    }
    rest = bytes.subarray(Math.max(end, bytes.length - longest))
  }
  return inOrder(ranges)
}

function rangeOf(from: string, to: string): MergedRange {
  const rowOf = (reference: string) => Math.min(Number(reference.replace(/^\D+/, '')), limits.rows)
  return { top: rowOf(from), bottom: rowOf(to), left: columnOf(from, 0), right: columnOf(to, 0) }
}

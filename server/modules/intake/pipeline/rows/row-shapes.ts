import type { Reason } from '#server/modules/feeds/checks/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import type { FileFormat, RowBatch, RowFault } from '#server/modules/readers/index.ts'
import { columnPlaces, type ReadAs } from '../../figures/column-places.ts'

interface ReadFile extends ReadAs {
  feed: FeedDefinition
  format: FileFormat
}

const shifted: Reason[] = [{ code: 'too-many-cells', key: '' }]
const unpaired: Reason[] = [{ code: 'quote-open', key: '' }]

const rowsLookedAt = 400
/** Rows that end early, and their share, from which on it is how the file is written. */
const habitRows = 3
const habitShare = 0.2

/** Why a row cannot be read by its columns at all; undefined where it can. */
export type ShapeCheck = (
  cells: readonly string[],
  fault: RowFault | undefined,
) => Reason[] | undefined | Promise<Reason[] | undefined>

/**
 * Rows of csv that are not as wide as their header. A separator too many moves all that follows. A row that ends early may have been cut,
 * or the program left out empty cells at its end: then nothing is missing as long as no row fills the columns behind it, or, where many
 * rows end so, as long as no amount is among them, for an amount that is not there counts as none. In a workbook a cell stands where it stands.
 * `read` gives the file once more, for its first rows say which columns are filled; it is called for files with such rows alone.
 */
export function openShapeCheck(file: ReadFile, read: () => AsyncIterable<RowBatch>): ShapeCheck {
  const { feed, format, headers } = file
  if (format !== 'csv') return () => undefined
  const places = columnPlaces(file)
  const used = feed.columns.flatMap(({ key, type }) => {
    const index = places[key]?.index
    return index === undefined ? [] : [{ key, index, isMoney: type === 'money' }]
  })
  const inOrder = used.sort((a, b) => a.index - b.index)
  let known: Promise<Sample> | undefined

  async function cutAt(width: number): Promise<Reason[] | undefined> {
    known ??= sampleOf(read())
    const { filled, isHabit } = await known
    const missing = inOrder.filter(({ index }) => index >= width && filled.has(index))
    const [first] = missing
    if (!first || (isHabit && !missing.some(({ isMoney }) => isMoney))) return undefined
    return [{ code: 'too-few-cells', key: first.key }]
  }
  return (cells, fault) => {
    if (fault === undefined) return cells.length > headers.length ? shifted : undefined
    if (fault === 'quote') return unpaired
    if (fault === 'end') {
      const last = inOrder.find(({ index }) => index >= cells.length) ?? inOrder.at(-1)
      return [{ code: 'too-few-cells', key: last?.key ?? '' }]
    }
    return cutAt(fault)
  }
}

interface Sample {
  /** Columns that some row fills. */
  filled: Set<number>
  /** Whether many rows end early. */
  isHabit: boolean
}

async function sampleOf(batches: AsyncIterable<RowBatch>): Promise<Sample> {
  const filled = new Set<number>()
  let rows = 0
  let short = 0
  for await (const batch of batches) {
    for (const [i, cells] of batch.rows.entries()) {
      rows++
      if (typeof batch.faults?.get(i) === 'number') short++
      for (let at = 0; at < cells.length; at++) if (cells[at] !== '') filled.add(at)
    }
    if (rows >= rowsLookedAt) break
  }
  return { filled, isHabit: short >= habitRows && short >= rows * habitShare }
}

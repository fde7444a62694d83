import { type AsideKind, compileAsideCheck, readAmount } from '#server/modules/feeds/checks/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import {
  cellName,
  type FileUnit,
  openUnitReading,
  type UnitProblem,
  unitColumns,
} from '#server/modules/feeds/units/index.ts'
import type { BesideRow } from '#server/modules/readers/index.ts'
import { columnPlaces, type Stated, unitOf } from './column-places.ts'
import { type FileBasis, titleBasis } from './file-basis.ts'
import { medianOf } from './median.ts'

interface SeenSheet {
  name: string
  headerRow: number
  headers: readonly string[]
  titles: readonly { rowNo: number; cells: string[] }[]
  beside?: readonly BesideRow[]
  sample: readonly { rowNo: number; cells: string[] }[]
}

/** What the first rows of a sheet say of its amounts and of rows that are none. */
export interface SheetFigures {
  unit: FileUnit | null
  unitProblem: UnitProblem | null
  /** What its titles say that the amounts are of, where they say it. */
  basis: FileBasis | null
  figures: { header: string; digits: number; stated: Stated; median: number | null }[]
  /** Whether figures stand in the column, by position. */
  numeric: boolean[]
  asides: { rowNo: number; kind: AsideKind }[]
}

/** `feed` and `mapping`: what the sheet most likely is. */
export function readSheetFigures(
  sheet: SeenSheet,
  fileName: string,
  likely: { feed: FeedDefinition; mapping: Record<string, string> } | undefined,
): SheetFigures {
  const { name, headers, titles, sample, beside = [], headerRow } = sheet
  const reading = openUnitReading()
  for (const row of titles) reading.row(row)
  for (const { cells, cell } of beside) reading.beside(cells, cell)
  reading.name(name)
  if (fileName.replace(/\.\w{1,5}$/, '') !== name) reading.name(fileName)
  const used = new Set(Object.values(likely?.mapping ?? {}))
  for (const [at, header] of headers.entries())
    if (!used.has(header)) reading.header(header, cellName(headerRow, at))
  const asideOf = likely
    ? compileAsideCheck(likely.feed, columnPlaces({ headers, mapping: likely.mapping, unit: null }), headers)
    : () => undefined
  const asides: SheetFigures['asides'] = []
  const rows: SeenSheet['sample'][number][] = []
  const notes: SeenSheet['sample'][number][] = []
  for (const row of sample) {
    const kind = asideOf(row.cells)
    if (kind === undefined) {
      rows.push(row)
      continue
    }
    asides.push({ rowNo: row.rowNo, kind })
    if (kind !== 'note' && kind !== 'signature') continue
    notes.push(row)
    reading.row(row)
  }
  for (const at of unitColumns(headers)) {
    for (const { rowNo, cells } of rows) {
      const cell = cells[at] ?? ''
      if (cell !== '') reading.cell(headers[at] ?? '', cell, cellName(rowNo, at))
    }
  }
  const { unit, problem } = reading
  const columns = headers.map((header, at) => {
    const read = unitOf(header, unit)
    const amounts = rows
      .map(({ cells }) => readAmount(cells[at] ?? '', read.digits))
      .filter((one) => one !== undefined)
    const numbers = amounts.filter((amount) => amount !== null)
    // A column of figures holds nothing else; numbers of documents are too long for amounts.
    const isNumeric = header !== '' && numbers.length > 0 && amounts.length === numbers.length
    return { header, ...read, isNumeric, median: medianOf(numbers.filter((fen) => fen !== 0).map(Math.abs)) }
  })
  return {
    unit,
    unitProblem: problem,
    basis: titleBasis(sheet, { names: [name, fileName.replace(/\.\w{1,5}$/, '')], notes }, likely),
    figures: columns.flatMap(({ isNumeric, ...column }) => (isNumeric ? [column] : [])),
    numeric: columns.map(({ isNumeric }) => isNumeric),
    asides,
  }
}

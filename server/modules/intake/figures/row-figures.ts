import { yuan } from '#contract/feeds/money-units.ts'
import { type AsideKind, compileAsideCheck, type Value } from '#server/modules/feeds/checks/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { cellName, type FileUnit, openUnitReading, unitColumns } from '#server/modules/feeds/units/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { columnPlaces, moneyColumns, type ReadAs } from './column-places.ts'
import type { Figure, Figures } from './known-figures.ts'
import { type MedianSample, medianAcross, openMedian } from './median.ts'

/** Rows that are no data: how many of each kind, and the first of them. */
export interface Asides {
  counts: Partial<Record<AsideKind, number>>
  rows: { rowNo: number; kind: AsideKind }[]
}

const asidesKept = 50

/** What is gathered of a file while its rows are read. */
export interface RowFigures {
  /** What the row is where it is no data; it is noted. Throws where it speaks of a unit that cannot be. */
  aside(rowNo: number, cells: readonly string[]): AsideKind | undefined
  /** A row of data, looked at for its own unit. */
  unitOfRow: ((rowNo: number, cells: readonly string[]) => void) | undefined
  /** A sound row, in the order of the feed's columns. */
  sound(values: readonly Value[]): void
  /** The unit a note at the end gave, when all amounts before it were read in another. */
  laterUnit(): FileUnit | null
  figures(): Figures
  /** Whether an amount was below nothing. */
  goesBack(): boolean
  asides: Asides
  /** How many rows, households or people the file itself says it has, where it says so once. */
  statedCount(): StatedCount | undefined
}

export interface StatedCount {
  rowNo: number
  count: number
  of: 'rows' | 'people' | 'households'
}

const remarkColumns = (headers: readonly string[]) =>
  headers.flatMap((header, at) => (/^(?:备注|说明|附注|注|摘要|remarks?)$/i.test(header.trim()) ? [at] : []))

const countWords = { 行: 'rows', 条: 'rows', 笔: 'rows', 人: 'people', 户: 'households' } as const
/** 共 12 行, 合计：3户, 总计(12 人); not the sum of a page or a part. */
const countStated = /(?:共计?|合计|总计|总)[:：(（]?(?:有)?([\d,]{1,9})([行条笔人户])/

function countOf(cells: readonly string[]): Omit<StatedCount, 'rowNo'> | undefined {
  const text = cells.join(' ').normalize('NFKC').replaceAll(/\s/g, '')
  if (/小计|本页|其中/.test(text)) return undefined
  const [, count = '', word = ''] = countStated.exec(text) ?? []
  const of = countWords[word as keyof typeof countWords]
  return of === undefined ? undefined : { count: Number(count.replaceAll(',', '')), of }
}

export function openRowFigures(feed: FeedDefinition, file: ReadAs): RowFigures {
  const money = moneyColumns(feed, file)
  const asideOf = compileAsideCheck(feed, columnPlaces(file), file.headers)
  const reading = openUnitReading(file.unit)
  const asides: Asides = { counts: {}, rows: [] }
  const sizedBy = feed.columns.findIndex(({ key }) => key === feed.sizedBy)
  // Without a column that tells sizes apart all rows are one group.
  const groups = new Map<Value, MedianSample[]>()
  const groupOf = (value: Value) => {
    const group = groups.get(value) ?? money.map(openMedian)
    groups.set(value, group)
    return group
  }
  let stated: StatedCount | undefined
  let statements = 0
  const unitPlaces = money.length > 0 ? unitColumns(file.headers) : []
  const remarks = money.length > 0 ? remarkColumns(file.headers) : []
  let rows = 0
  let goesBack = false
  function refuseProblem() {
    const { problem } = reading
    if (problem)
      throw new AppError(problem.code, { text: problem.text, cell: problem.cell, other: problem.other })
  }
  return {
    asides,
    aside(rowNo, cells) {
      const kind = asideOf(cells)
      if (kind === undefined) return undefined
      asides.counts[kind] = (asides.counts[kind] ?? 0) + 1
      if (asides.rows.length < asidesKept) asides.rows.push({ rowNo, kind })
      const count = kind === 'total' || kind === 'note' || kind === 'signature' ? countOf(cells) : undefined
      if (count && ++statements === 1) stated = { rowNo, ...count }
      if (money.length > 0 && (kind === 'note' || kind === 'signature')) {
        reading.row({ rowNo, cells })
        refuseProblem()
      }
      return kind
    },
    unitOfRow:
      unitPlaces.length + remarks.length === 0
        ? undefined
        : (rowNo, cells) => {
            for (const at of remarks) reading.remark(cells[at] ?? '', cellName(rowNo, at))
            for (const at of unitPlaces) {
              const cell = cells[at] ?? ''
              if (cell !== '') reading.cell(file.headers[at] ?? '', cell, cellName(rowNo, at))
            }
            refuseProblem()
          },
    sound(values) {
      rows++
      const group = groupOf(sizedBy < 0 ? null : (values[sizedBy] ?? null))
      for (let i = 0; i < money.length; i++) {
        const column = money[i]
        const fen = column && values[column.at]
        if (typeof fen !== 'number' || fen === 0) continue
        if (fen < 0) goesBack = true
        group[i]?.add(Math.abs(fen))
      }
    },
    laterUnit() {
      const { unit } = reading
      const others = money.some(({ stated }) => stated !== 'header')
      return file.unit === null && unit !== null && unit.digits !== yuan && others ? unit : null
    },
    goesBack: () => goesBack,
    statedCount: () => (statements === 1 ? stated : undefined),
    figures: () =>
      Object.fromEntries(
        money.map(({ key, digits, stated }, i) => {
          const samples = [...groups.values()].flatMap((group) => group[i] ?? [])
          const filled = samples.reduce((sum, { count }) => sum + count, 0)
          const figure = { digits, stated, median: medianAcross(samples), filled, rows }
          return [key, sizedBy < 0 ? figure : { ...figure, by: sizesOf(groups, i) }]
        }),
      ),
  }
}

function sizesOf(groups: ReadonlyMap<Value, readonly MedianSample[]>, at: number): NonNullable<Figure['by']> {
  return Object.fromEntries(
    [...groups].flatMap(([value, samples]) => {
      const sample = samples[at]
      return sample ? [[String(value), { median: sample.median(), filled: sample.count }] as const] : []
    }),
  )
}

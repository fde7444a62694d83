/** What a column holds; it decides how a cell is written, shown and laid. */
export type CellKind =
  | 'text'
  /** Numbers of people and things, which nobody adds up: they keep every digit. */
  | 'digits'
  | 'int'
  | 'number'
  /** 分; 元 with two decimals in the file. */
  | 'money'
  /** `YYYY-MM-DD`. */
  | 'date'
  /** An instant; Beijing's time in the file. */
  | 'datetime'
  /** A ratio: 0.25 is 25.0%. */
  | 'percent'

export type CellValue = string | number | null | undefined

/** How a cell stands out: wrong in what was sent back, an example that is no data, a head of a form, text that explains. */
export type CellMark = 'wrong' | 'example' | 'title' | 'note' | 'required' | 'line'

export interface MarkedCell {
  value: CellValue
  mark: CellMark
}

export type Cell = CellValue | MarkedCell

export interface SheetColumn {
  head: string
  kind: CellKind
  /** In characters of Latin width; a Chinese one takes two. */
  width?: number
  /** Summed at the foot. */
  summed?: boolean
  /** What may be chosen in its cells. */
  choices?: readonly string[]
  /** Stands out in the head: a cell that must be filled in. */
  required?: boolean
}

/** Rows that went into a sheet, and the sums of its summed columns by their place. */
export interface SheetCount {
  rows: number
  sums: ReadonlyMap<number, number>
}

/** One table that leaves as a file, in the language of who takes it; the same for every form of file. */
export interface Sheet {
  /** Of the tab. */
  name: string
  /** Above the head, across the columns; none where the file is sent back as a table. */
  title?: string
  columns: readonly SheetColumn[]
  rows: AsyncIterable<readonly (readonly Cell[])[]> | Iterable<readonly (readonly Cell[])[]>
  /** Word for the row of sums (合计); none where there is none. */
  sumWord?: string
  /** Lines below everything, once all rows are known. */
  foot?(count: SheetCount): readonly string[]
  /** Rows below the head that choices and formats reach, where the sheet is to be filled in. */
  roomFor?: number
}

/** Excel's own: what does not fit goes on in a further sheet. */
export const mostRows = 1_048_000
/** Excel takes no more characters in a cell. */
export const mostCharacters = 32_767

export const isMarked = (cell: Cell): cell is MarkedCell => typeof cell === 'object' && cell !== null

export const cellValue = (cell: Cell): CellValue => (isMarked(cell) ? cell.value : cell)

const rightAligned: readonly CellKind[] = ['int', 'number', 'money', 'percent']
export const isNumeric = (kind: CellKind): boolean => rightAligned.includes(kind)

/** Counts rows and sums as they pass. */
export class Counter {
  rows = 0
  readonly sums = new Map<number, number>()
  readonly #summed: readonly number[]

  constructor(columns: readonly SheetColumn[]) {
    this.#summed = columns.flatMap(({ summed }, place) => (summed ? [place] : []))
    for (const place of this.#summed) this.sums.set(place, 0)
  }

  add(row: readonly Cell[]) {
    this.rows++
    for (const place of this.#summed) {
      const value = cellValue(row[place])
      if (typeof value === 'number') this.sums.set(place, (this.sums.get(place) ?? 0) + value)
    }
  }
}

/** The row of sums; its word stands in the first cell. */
export function sumRow({ columns, sumWord = '' }: Sheet, { sums }: SheetCount): CellValue[] {
  return columns.map((_, place) => sums.get(place) ?? (place === 0 ? sumWord : null))
}

/** How wide a text is in a cell. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
  return width
}

const usualWidth: Record<CellKind, number> = {
  text: 14,
  digits: 20,
  int: 8,
  number: 10,
  money: 14,
  date: 12,
  datetime: 17,
  percent: 9,
}

export const columnWidth = ({ head, kind, width }: SheetColumn): number =>
  Math.min(60, Math.max(width ?? usualWidth[kind], widthOf(head) + 3))

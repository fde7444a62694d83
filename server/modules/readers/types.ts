/** `html` are pages, single or as a web archive (mht), and `xml` the workbooks of 2003; both mostly call themselves .xls. */
export type FileFormat = 'xlsx' | 'xls' | 'xlsb' | 'xml' | 'ods' | 'html' | 'dbf' | 'csv'

/** GB18030 covers GBK and GB2312. Null for formats that say it themselves. */
export type FileEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le' | 'utf-16be'

export interface InspectedSheet {
  name: string
  hidden: boolean
  /** The user's row number, from 1; the last one of a header of several rows. */
  headerRow: number
  /** By column position, one line each, unique; '' for a column without a header. Several rows are joined: `收入情况›工资性收入`. */
  headers: string[]
  /** Rows above the header. */
  titles: { rowNo: number; cells: string[] }[]
  /** The first rows of sheets that hold no table of a feed, and texts around the tables of a page: titles, units, notes. */
  beside: BesideRow[]
  /** The first few hundred rows below the header. */
  sample: { rowNo: number; cells: string[] }[]
  /** The first five rows below the header. */
  preview: string[][]
  /** Whether cells below the header are merged over rows. */
  mergesRows: boolean
  /** Rows below the header: exact for xls and dbf, otherwise an estimate. */
  rowEstimate: number
}

/** A row beside the table; `cell` names its place: `说明!A2`. */
export interface BesideRow {
  cell: string
  cells: string[]
}

/** A sheet that holds something, but no row that could name columns. */
export interface OtherSheet {
  name: string
  hidden: boolean
  /** Cells of its widest row among the first: as many as a table has, and it may be one that goes on without its header. */
  columns: number
}

export interface InspectedFile {
  format: FileFormat
  encoding: FileEncoding | null
  /** Sheets with nothing in them are left out. */
  sheets: InspectedSheet[]
  others: OtherSheet[]
}

/** Why a file cannot be read. */
export type UnreadableReason =
  /** `looksLike` names what it is instead: pdf, image, document, html … */
  | 'not-a-table'
  /** A zip, rar, 7z or gz to be unpacked first. */
  | 'archive'
  /** A spreadsheet of a kind not read: et, wks, numbers. */
  | 'unsupported'
  | 'encrypted'
  | 'damaged'
  /** More than any honest file of its kind: `what` is unpacked, ratio, parts, rows, sheets or file; `limit` what is taken. */
  | 'too-large'
  /** Row `row`, column `column` holds more than `limit` characters. */
  | 'cell-too-long'
  /** Row `row` holds more than `limit` characters. */
  | 'row-too-long'
  /** Row `row` has more than `limit` cells. */
  | 'too-many-columns'
  /** Quotation marks do not pair in very many rows, the first of them `row`. */
  | 'quote-not-closed'

export type FileProblem =
  | { code: 'file-empty'; details: Record<string, unknown> }
  | { code: 'header-not-found'; details: Record<string, unknown> }
  | { code: 'file-unreadable'; details: { reason: UnreadableReason } & Record<string, unknown> }

export type FileInspection = ({ ok: true } & InspectedFile) | ({ ok: false } & FileProblem)

export interface ReadOptions {
  format: FileFormat
  encoding: FileEncoding | null
  /** Name of the sheet; the first one where left out. */
  sheet?: string | null
  /** Rows up to and including this one are passed over. */
  headerRow: number
  /** Several sheets read as one table, instead of `sheet` and `headerRow`. */
  layouts?: readonly SheetLayout[] | null
  /** Where inspection has seen that no cells are merged over rows, they need not be looked for again. */
  mergesRows?: boolean
}

/** Where a sheet of several has its columns. */
export interface SheetLayout {
  name: string
  headerRow: number
  /** For each column of the table its place in this sheet, -1 for none; null where they are the same. */
  places: number[] | null
}

/**
 * Up to 2,000 rows that follow each other in the file: row `i` is the user's row `firstRowNo + i`; of several sheets, see
 * `placeOfRow`.
 */
export interface RowBatch {
  firstRowNo: number
  /** Trimmed cells by column position; a row may be shorter than the header (empty cells at its end are left out). */
  rows: string[][]
  /** How many of the rows are not shown when the file is opened: hidden, or left out by a filter. */
  hidden?: number
  /** By position in `rows`, of csv: rows that may not be whole. */
  faults?: Map<number, RowFault>
  /** By position in `rows`: columns that are one merged cell with rows above or below. */
  merged?: Map<number, number[]>
}

/**
 * What is wrong with a row of csv as it is written: `quote`, a quotation mark that has no other; `end`, the file ends in the middle of
 * it; or with how many cells, empty ones included, it ends before its header does.
 */
export type RowFault = 'quote' | 'end' | number

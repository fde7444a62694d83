import { z } from 'zod'
import type { Capability } from '#contract/access/capabilities.ts'
import type { Localized } from '#contract/common.ts'
import type { CellKind, CellValue } from '#contract/sheets/sheet.ts'
import { wordOf, type words } from '#contract/sheets/words.ts'
import type { ExportColumn, ExportSource, ExportViewer, HouseholdOfRow, Language } from './export-source.ts'

export interface Page {
  limit: number
  offset: number
}

interface ListExport<Filter, Row> {
  filter: z.ZodType<Filter>
  capability: Capability | readonly Capability[]
  title: Localized
  /** A page as the list's own route answers it. */
  page(viewer: ExportViewer, filter: Filter, page: Page): Promise<{ total: number; rows: readonly Row[] }>
  columns: readonly ExportColumn<Row>[]
  /** How many there are, where a page of one row costs more than counting. */
  count?(viewer: ExportViewer, filter: Filter): Promise<number>
  household?(row: Row): HouseholdOfRow | null | undefined
  /** Whether nobody else need agree; for lists about nobody. */
  isOwn?(viewer: ExportViewer, filter: Filter): Promise<boolean>
  /** Rows after one of them, by its key: for lists that may be long. */
  after?(viewer: ExportViewer, filter: Filter, last: Row | undefined, limit: number): Promise<readonly Row[]>
}

export const rowsPerPage = 2000

/** A list of a page as it leaves: what its route answers, page by page, in columns. */
export function listExport<Filter, Row>(list: ListExport<Filter, Row>): ExportSource<Filter, Row> {
  const { page, after, columns, count, ...rest } = list
  return {
    ...rest,
    columns: () => columns,
    count: count ?? (async (viewer, filter) => (await page(viewer, filter, { limit: 1, offset: 0 })).total),
    rows: (viewer, filter) =>
      after
        ? rowsAfter((last: Row | undefined) => after(viewer, filter, last, rowsPerPage))
        : pages((at) => page(viewer, filter, at)),
  }
}

async function* pages<Row>(page: (at: Page) => Promise<{ rows: readonly Row[] }>) {
  for (let offset = 0; ; offset += rowsPerPage) {
    const { rows } = await page({ limit: rowsPerPage, offset })
    if (rows.length > 0) yield rows
    if (rows.length < rowsPerPage) return
  }
}

/** Page by page by the key of the last row: what is added meanwhile moves nothing, and no page costs more than the one before. */
export async function* rowsAfter<Row>(read: (last: Row | undefined) => Promise<readonly Row[]>) {
  for (let last: Row | undefined; ; ) {
    const rows = await read(last)
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < rowsPerPage) return
  }
}

/** What a list's route takes besides its page: a file is requested by the same. */
export function filterOf<Shape extends z.ZodRawShape & { page?: z.ZodType; size?: z.ZodType }>(route: {
  '~orpc': { inputSchema?: z.ZodObject<Shape> | undefined }
}) {
  const { inputSchema } = route['~orpc']
  if (!inputSchema) throw new Error('a route that takes nothing is no list to choose from')
  const { page: _page, size: _size, ...shape } = inputSchema.shape
  return z.object(shape)
}

type Cell<Row> = (row: Row, language: Language) => CellValue

/** A column of a list: what stands above it, in both languages, and what a row says. */
export function column<Row>(
  kind: CellKind,
  zh: string,
  en: string,
  cell: Cell<Row>,
  more: Pick<ExportColumn<Row>, 'width' | 'summed' | 'isMarked'> = {},
): ExportColumn<Row> {
  return { head: { zh, en }, kind, cell, ...more }
}

/** A column of codes, in the words of the pages. */
export function wordColumn<Row>(
  kind: keyof typeof words,
  zh: string,
  en: string,
  code: (row: Row) => string | null | readonly string[],
): ExportColumn<Row> {
  return column('text', zh, en, (row, language) => {
    const found = code(row)
    const codes = typeof found === 'string' || found === null ? [found] : found
    return codes.map((one) => wordOf(kind, one, language)).join(language === 'zh' ? '、' : ', ')
  })
}

export const yesNo = (is: boolean, language: Language) =>
  language === 'zh' ? (is ? '是' : '否') : is ? 'Yes' : 'No'

interface Place {
  code: number
  name: string
}

interface Strip {
  householdNo: string
  headName: string
  memberCount: number
  county: Place
  township: Place
  village: Place
}

/** What every list of households begins with. People are summed only where no household stands twice. */
export function householdColumns<Row>(
  of: (row: Row) => Strip,
  { isEachOnce = false }: { isEachOnce?: boolean } = {},
): ExportColumn<Row>[] {
  return [
    column('digits', '户编号', 'Household number', (row) => of(row).householdNo, { width: 22 }),
    column('digits', '行政区划代码', 'Division code', (row) => String(of(row).village.code), { width: 15 }),
    column('text', '县', 'County', (row) => of(row).county.name),
    column('text', '乡镇', 'Township', (row) => of(row).township.name),
    column('text', '村', 'Village', (row) => of(row).village.name),
    column('text', '户主姓名', 'Head', (row) => of(row).headName, { isMarked: true }),
    column('int', '人口', 'People', (row) => of(row).memberCount, { summed: isEachOnce }),
  ]
}

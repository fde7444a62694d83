import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import type { OtherSheet, SheetLayout } from '#server/modules/readers/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { guessMapping, missingColumns } from './guess-feed.ts'
import type { KeptSheet, UploadRow } from './queries.ts'

/** What a batch reads of a file: one sheet, or several as one table. */
export interface ChosenSheets {
  /** The table: its headers, and of several sheets their names joined. */
  sheet: KeptSheet
  layouts: SheetLayout[] | null
  /** Sheets that hold something and are not taken. */
  left: string[]
}

type File = Pick<UploadRow, 'sheets' | 'others' | 'format' | 'encoding'>

/** Names joined as people list them; also what a batch says it took. */
const joined = (sheets: readonly KeptSheet[]) => sheets.map(({ name }) => name).join('、')

/**
 * The sheets the sender names, or else all that hold the table: a workbook of one sheet a township is one file. Where it is not
 * certain what belongs together — a sheet nobody sees, columns that differ, rows that go on without a header — the sender says.
 * Throws `sheet-not-found`, `sheets-unclear` {same, differing, hidden, headless}.
 */
export function chooseSheets(
  feed: FeedDefinition,
  file: File,
  requested: readonly string[],
  mapping?: Record<string, string>,
): ChosenSheets {
  const wanted = requested.map((name) => {
    const sheet = file.sheets.find((one) => one.name === name)
    if (!sheet) throw new AppError('sheet-not-found', { sheet: name })
    return sheet
  })
  const taken = wanted.length > 0 ? file.sheets.filter((sheet) => wanted.includes(sheet)) : all(feed, file)
  const [first, ...rest] = taken
  if (!first) throw new AppError('sheet-not-found', { sheet: requested[0] })
  const differing = rest.filter((sheet) => !isSameLayout(feed, file, first, sheet, mapping))
  if (differing.length > 0) refuse(taken, differing, [], [])
  const names = new Set(taken.map(({ name }) => name))
  const left = [...file.sheets, ...file.others].flatMap(({ name }) => (names.has(name) ? [] : [name]))
  return { ...together(taken, first), left }
}

function refuse(
  same: readonly KeptSheet[],
  differing: readonly KeptSheet[],
  hidden: readonly KeptSheet[],
  headless: readonly OtherSheet[],
): never {
  const namesOf = (sheets: readonly { name: string }[]) => sheets.map(({ name }) => name)
  throw new AppError('sheets-unclear', {
    same: namesOf(same.filter((sheet) => !differing.includes(sheet) && !hidden.includes(sheet))),
    differing: namesOf(differing),
    hidden: namesOf(hidden),
    headless: namesOf(headless),
  })
}

/** Every sheet that can be read as the feed; the one that comes nearest where none can, so that it is told what is missing. */
function all(feed: FeedDefinition, file: File): KeptSheet[] {
  const found = file.sheets.map((sheet) => {
    const mapping = guessMapping(feed, sheet.headers, file)
    return { sheet, columns: Object.keys(mapping), isWhole: missingColumns(feed, mapping).length === 0 }
  })
  const whole = found.filter(({ isWhole }) => isWhole)
  const [first] = whole
  if (!first) {
    const nearest = found.toSorted((a, b) => b.columns.length - a.columns.length)[0]
    return nearest ? [nearest.sheet] : []
  }
  const sheets = whole.map(({ sheet }) => sheet)
  const differing = whole.filter(({ sheet }) => !isSameLayout(feed, file, first.sheet, sheet))
  // Half of its columns, and not what it takes to read them: a slip in a header, more likely than another table.
  const partly = found.filter(
    ({ isWhole, columns }) => !isWhole && columns.length * 2 >= first.columns.length && columns.length >= 2,
  )
  const hidden = sheets.length > 1 ? sheets.filter((sheet) => sheet.hidden) : []
  const width = first.sheet.headers.filter((header) => header !== '').length
  const headless = file.others.filter(({ columns }) => width >= 3 && columns >= width * 0.6)
  const unlike = [...differing, ...partly].map(({ sheet }) => sheet)
  if (unlike.length + hidden.length + headless.length > 0) refuse(sheets, unlike, hidden, headless)
  return sheets
}

/** The same columns in whatever order: every header that is used, and no other that would be and was not there to choose. */
function isSameLayout(
  feed: FeedDefinition,
  file: File,
  first: KeptSheet,
  other: KeptSheet,
  mapping = guessMapping(feed, first.headers, file),
): boolean {
  const theirs = guessMapping(feed, other.headers, file)
  return (
    Object.values(mapping).every((header) => other.headers.includes(header)) &&
    Object.values(theirs).every((header) => first.headers.includes(header))
  )
}

/** One table of all columns there are; each sheet says where it has them. */
function together(sheets: readonly KeptSheet[], first: KeptSheet): Omit<ChosenSheets, 'left'> {
  if (sheets.length === 1) return { sheet: first, layouts: null }
  const headers = [...first.headers]
  for (const sheet of sheets)
    headers.push(...sheet.headers.filter((header) => header !== '' && !headers.includes(header)))
  const layouts = sheets.map((sheet) => ({
    name: sheet.name,
    headerRow: sheet.headerRow,
    places: headers.map((header, i) =>
      header === '' ? (sheet.headers[i] === '' ? i : -1) : sheet.headers.indexOf(header),
    ),
  }))
  const rowEstimate = sheets.reduce((sum, sheet) => sum + sheet.rowEstimate, 0)
  const mergesRows = sheets.some((sheet) => sheet.mergesRows)
  return { sheet: { ...first, name: joined(sheets), headers, rowEstimate, mergesRows }, layouts }
}

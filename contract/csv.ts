/** What a spreadsheet program takes for the beginning of a formula, full-width forms included, or of something it runs. */
const dangerous = '=+\\-@|%＝＋－＠'
const startsDangerous = new RegExp(`^\\s*[${dangerous}]`)
/** Digits it would take for a number and round; ID numbers and bank cards among them. */
const longDigits = /^\d{12,}[\dXx]?$/
/** What {@link cleanGuard} takes off: cells that begin so get one more, so that what was there comes back. */
const guarded = new RegExp(`^'+[\\d${dangerous}]`)
const startsWithControl = /^[\t\r\n]/

/**
 * One cell of every csv we write, here and in the web. None begins with `= + - @`, a tab or a line break, whatever it holds: such
 * cells, negative numbers among them, begin with an apostrophe, and so do long digits, which would lose their end. The readers
 * take it off again ({@link cleanGuard}), so that a file sent back says the same.
 */
export function csvCell(cell: string): string {
  return quoted(longDigits.test(cell) ? `'${cell}` : neverFormula(cell))
}

/** The same for programs, which keep long digits by themselves. */
export const plainCsvCell = (cell: string) => quoted(neverFormula(cell))

function neverFormula(cell: string): string {
  const needsGuard = startsDangerous.test(cell) || startsWithControl.test(cell) || guarded.test(cell)
  return needsGuard ? `'${cell}` : cell
}

function quoted(safe: string): string {
  return /[",\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Tells Excel that the file is UTF-8. */
export const csvMark = '\ufeff'

/** The cell without the apostrophe that kept it from being run or rounded. */
export function cleanGuard(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell
}

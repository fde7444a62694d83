import Papa from 'papaparse'
import { limits } from './limits.ts'
import { unreadable } from './problems.ts'

export interface CsvRecords {
  rows: string[][]
  /** Places in `rows` of lines whose quotation marks do not pair. */
  broken: Set<number>
  /** How far the text was read. */
  cursor: number
}

/** So many lines with a quotation mark too many are slips; more are no csv. */
const mostBroken = 1000
/** In narrower tables a cell of several lines may well hold as many separators as a row. */
const leastWidth = 5

/**
 * Papa's parser by itself, without its stream layer: it receives whole pieces and returns how far it came. A mark that was opened and
 * never closed would make one cell of all that follows up to the next mark: the line it stands in is split as if marks meant nothing,
 * and those behind it are read as rows. `width` is that of most rows: a cell of several lines in which a whole row more finds place
 * has swallowed it.
 */
export function openCsvParser(delimiter: string, width = 0) {
  const parser = new Papa.Parser({ delimiter, newline: '\n' })
  let before = 0
  const brokenRows: number[] = []

  const isSwallowing = (record: string) =>
    width >= leastWidth && record.includes('\n') && countOf(record, delimiter) >= 2 * (width - 1)

  /** Records up to the first whose marks are wrong. */
  function readUntilBroken(text: string, last: boolean) {
    const rows: string[][] = []
    let cursor = 0
    let isBroken = false
    const steps = new Papa.Parser({
      ...{ delimiter, newline: '\n' },
      step({ data: [cells = []], errors, meta }: Papa.ParseResult<string[]>) {
        const record = text.slice(cursor, meta.cursor).replace(/\n$/, '')
        const isUnpaired = errors.length > 0 && (record.includes('\n') || errors.some(isOpen))
        if (isUnpaired || isSwallowing(record)) {
          isBroken = true
          steps.abort()
          return
        }
        rows.push(cells)
        cursor = meta.cursor
      },
    })
    steps.parse(text, 0, !last)
    return { rows, cursor, isBroken: isBroken || (!last && isOpenTooLong(text.slice(cursor))) }
  }

  /** No cell is longer than what a cell can be: a mark open for so long has no other. */
  function isOpenTooLong(text: string) {
    if (text.length <= limits.cell || !text.includes('\n')) return false
    const { errors } = parser.parse(text, 0, false) as Papa.ParseResult<string[]>
    return errors.some((error) => isOpen(error) && text.length - (error.index ?? 0) > limits.cell)
  }

  function readCarefully(text: string, last: boolean): CsvRecords {
    const rows: string[][] = []
    const broken = new Set<number>()
    let cursor = 0
    while (cursor < text.length) {
      const sound = readUntilBroken(text.slice(cursor), last)
      for (const record of sound.rows) rows.push(record)
      cursor += sound.cursor
      if (!sound.isBroken) break
      const end = text.indexOf('\n', cursor)
      broken.add(rows.length)
      brokenRows.push(before + rows.length + 1)
      if (brokenRows.length > mostBroken) throw unreadable('quote-not-closed', { row: brokenRows[0] })
      rows.push(text.slice(cursor, end < 0 ? text.length : end).split(delimiter))
      cursor = end < 0 ? text.length : end + 1
    }
    return { rows, broken, cursor }
  }

  return (text: string, last: boolean): CsvRecords => {
    const { data: rows, errors, meta } = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>
    const isPlain =
      !text.includes('"') ||
      (rows.length > 0 &&
        !errors.some(({ row = 0 }) => row < rows.length) &&
        countOf(text.slice(0, meta.cursor), '\n') <= rows.length)
    const found = isPlain
      ? { rows, broken: new Set<number>(), cursor: meta.cursor }
      : readCarefully(text, last)
    before += found.rows.length
    return found
  }
}

/** Cells of each row; of each line where the marks, most likely by the wrong delimiter, leave few rows. */
export function csvWidths(text: string, delimiter: string): number[] {
  const { data } = new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, true) as Papa.ParseResult<
    string[]
  >
  const lines = text.includes('"') ? text.split('\n').slice(0, -1) : []
  if (data.length * 2 >= lines.length) return data.map((row) => row.length)
  return lines.map((line) => countOf(line, delimiter) + 1)
}

const isOpen = ({ code }: Papa.ParseError) => code === 'MissingQuotes'

function countOf(text: string, part: string) {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

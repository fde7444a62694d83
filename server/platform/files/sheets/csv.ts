import { Readable } from 'node:stream'
import { csvLine, csvMark } from '#contract/csv.ts'
import { plainText } from '#contract/sheets/cell-text.ts'
import { type Cell, Counter, cellValue, type Sheet } from '#contract/sheets/sheet.ts'

/** The same table as csv: the head in its first line, for programs; sums and foot in one line at the end. */
export function csvStream(sheet: Sheet): Readable {
  return Readable.from(csvText(sheet))
}

async function* csvText(sheet: Sheet): AsyncGenerator<string> {
  const { columns, rows, foot } = sheet
  const counter = new Counter(columns)
  const line = (row: readonly Cell[]) =>
    csvLine(columns.map(({ kind }, place) => plainText(kind, cellValue(row[place]))))
  yield csvMark + csvLine(columns.map(({ head }) => head))
  for await (const piece of rows) {
    for (const row of piece) counter.add(row)
    yield piece.map(line).join('')
  }
  if (!foot) return
  const sums = columns.flatMap(({ head, kind }, place) => {
    const sum = counter.sums.get(place)
    return sum === undefined ? [] : `${head} ${plainText(kind, sum)}`
  })
  const [first, ...others] = foot(counter).toReversed()
  yield csvLine([[first, ...others, ...sums].join('　')])
}

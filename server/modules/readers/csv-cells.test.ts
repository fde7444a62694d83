import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine, plainCsvCell } from '#contract/csv.ts'
import { cleanCell } from './cells.ts'

const nasty = fc
  .array(
    fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '|',
      '%',
      '＝',
      '＋',
      '－',
      '＠',
      "'",
      '"',
      ',',
      ';',
      ' ',
      '1',
      '20',
      '甲',
      'x',
      '.',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

/** As a spreadsheet program reads the file. */
const read = (line: string) =>
  (Papa.parse(line.replace(/\r\n$/, ''), { delimiter: ',', newline: '\r\n' }).data[0] ?? []) as string[]

describe('csv cells', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['-5', "'-5"],
    ['+86 10', "'+86 10"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['341221190001010019', "'341221190001010019"],
    ["'=1", "''=1"],
    ['12.50', '12.50'],
    ['2020-03-10', '2020-03-10'],
  ])('writes %j as %s', (cell, written) => expect(csvCell(cell)).toBe(written))

  it('never begin like a formula, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (cells) => {
        const line = csvLine(cells)
        for (const cell of read(line)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
        for (const cell of cells) expect(read(plainCsvCell(cell))[0] ?? '').not.toMatch(/^[=+\-@\t\r]/)
      }),
      { numRuns: 2000 },
    )
  })

  it('say the same after any number of trips through a file', () => {
    fc.assert(
      fc.property(nasty, (original) => {
        const received = cleanCell(original)
        let cell = received
        for (let trip = 0; trip < 3; trip++) cell = cleanCell(read(csvLine([cell, 'end']))[0] ?? '')
        expect(cell).toBe(received)
      }),
      { numRuns: 5000 },
    )
  })
})

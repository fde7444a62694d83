import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileRowCheck, type Value } from '#server/modules/feeds/checks/index.ts'
import { columnFor, findFeed } from '#server/modules/feeds/index.ts'
import { type FileFormat, inspectFile, readRows } from '#server/modules/readers/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  idNumber,
  openIntake,
  registerPeople,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import { type KnownRow, layouts, type MadeFile, makeFile } from '#test/harness/layouts.ts'
import { memoryFile } from '#test/harness/stored-files.ts'
import { openShapeCheck } from '../pipeline/rows/row-shapes.ts'
import { guessMapping, missingColumns } from '../receiving/guess-feed.ts'
import { leaveOut, refuseBases, refuseUnits } from '../receiving/refusals.ts'
import { columnPlaces, type ReadAs } from './column-places.ts'
import { openRowFigures } from './row-figures.ts'
import { readSheetFigures } from './sheet-figures.ts'

const runs = 3000
const found = findFeed('income')
if (!found) throw new Error('no feed income')
const feed = found

const knownRows = fc
  .array(
    fc.record({
      wage: fc.option(fc.integer({ min: 1, max: 10 ** 8 }), { freq: 5 }),
      businessCost: fc.option(fc.integer({ min: 1, max: 10 ** 8 }), { freq: 5 }),
      selfPaid: fc.integer({ min: 1, max: 10 ** 8 }),
    }),
    { minLength: 4, maxLength: 6 },
  )
  .map((rows) =>
    rows.map(
      (row, i): KnownRow => ({
        ...row,
        ...{ name: `测试${'甲乙丙丁戊己'[i] ?? ''}`, idNumber: idNumber(i + 1) },
        ...{ periodFrom: '2018-10-01', periodTo: '2019-09-30' },
      }),
    ),
  )

/** As the intake reads a file, without a database: rows as facts, or the code it is refused with. */
async function read({ name, bytes }: MadeFile): Promise<{ facts: KnownRow[]; back: number[] } | string> {
  const file = memoryFile(bytes)
  const inspection = await inspectFile(file, name, (header) => columnFor(feed, header) !== undefined)
  if (!inspection.ok) return inspection.code
  const [sheet] = inspection.sheets
  if (!sheet) return 'file-empty'
  const mapping = guessMapping(feed, sheet.headers)
  const figures = readSheetFigures(sheet, name, { feed, mapping })
  try {
    if (missingColumns(feed, mapping).length > 0) return 'columns-missing'
    refuseUnits(feed, { ...sheet, ...figures }, mapping)
    refuseBases(feed, { ...sheet, ...figures }, mapping)
    leaveOut(feed, { ...sheet, ...figures }, mapping)
    const as = { headers: sheet.headers, mapping, unit: figures.unit }
    const rows = () => readRows(file, { ...inspection, sheet: sheet.name, headerRow: sheet.headerRow })
    const { later, ...found } = await factsOf(as, inspection.format, rows)
    if (later === null) return found
    const { facts, back } = await factsOf({ ...as, unit: later }, inspection.format, rows)
    return { facts, back }
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

async function factsOf(as: ReadAs, format: FileFormat, rowsOfFile: () => ReturnType<typeof readRows>) {
  const shapeFault = openShapeCheck({ ...as, feed, format }, rowsOfFile)
  const back: number[] = []
  const seen = openRowFigures(feed, as)
  const check = compileRowCheck(feed, columnPlaces(as), { today: '2020-03-10', settlementToleranceFen: 0 })
  const values: Value[] = []
  const facts: KnownRow[] = []
  for await (const { firstRowNo, rows, faults } of rowsOfFile()) {
    for (const [i, cells] of rows.entries()) {
      const fault = faults?.get(i)
      if (fault !== 'quote' && seen.aside(firstRowNo + i, cells) !== undefined) continue
      seen.unitOfRow?.(firstRowNo + i, cells)
      const place = facts.length + back.length
      if ((await shapeFault(cells, fault)) ?? check(cells, values)) {
        back.push(place)
        continue
      }
      const row = Object.fromEntries(feed.columns.map(({ key }, at) => [key, values[at] ?? null]))
      const { name, idNumber, periodFrom, periodTo, wage, businessCost, selfPaid } = row
      facts.push({ name, idNumber, periodFrom, periodTo, wage, businessCost, selfPaid } as KnownRow)
    }
  }
  return { facts, back, later: seen.laterUnit() }
}

describe('files of random layout', () => {
  it('give the facts they were made from, or are refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(knownRows, layouts, async (rows, layout) => {
        const made = makeFile(rows, layout)
        const outcome = await read(made)
        const { back } = made
        if (made.refusal === undefined)
          expect(outcome).toEqual({
            facts: rows.filter((_, i) => i !== back),
            back: back === undefined ? [] : [back],
          })
        else expect([made.refusal, 'unit-contradictory']).toContain(outcome)
      }),
      { numRuns: runs },
    )
  }, 300_000)

  describe('through the database', () => {
    let t: TestDatabase
    let intake: TestIntake
    let people: TestPerson[]
    beforeAll(async () => {
      t = await openTestDatabase()
      intake = openIntake(t.database)
      people = await registerPeople(t.database, intake, 5)
    })
    afterAll(async () => {
      intake.close()
      await t.close()
    })

    it('leave the same facts, or nothing', async () => {
      const amount = fc.integer({ min: 10 ** 6, max: 3 * 10 ** 6 })
      const amounts = fc.array(fc.tuple(amount, amount, amount), { minLength: 5, maxLength: 5 })
      let year = 1950
      await fc.assert(
        fc.asyncProperty(amounts, layouts, async (figures, layout) => {
          year++
          const rows = people.map(({ name, idNumber }, i): KnownRow => {
            const [wage = 0, businessCost = 0, selfPaid = 0] = figures[i] ?? []
            const [periodFrom, periodTo] = [`${year}-01-01`, `${year}-12-31`]
            return { name, idNumber, periodFrom, periodTo, wage, businessCost, selfPaid }
          })
          const made = makeFile(rows, layout)
          const delivered = await intake
            .deliver('income', made.bytes, { name: made.name })
            .catch((error) => error.code)
          if (made.refusal !== undefined) {
            const code = typeof delivered === 'string' ? delivered : await failureOf(delivered.id)
            expect([made.refusal, 'unit-contradictory']).toContain(code)
          }
          const { rows: facts } = await t.database.pool.query(
            `select wage_fen, business_cost_fen, self_paid_fen from income_statement
             where period_to = $1 order by row_no`,
            [`${year}-12-31`],
          )
          const expected = made.refusal === undefined ? rows.filter((_, i) => i !== made.back) : []
          expect(facts).toEqual(
            expected.map((row) => ({
              ...{ wage_fen: row.wage, business_cost_fen: row.businessCost, self_paid_fen: row.selfPaid },
            })),
          )
        }),
        { numRuns: 40, endOnFailure: true },
      )
    }, 300_000)

    async function failureOf(batch: number): Promise<string> {
      const { rows } = await t.database.pool.query(
        "select error ->> 'code' as code from batch where id = $1",
        [batch],
      )
      return String(rows[0]?.code)
    }
  })
})

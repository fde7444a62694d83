import { afterAll, beforeAll, expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { deliverOn, rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { coverFrom } from '#test/harness/facts.ts'
import { csvOf, idNumber, villages } from '#test/harness/intake.ts'
import { getBatch } from '../batches/batch-view.ts'

let t: TestDatabase
let n = 0
beforeAll(async () => {
  t = await openTestDatabase()
  await coverFrom(t.database.db, ['medical-settlement'], 341_221, '2020-03-09')
})
afterAll(() => t.close())

interface Bill {
  no: string
  /** Yuan; below nothing it is a refund. */
  total: number
  on: string
  paid?: number
  admitted?: string
  kind?: string
}

/** Rows as people count them, the header being the first. */
const rows = (...list: number[]) => list.map((row) => ({ sheet: null, row: row + 1 }))

/** Somebody who lives alone, with bills. */
async function patient() {
  n += 1
  const [name, number] = [`病人${'甲乙丙丁戊己庚辛壬癸子丑寅卯'.charAt(n)}`, idNumber(899 + 2 * n)]
  const { here } = await villages(t.database)
  const home = {
    ...{ householdNo: `P${n}`, memberNo: `P${n}-1`, name, idNumber: number, relation: '户主', sex: '男' },
    ...{ education: '小学', labour: '普通劳动力' },
  }
  const household = {
    ...{ householdNo: `P${n}`, villageCode: String(here[0]), headName: name, headIdNumber: number },
    ...{ registered: '是', reliefMark: '脱贫', relievedYear: '2018', memberCount: '1' },
  }
  for (const [feed, row] of Object.entries({ household, member: home }))
    expect((await deliverOn(t.database, feed, csvOf(feed, [row]), '2019-12-01')).state).toBe('merged')
  const send = (asOf: string, ...bills: Bill[]) =>
    deliverOn(
      t.database,
      'medical-settlement',
      csvOf(
        'medical-settlement',
        bills.map(({ no, total, on, paid = total, admitted = '2020-01-10', kind = '住院' }) => ({
          ...{
            name,
            idNumber: number,
            settlementNo: no,
            visitKind: kind,
            admittedOn: admitted,
            settledOn: on,
          },
          ...{ total: total.toFixed(2), selfPaid: paid.toFixed(2), basicPaid: (total - paid).toFixed(2) },
        })),
      ),
      asOf,
    )
  const paid = async () => {
    const [row] = await rowsOf<{ year: number; evidence: number | null }>(
      t.database,
      `select i.inpatient_self_paid_year_fen as year,
         (select sum(e.amount_fen)::bigint from signal s join signal_evidence e on e.county = s.county
            and e.signal_id = s.id where s.county = h.county and s.household_id = h.id and s.rule = 'R01'
            and s.cleared_on is null) as evidence
       from household h join indicator i on i.county = h.county and i.household_id = h.id where h.household_no = $1`,
      [home.householdNo],
    )
    if (row && row.evidence !== null) expect(row.evidence).toBe(row.year)
    return (row?.year ?? Number.NaN) / 100
  }
  return { send, paid, home }
}

async function waitingOf(ref: string) {
  const batch = await getBatch(testDeps(t.database, '2020-03-10') as never, everywhere, ref)
  return batch.waitingRefunds
}
const everywhere = { scope: areaScope(340_000_000_000), department: null }

test('several partial refunds of one number add up; each sent again is once; too much is held', async () => {
  const { send, paid } = await patient()
  await send('2020-02-01', { no: 'A', total: 20_000, on: '2020-01-20' })
  await send('2020-02-10', { no: 'A', total: -3000, on: '2020-02-05' })
  expect(await paid()).toBe(17_000)
  await send('2020-02-20', { no: 'A', total: -2000, on: '2020-02-15' })
  expect(await paid()).toBe(15_000)
  // Two of one day, one of them the one that came already; in one file, too.
  const again = await send(
    '2020-03-01',
    { no: 'A', total: -2000, on: '2020-02-15' },
    { no: 'A', total: -500, on: '2020-02-15' },
    { no: 'A', total: -400, on: '2020-02-16' },
  )
  expect(again.counts).toMatchObject({ inserted: 2, unchanged: 1, rejected: 0 })
  expect(await paid()).toBe(14_100)
  const much = await send('2020-03-02', { no: 'A', total: -15_000, on: '2020-02-20' })
  expect(much.state).toBe('held')
  expect(await paid()).toBe(14_100)
})

test('a refund whose bill is not known waits for it and takes nothing from another, earlier or later', async () => {
  const { send, paid } = await patient()
  await send('2020-02-01', { no: 'B1', total: 9000, on: '2020-01-20' })
  const { ref } = await send(
    '2020-02-10',
    { no: 'B1', total: -100, on: '2020-02-05' },
    { no: 'B9', total: -4000, on: '2020-02-05' },
  )
  expect([await paid(), await waitingOf(ref)]).toEqual([8900, { count: 1, rows: rows(2) }])
  // Of the same stay and amount, made out after it: its own bill anew, not the one that went back.
  await send('2020-02-20', { no: 'B10', total: 4000, on: '2020-02-12' })
  expect([await paid(), (await waitingOf(ref)).count]).toEqual([12_900, 1])
  await send('2020-03-01', { no: 'B9', total: 4000, on: '2020-01-25' })
  expect([await paid(), await waitingOf(ref)]).toEqual([12_900, { count: 0, rows: [] }])
})

test('a refund of a number of its own takes back the bill it mirrors, one for one, and no other stay', async () => {
  const { send, paid } = await patient()
  await send(
    '2020-02-01',
    { no: 'C1', total: 5000, on: '2020-01-20' },
    { no: 'C2', total: 5000, on: '2020-01-21' },
    { no: 'C3', total: 700, on: '2020-01-22', admitted: '2020-01-15' },
    { no: 'C4', total: 900, paid: 400, on: '2020-01-22' },
  )
  expect(await paid()).toBe(11_100)
  const { ref } = await send(
    '2020-02-10',
    { no: 'X0', total: -5000, on: '2020-01-19' },
    { no: 'X1', total: -5000, on: '2020-02-01' },
    { no: 'X3', total: -700, on: '2020-02-01' },
    { no: 'X4', total: -900, paid: -500, on: '2020-02-01' },
  )
  expect([await paid(), await waitingOf(ref)]).toEqual([6100, { count: 3, rows: rows(1, 3, 4) }])
})

test('taken back whole and made out anew under its number: the new bill counts, whatever is sent again', async () => {
  const { send, paid } = await patient()
  const first = { no: 'D', total: 20_000, on: '2020-01-20' }
  const back = { no: 'D', total: -20_000, on: '2020-02-05' }
  const anew = { no: 'D', total: 23_000, on: '2020-02-06' }
  await send('2020-02-01', first)
  await send('2020-02-10', back)
  expect(await paid()).toBe(0)
  expect((await send('2020-02-20', anew)).counts).toMatchObject({ inserted: 1, superseded: 0 })
  expect(await paid()).toBe(23_000)
  const { counts } = await send('2020-02-25', first, back)
  expect([counts.unchanged, await paid()]).toEqual([2, 23_000])
  expect((await send('2020-02-26', anew)).counts).toMatchObject({ unchanged: 1 })
  await send(
    '2020-03-03',
    { ...anew, total: -23_000, on: '2020-03-01' },
    { ...anew, total: 1500, on: '2020-03-02' },
  )
  expect(await paid()).toBe(1500)
  // What is said of the last one alone takes its place.
  await send('2020-03-05', { ...anew, total: 1600, on: '2020-03-02' })
  expect(await paid()).toBe(1600)
})

test('all three in one file, on one day', async () => {
  const { send, paid } = await patient()
  const on = '2020-01-20'
  const { counts } = await send(
    '2020-02-01',
    { no: 'E', total: 8000, paid: 8000, on },
    { no: 'E', total: -8000, paid: -8000, on },
    { no: 'E', total: 8000, paid: 2500, on },
  )
  expect([counts.inserted, counts.rejected, await paid()]).toEqual([3, 0, 2500])
})

test('a refund goes with the person, and still waits for its bill there', async () => {
  const one = await patient()
  const other = await patient()
  const { ref } = await one.send('2020-02-10', { no: 'F', total: -300, on: '2020-02-05' })
  expect(await waitingOf(ref)).toEqual({ count: 1, rows: rows(1) })
  const moved = { ...one.home, householdNo: other.home.householdNo, memberNo: 'F2', relation: '配偶' }
  await deliverOn(t.database, 'member', csvOf('member', [moved]), '2020-02-20')
  expect((await waitingOf(ref)).count).toBe(1)
  await one.send('2020-02-25', { no: 'F', total: 900, on: '2020-02-01' })
  expect([await other.paid(), (await waitingOf(ref)).count]).toEqual([600, 0])
})

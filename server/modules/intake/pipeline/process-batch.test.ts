import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  idNumber,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'

let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 40)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const person = (i: number): TestPerson => {
  const found = people[i]
  if (!found) throw new Error(`no person ${i}`)
  return found
}
const medical = (rows: Record<string, string>[]) => csvOf('medical-settlement', rows)
const deliver = (rows: Record<string, string>[], more = {}) =>
  intake.deliver('medical-settlement', medical(rows), more)

async function facts(prefix: string) {
  const { rows } = await t.database.pool.query(
    `select f.settlement_no as no, f.self_paid_fen as fen, f.known_until is null as live, b.id as batch
     from medical_settlement f join batch b on b.id = f.batch_id where settlement_no like $1
     order by 1, f.known_from, f.batch_id`,
    [`${prefix}%`],
  )
  return rows
}

describe('a file on its way', () => {
  it('becomes facts of the people it names, in fen, with batch and row', async () => {
    const { state, counts, id } = await deliver([
      settlement(person(0), 'A1', 123.45),
      settlement(person(1), 'A2', 80),
    ])
    expect(state).toBe('merged')
    expect(counts).toMatchObject({ total: 2, rejected: 0, exact: 2, inserted: 2, unmatched: 0 })
    expect(await facts('A')).toEqual([
      { no: 'A1', fen: 12_345, live: true, batch: id },
      { no: 'A2', fen: 8000, live: true, batch: id },
    ])
    const { rows } = await t.database.pool.query(
      `select f.row_no, p.name, h.household_no from medical_settlement f
       join person p on p.county = f.county and p.id = f.person_id
       join household h on h.county = f.county and h.id = f.household_id where settlement_no = 'A2'`,
    )
    expect(rows).toEqual([{ row_no: 3, name: person(1).name, household_no: person(1).householdNo }])
  })

  it('leaves nothing behind but its facts: no working tables, no progress', async () => {
    const { rows: tables } = await t.database.pool.query(
      "select relname from pg_class where relnamespace = 'intake'::regnamespace",
    )
    expect(tables).toEqual([])
    const { rows } = await t.database.pool.query('select 1 from batch where progress_stage is not null')
    expect(rows).toEqual([])
  })

  it('keeps of people outside the registry nothing but a count', async () => {
    const stranger = { name: '外乡人', idNumber: idNumber(900) }
    const { state, counts, id } = await deliver([settlement(person(2), 'B1'), settlement(stranger, 'B2')])
    expect(state).toBe('merged')
    expect(counts).toMatchObject({ exact: 1, unmatched: 1, inserted: 1 })
    expect(await facts('B')).toHaveLength(1)
    for (const table of ['batch_reject', 'batch_review']) {
      const { rows } = await t.database.pool.query(`select 1 from ${table} where batch_id = $1`, [id])
      expect(rows).toEqual([])
    }
  })

  it('counts identical rows as duplicates and sends contradicting ones back, naming the other row', async () => {
    const { counts, id } = await deliver([
      settlement(person(3), 'C1', 100),
      settlement(person(3), 'C1', 100),
      settlement(person(3), 'C1', 999),
    ])
    expect(counts).toMatchObject({ exact: 3, duplicates: 1, rejected: 1, inserted: 1 })
    expect(await facts('C')).toMatchObject([{ no: 'C1', fen: 10_000, live: true }])
    const { rows } = await t.database.pool.query(
      'select row_no, reasons from batch_reject where batch_id = $1',
      [id],
    )
    expect(rows).toEqual([
      { row_no: 4, reasons: [{ code: 'key-conflict', key: 'settlementNo', detail: '2' }] },
    ])
  })

  it('takes the rows of the county it is for and no others', async () => {
    const elsewhere = person(39)
    const { counts } = await deliver([settlement(person(4), 'D1'), settlement(elsewhere, 'D2')], {
      area: 341_221_000_000,
    })
    expect(counts).toMatchObject({ exact: 1, unmatched: 1, inserted: 1 })
    expect((await facts('D')).map(({ no }) => no)).toEqual(['D1'])
  })

  it('distinguishes a wrong name and a wrong number from a match, and waits for a person with both', async () => {
    const { counts, id } = await deliver([
      settlement({ ...person(5), name: '测试错' }, 'E1'),
      settlement({ name: person(6).name, idNumber: idNumber(777) }, 'E2'),
    ])
    expect(counts).toMatchObject({ exact: 0, idOnly: 1, nameBirth: 1, unmatched: 0, inserted: 0 })
    expect(await facts('E')).toEqual([])
    const { rows } = await t.database.pool.query(
      `select r.row_no, r.match_class, p.name from batch_review r
       join person p on p.county = r.county and p.id = r.person_id where batch_id = $1 order by 1`,
      [id],
    )
    expect(rows).toEqual([
      { row_no: 2, match_class: 'id-only', name: person(5).name },
      { row_no: 3, match_class: 'name-birth', name: person(6).name },
    ])
  })

  it('reports that the same file changes nothing, at once and row by row', async () => {
    const text = medical([settlement(person(7), 'F1', 10), settlement(person(7), 'F2', 20)])
    const first = await intake.deliver('medical-settlement', text)
    const again = await intake.deliver('medical-settlement', text)
    expect(again.state).toBe('unchanged')
    expect(again.counts).toMatchObject({ total: 2, inserted: 0, superseded: 0, unchanged: 2 })
    // Other bytes that say the same: read in full, and found to say nothing new.
    const other = await intake.deliver('medical-settlement', `${text}\r\n`)
    expect(other.state).toBe('unchanged')
    expect(other.counts).toMatchObject({ inserted: 0, superseded: 0, unchanged: 2 })
    expect((await facts('F')).map(({ batch }) => batch)).toEqual([first.id, first.id])
  })

  it('supersedes what a later file says differently and keeps the earlier row readable', async () => {
    const first = await deliver([settlement(person(8), 'G1', 10), settlement(person(8), 'G2', 20)])
    const later = await deliver([settlement(person(8), 'G1', 11)])
    expect(later.counts).toMatchObject({ inserted: 0, superseded: 1, unchanged: 0 })
    expect(await facts('G')).toEqual([
      { no: 'G1', fen: 1000, live: false, batch: first.id },
      { no: 'G1', fen: 1100, live: true, batch: later.id },
      { no: 'G2', fen: 2000, live: true, batch: first.id },
    ])
  })

  it('withdraws what a correction leaves out, through a chain of corrections', async () => {
    const first = await deliver([1, 2, 3].map((n) => settlement(person(9), `H${n}`, n)))
    const second = await deliver([settlement(person(9), 'H1', 1), settlement(person(9), 'H2', 22)], {
      corrects: first.ref,
    })
    expect(second.counts).toMatchObject({ inserted: 0, superseded: 2, unchanged: 1 })
    const third = await deliver([settlement(person(9), 'H2', 22)], { corrects: second.ref })
    expect(third.counts).toMatchObject({ inserted: 0, superseded: 1, unchanged: 1 })
    expect((await facts('H')).filter(({ live }) => live)).toEqual([
      { no: 'H2', fen: 2200, live: true, batch: second.id },
    ])
  })

  it('fails with the reason when the file turns out broken on the way', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => settlement(person(i % 39), `Z${i}`, i))
    const text = `${medical(rows)}${'"never closed,x\n'.repeat(2000)}`
    const { state, id } = await intake.deliver('medical-settlement', text)
    expect(state).toBe('failed')
    const { rows: failed } = await t.database.pool.query('select error from batch where id = $1', [id])
    expect(failed[0]?.error).toMatchObject({
      code: 'file-unreadable',
      details: { reason: 'quote-not-closed' },
    })
    expect(await facts('Z')).toEqual([])
  })
})

describe('GBK with wrapped digits', () => {
  it('is read like any other file', async () => {
    const iconv = await import('iconv-lite')
    const rows = [settlement(person(10), 'K1', 66), settlement(person(11), 'K2', 67)]
    const wrapped = rows.map((row) => ({ ...row, idNumber: `="${row.idNumber}"` }))
    const { state, counts } = await intake.deliver(
      'medical-settlement',
      iconv.default.encode(`测试县医保局费用结算表\r\n\r\n${medical(wrapped)}`, 'gbk'),
    )
    expect(state).toBe('merged')
    expect(counts).toMatchObject({ total: 2, exact: 2, inserted: 2 })
    expect((await facts('K')).map(({ fen }) => fen)).toEqual([6600, 6700])
  })
})

describe('coverage', () => {
  it('reaches to the newest day of the file, or to the period the sender named, in every county of the area', async () => {
    await t.database.pool.query('delete from feed_coverage')
    await deliver([settlement(person(12), 'L1', 5, { settledOn: '2020-02-20' })], { area: 341_221_000_000 })
    const until = async (county: number) => {
      const { rows } = await t.database.pool.query(
        "select covered_until from feed_coverage where feed = 'medical-settlement' and county = $1",
        [county],
      )
      return rows[0]?.covered_until
    }
    expect(await until(341_221)).toBe('2020-02-20')
    await deliver([settlement(person(12), 'L2')], { area: 341_221_000_000, periodTo: '2020-02-29' })
    expect(await until(341_221)).toBe('2020-02-29')
    // An older file takes nothing back.
    await deliver([settlement(person(12), 'L3')], { area: 341_221_000_000, periodTo: '2020-01-31' })
    expect(await until(341_221)).toBe('2020-02-29')
  })
})

import { buffer, text } from 'node:stream/consumers'
import { read, utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
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
import { processBatch } from '../pipeline/process-batch.ts'
import { getBatch, listRejects, listReviews } from './batch-view.ts'
import { refuseBatch, releaseBatch } from './decide-batch.ts'
import { decideReviews } from './decide-reviews.ts'
import { rejectFile } from './reject-file.ts'

const everywhere = { scope: areaScope(340_000_000_000), department: null }
const page = { page: 1, size: 50 }
let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 30)
  await t.database.pool.query(
    `insert into auth_user (id, name, email, email_verified, created_at, updated_at)
     values ('u1', '测试员', 'u1@accounts.invalid', false, now(), now())`,
  )
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const person = (i: number) => people[i] ?? { householdNo: '', village: 0, name: '', idNumber: '' }
const deliver = (rows: Record<string, string>[]) =>
  intake.deliver('medical-settlement', csvOf('medical-settlement', rows))
const verdict = { by: 'u1', reason: '已与医保局核对' }

async function countFacts(prefix: string) {
  const { rows } = await t.database.pool.query<{ n: number }>(
    'select count(*) as n from medical_settlement where settlement_no like $1 and known_until is null',
    [`${prefix}%`],
  )
  return rows[0]?.n
}

/** Ten sound rows and ten with a number mistyped. */
const half = (prefix: string) =>
  people.slice(0, 20).map((one, i) => {
    const wrong = `${one.idNumber.slice(0, 17)}${one.idNumber.endsWith('1') ? '2' : '1'}`
    return settlement(i < 10 ? one : { ...one, idNumber: wrong }, `${prefix}${i}`)
  })

describe('an abnormal batch', () => {
  it('is held, shows why, and exports the rejected rows before anybody decides', async () => {
    const { state, ref } = await deliver(half('A'))
    expect(state).toBe('held')
    expect(await countFacts('A')).toBe(0)
    const batch = await getBatch(intake.deps, everywhere, ref)
    expect(batch.holdReasons).toEqual([{ code: 'many-rejects', share: 0.5, limit: 0.2 }])
    expect(batch.counts).toMatchObject({ total: 20, rejected: 10, exact: 10 })
    expect((await listRejects(intake.deps, everywhere, ref, page)).total).toBe(10)
  })

  it('goes on when released with a reason, and only once', async () => {
    const { ref } = await deliver(half('B'))
    await expect(releaseBatch(intake.deps, everywhere, ref, { by: 'u1', reason: ' ' })).rejects.toMatchObject(
      {
        code: 'reason-required',
      },
    )
    const id = await releaseBatch(intake.deps, everywhere, ref, verdict)
    expect(await processBatch(intake.deps, id)).toBe('merged')
    expect(await countFacts('B')).toBe(10)
    const batch = await getBatch(intake.deps, everywhere, ref)
    expect(batch).toMatchObject({ state: 'merged', decision: { by: '测试员', reason: verdict.reason } })
    expect((await listRejects(intake.deps, everywhere, ref, page)).total).toBe(10)
    await expect(releaseBatch(intake.deps, everywhere, ref, verdict)).rejects.toMatchObject({
      code: 'batch-not-held',
    })
  })

  it('ends when refused', async () => {
    const { ref, id } = await deliver(half('C'))
    await refuseBatch(intake.deps, everywhere, ref, verdict)
    expect(await processBatch(intake.deps, id)).toBe('refused')
    expect(await countFacts('C')).toBe(0)
    await expect(refuseBatch(intake.deps, everywhere, ref, verdict)).rejects.toMatchObject({
      code: 'batch-not-held',
    })
  })

  it('is held for duplicates, contradictions and strangers too, but not for a few rows of a small file', async () => {
    const same = people.slice(0, 8).flatMap((one, i) => [settlement(one, `D${i}`), settlement(one, `D${i}`)])
    expect((await deliver(same)).state).toBe('held')
    const differing = people
      .slice(0, 8)
      .flatMap((one, i) => [settlement(one, `E${i}`, 1), settlement(one, `E${i}`, 2)])
    const contradicting = await deliver(differing)
    expect(contradicting.state).toBe('held')
    const rejects = await listRejects(intake.deps, everywhere, contradicting.ref, page)
    expect(rejects.rows.map(({ reasons }) => reasons[0]?.code)).toEqual(Array(8).fill('key-conflict'))
    const strangers = Array.from({ length: 12 }, (_, i) =>
      settlement({ name: '外乡人', idNumber: idNumber(500 + i) }, `F${i}`),
    )
    expect((await deliver(strangers)).state).toBe('held')
    expect((await deliver([...strangers.slice(0, 3), settlement(person(0), 'F99')])).state).toBe('merged')
  })
})

describe('rejected rows', () => {
  it('are masked and marked on the screen, with reasons in both languages', async () => {
    const sound = people.slice(0, 9).map((one, i) => settlement(one, `G${i}`))
    const { ref } = await deliver([
      ...sound,
      settlement(person(9), 'G9', 100, { total: '9999', settledOn: '明天' }),
    ])
    const { rows, headers } = await listRejects(intake.deps, everywhere, ref, page)
    const [row] = rows
    expect(rows).toHaveLength(1)
    expect(row?.rowNo).toBe(11)
    expect(row?.cells[1]).toBe(`${person(9).idNumber.slice(0, 6)}********${person(9).idNumber.slice(-4)}`)
    expect(row?.marked.map((at) => headers[at])).toContain('结算日期')
    expect(row?.reasons.find(({ code }) => code === 'date-form')?.text).toEqual({
      zh: expect.stringContaining('「结算日期」'),
      en: expect.stringContaining('Settled on'),
    })
  })

  it('come back whole in a file that Excel neither runs nor shortens, and that can be sent again', async () => {
    const sound = people.slice(0, 9).map((one, i) => settlement(one, `H${i}`))
    const bad = settlement(person(9), 'H9', 100, { hospital: '=HYPERLINK("x")', settledOn: '明天' })
    const { ref } = await deliver([...sound, bad])
    const file = await text((await rejectFile(intake.deps, everywhere, ref)).body)
    expect(file.startsWith('\ufeff姓名,证件号码')).toBe(true)
    expect(file).toContain(`,'${person(9).idNumber},`)
    expect(file).toContain(`"'=HYPERLINK(""x"")"`)
    expect(file.split('\r\n')[0]).toMatch(/行号,退回原因$/)
    const again = await intake.deliver('medical-settlement', file.replace('明天', '2020-02-11'))
    expect(again.state).toBe('merged')
    expect(again.counts).toMatchObject({ total: 1, exact: 1, inserted: 1 })
    const { rows } = await t.database.pool.query(
      "select hospital from medical_settlement where settlement_no = 'H9'",
    )
    expect(rows).toEqual([{ hospital: 'HYPERLINK("x")' }])
  })
})

it('rejected rows come back as a workbook with the wrong cells marked, and go in once a cell is mended', async () => {
  const bad = settlement(person(9), 'HX9', 100, { hospital: '=HYPERLINK("x")', settledOn: '明天' })
  const sound = people.slice(0, 9).map((one, i) => settlement(one, `HX${i}`))
  const { ref } = await deliver([...sound, bad])
  const { fileName, body } = await rejectFile(intake.deps, everywhere, ref, 'xlsx')
  expect(fileName).toMatch(/-退回\.xlsx$/)
  const book = read(await buffer(body), { cellStyles: true, cellText: true })
  const cells = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
  const [heads = []] = utils.sheet_to_json<string[]>(cells, { header: 1 })
  const at = (header: string) => cells[`${utils.encode_col(heads.indexOf(header))}2`]
  expect(heads.slice(-2)).toEqual(['行号', '退回原因'])
  expect(at('证件号码')?.v).toBe(person(9).idNumber)
  const fillOf = (header: string) => at(header)?.s?.fgColor?.rgb
  expect([fillOf('结算日期'), fillOf('姓名')]).toEqual(['FDE2E1', undefined])
  // Somebody mends the cell and sends the same workbook.
  const wrong = at('结算日期')
  if (wrong) Object.assign(wrong, { v: '2020-02-11', w: '2020-02-11' })
  const again = await intake.deliver(
    'medical-settlement',
    write(book, { type: 'buffer', bookType: 'xlsx' }),
    {
      name: '退回.xlsx',
    },
  )
  expect(again).toMatchObject({ state: 'merged', counts: { total: 1, exact: 1, inserted: 1 } })
})

describe('an uncertain match', () => {
  it('becomes a fact when accepted and is closed when declined', async () => {
    const { ref, id } = await deliver([
      settlement({ ...person(20), name: '测试误' }, 'K1', 70),
      settlement({ name: person(21).name, idNumber: idNumber(888) }, 'K2'),
      settlement(person(22), 'K3'),
    ])
    const { total, rows } = await listReviews(intake.deps, everywhere, ref, page)
    expect(total).toBe(2)
    expect(rows[0]).toMatchObject({ rowNo: 2, nameInFile: '测试误', nameInRegistry: person(20).name })
    const accepted = await decideReviews(intake.deps, everywhere, ref, {
      rowNos: [2],
      decision: 'accepted',
      by: 'u1',
    })
    expect(accepted).toMatchObject({ decided: 1, inserted: 1 })
    const declined = await decideReviews(intake.deps, everywhere, ref, {
      rowNos: [2, 3],
      decision: 'declined',
      by: 'u1',
    })
    expect(declined).toMatchObject({ decided: 1, inserted: 0 })
    const { rows: facts } = await t.database.pool.query(
      `select f.settlement_no as no, f.self_paid_fen as fen, f.batch_id as batch, f.row_no as row, p.name
       from medical_settlement f join person p on p.county = f.county and p.id = f.person_id
       where settlement_no like 'K%' order by 1`,
    )
    expect(facts).toEqual([
      { no: 'K1', fen: 7000, batch: id, row: 2, name: person(20).name },
      { no: 'K3', fen: 50_000, batch: id, row: 4, name: person(22).name },
    ])
    const batch = await getBatch(intake.deps, everywhere, ref)
    expect(batch).toMatchObject({ openReviews: 0, counts: { inserted: 2 } })
  })
})

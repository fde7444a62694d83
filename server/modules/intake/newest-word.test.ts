import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { csvOf, type Delivered, idNumber, openIntake, villages } from '#test/harness/intake.ts'

let t: TestDatabase
let here = 0
let elsewhere = 0
beforeAll(async () => {
  t = await openTestDatabase()
  const found = await villages(t.database)
  here = found.here[0] ?? 0
  elsewhere = found.elsewhere
  await send('household', households('A', 'B', 'C'), { on: '2019-12-01' })
  await send('member', [head('A'), head('B'), head('C'), child('A')], { on: '2019-12-01' })
})
afterAll(() => t.close())

type Row = Record<string, string>
const numbers: Record<string, number> = { A: 1, B: 3, C: 5, child: 7, guest: 9, lodger: 11 }
const names: Record<string, string> = {
  A: '测试甲',
  B: '测试乙',
  C: '测试丙',
  child: '测试丁',
  guest: '测试戊',
  lodger: '测试己',
}
const person = (who: string): Row => ({ name: names[who] ?? '', idNumber: idNumber(numbers[who] ?? 0) })
const households = (...list: string[]): Row[] => list.map((no) => household(no))
const household = (no: string, more: Row = {}): Row => ({
  ...{ householdNo: no, villageCode: String(here), headName: names[no] ?? '', registered: '是' },
  ...{ headIdNumber: idNumber(numbers[no] ?? 0), reliefMark: '脱贫', relievedYear: '2018', ...more },
})
const member = (no: string, who: string, relation: string, more: Row = {}): Row => ({
  ...person(who),
  ...{
    householdNo: no,
    memberNo: `${no}-${who}`,
    sex: Number(idNumber(numbers[who] ?? 0)[16]) % 2 ? '男' : '女',
  },
  ...{ relation, education: '小学', labour: '普通劳动力', ...more },
})
const head = (no: string, more: Row = {}) => member(no, no, '户主', more)
const child = (no: string, more: Row = {}) => member(no, 'child', '之子', more)

/** A file that comes on a day, of an earlier day where `of` says so. */
async function send(
  feed: string,
  rows: readonly Row[] | string,
  { on, of, corrects }: { on: string; of?: string; corrects?: string },
): Promise<Delivered> {
  const intake = openIntake(t.database, on)
  try {
    const body = typeof rows === 'string' ? rows : csvOf(feed, rows)
    return await intake.deliver(feed, body, {
      ...(of === undefined ? {} : { periodTo: of }),
      ...(corrects === undefined ? {} : { corrects }),
    })
  } finally {
    intake.close()
  }
}

const insured = (who: string, resident: string): Row => ({
  ...person(who),
  ...{ year: '2020', resident, employee: '否' },
})
const late = async ({ id }: Delivered) =>
  (await rowsOf<{ n: number }>(t.database, 'select late_rows as n from batch where id = $1', [id]))[0]?.n
const known = async (who: string) =>
  (
    await rowsOf<{ resident: boolean }>(
      t.database,
      `select m.resident from medical_insurance m join person_index i using (county, household_id, person_id)
       where m.known_until is null and i.name = $1`,
      [names[who]],
    )
  ).map(({ resident }) => resident)
const rules = async (no: string) =>
  (
    await rowsOf<{ rule: string }>(
      t.database,
      `select distinct s.rule from signal s join household h on h.county = s.county and h.id = s.household_id
       where h.household_no = $1 and s.cleared_on is null order by 1`,
      [no],
    )
  ).map(({ rule }) => rule)
/** Where somebody is a member now, with the days away; and who belonged to a household on a day. */
const homesOf = (who: string) =>
  rowsOf<{ no: string; away: string | null }>(
    t.database,
    `select h.household_no as no, p.away::text from person p join household h on h.county = p.county
       and h.id = p.household_id where p.name = $1 and p.left_on is null order by 1`,
    [names[who]],
  )

describe('an older file that comes later', () => {
  it('does not say again that somebody is uninsured who was insured since', async () => {
    await send('medical-insurance', [insured('B', '否')], { on: '2020-02-01', of: '2020-01-15' })
    expect(await rules('B')).toContain('R05')
    await send('medical-insurance', [insured('B', '是')], { on: '2020-02-05', of: '2020-01-31' })
    expect(await rules('B')).not.toContain('R05')
    const older = await send('medical-insurance', [insured('B', '否'), insured('C', '是')], {
      ...{ on: '2020-02-06', of: '2020-01-20' },
    })
    expect([older.state, older.counts.inserted, older.counts.superseded, await late(older)]).toEqual([
      ...['merged', 1, 0, 1],
    ])
    expect([await known('B'), await known('C'), await rules('B')]).toEqual([[true], [true], []])
    // It is kept as the past, and readable.
    expect(
      await rowsOf(
        t.database,
        `select resident, known_from = known_until as past from medical_insurance
          where batch_id = $1 and known_until is not null`,
        [older.id],
      ),
    ).toEqual([{ resident: false, past: true }])
  })

  it('is held against the newest file that said the same, not the first', async () => {
    const first = await send('medical-insurance', [insured('A', '是')], {
      on: '2020-02-01',
      of: '2020-01-10',
    })
    const again = await send('medical-insurance', [insured('A', '是')], {
      on: '2020-02-10',
      of: '2020-02-09',
    })
    expect([first.state, again.state]).toEqual(['merged', 'unchanged'])
    await send('medical-insurance', [insured('A', '否')], { on: '2020-02-11', of: '2020-01-31' })
    expect(await known('A')).toEqual([true])
  })

  it('does not take a pupil out of school who is back by the row’s own day', async () => {
    const at = (status: string, reportedOn: string): Row[] => [
      { ...person('child'), term: '2019秋', stage: '小学', status, reportedOn },
    ]
    await send('school-enrolment', at('在校', '2019-12-20'), { on: '2020-01-10' })
    await send('school-enrolment', at('疑似辍学', '2019-11-20'), { on: '2020-01-12' })
    expect(await rowsOf(t.database, 'select status from school_enrolment where known_until is null')).toEqual(
      [{ status: 'enrolled' }],
    )
  })

  it('does not make somebody ill again who has recovered', async () => {
    const of = (outcome: string, outcomeOn: string): Row[] => [
      {
        ...person('C'),
        ...{ kind: '确诊病例', disease: '新型冠状病毒肺炎', diagnosedOn: '2020-02-01', outcome, outcomeOn },
      },
    ]
    await send('illness', of('治愈', '2020-02-25'), { on: '2020-02-26' })
    await send('illness', of('在治', ''), { on: '2020-02-27', of: '2020-02-10' })
    expect(await rowsOf(t.database, 'select outcome from illness where known_until is null')).toEqual([
      { outcome: 'cured' },
    ])
  })

  it('leaves a household where a newer file put it, in the village and in the county', async () => {
    const move = (village: number): Row[] => [
      household('C', { villageCode: String(village), memberCount: '1' }),
    ]
    await send('household', move(elsewhere), { on: '2020-02-20', of: '2020-02-15' })
    const older = await send('household', move(here), { on: '2020-02-21', of: '2020-01-31' })
    expect(
      await rowsOf(
        t.database,
        "select county, village from household where household_no = 'C' and closed_on is null",
      ),
    ).toEqual([{ county: Math.floor(elsewhere / 1e6), village: elsewhere }])
    expect(await late(older)).toBe(1)
  })

  it('that is corrected gives back what an older one said', async () => {
    const right = await send('medical-insurance', [insured('A', '否'), insured('B', '是')], {
      ...{ on: '2020-02-25', of: '2020-02-20' },
    })
    expect(await known('A')).toEqual([false])
    await send('medical-insurance', [insured('B', '是')], { on: '2020-02-26', corrects: right.ref })
    expect(await known('A')).toEqual([true])
  })
})

describe('a member', () => {
  const size = async (no: string) =>
    (
      await rowsOf<{ n: number }>(
        t.database,
        'select member_count as n from household where household_no = $1',
        [no],
      )
    )[0]?.n

  it('who went to another household and comes back is a member again, away in between', async () => {
    expect(await homesOf('child')).toEqual([{ no: 'A', away: null }])
    await send('member', [child('B')], { on: '2020-02-01' })
    expect([await homesOf('child'), await size('A'), await size('B')]).toEqual([
      [{ no: 'B', away: null }],
      1,
      2,
    ])
    await send('member', [child('A')], { on: '2020-03-01' })
    expect([await homesOf('child'), await size('A'), await size('B')]).toEqual([
      [{ no: 'A', away: '{[2020-02-01,2020-03-01)}' }],
      ...[2, 1],
    ])
  })

  it('whom a file took to another household is back where it was, never away, once that is taken back', async () => {
    const wrong = await send('member', [child('B')], { on: '2020-03-01' })
    expect((await homesOf('child')).map(({ no }) => no)).toEqual(['B'])
    await send('member', [head('B')], { on: '2020-03-01', corrects: wrong.ref })
    expect([await homesOf('child'), await size('A'), await size('B')]).toEqual([
      [{ no: 'A', away: '{[2020-02-01,2020-03-01)}' }],
      ...[2, 1],
    ])
  })

  it('who was wrongly said to have moved out was never away', async () => {
    const wrong = await send('member', [head('A'), head('B', { change: '迁出', changedOn: '2020-01-10' })], {
      on: '2020-03-01',
    })
    expect(await homesOf('B')).toEqual([])
    await send('member', [head('A'), head('B')], { on: '2020-03-01', corrects: wrong.ref })
    expect(await homesOf('B')).toEqual([{ no: 'B', away: null }])
  })

  it('is not fetched away by an older file, of a household known or new to it', async () => {
    await send('member', [child('B', { labour: '弱劳动力或半劳动力' })], {
      on: '2020-03-02',
      of: '2020-02-10',
    })
    await send('member', [child('C')], { on: '2020-03-03', of: '2020-01-05' })
    expect((await homesOf('child')).map(({ no }) => no)).toEqual(['A'])
    expect(
      await rowsOf(
        t.database,
        `select h.household_no as no from person_index i
         join household h on h.county = i.county and h.id = i.household_id
         where i.name = $1 and not i.former`,
        [names.child],
      ),
    ).toEqual([{ no: 'A' }])
  })

  it('who stands in two households of one file waits for a person, who sees both rows', async () => {
    const both = await send('member', [child('A'), child('B')], { on: '2020-03-04' })
    expect(both.counts.idOnly).toBe(1)
    expect(
      await rowsOf(
        t.database,
        'select row_no, match_class as doubt, other_row from batch_review where batch_id = $1',
        [both.id],
      ),
    ).toEqual([{ row_no: 3, doubt: 'two-households', other_row: 2 }])
    expect((await homesOf('child')).map(({ no }) => no)).toEqual(['A'])
  })

  it('whom a file took to a household never heard of is back with what became known there', async () => {
    const guest = (no: string) => [member(no, 'guest', '之子')]
    const joined = () =>
      rowsOf(t.database, 'select joined_on from person where name = $1 and left_on is null', [names.guest])
    await send('member', guest('A'), { on: '2020-03-05' })
    const before = await joined()
    const wrong = await send('member', guest('B'), { on: '2020-03-06' })
    await send('medical-insurance', [insured('guest', '是')], { on: '2020-03-07' })
    expect((await homesOf('guest')).map(({ no }) => no)).toEqual(['B'])
    await send('member', [head('B')], { on: '2020-03-08', corrects: wrong.ref })
    expect([await homesOf('guest'), await joined(), await known('guest')]).toEqual([
      ...[[{ no: 'A', away: null }], before, [true]],
    ])
  })

  it('who had left by a record of the last household is nowhere once a later one is taken back', async () => {
    const lodger = (no: string, more: Row = {}) => [member(no, 'lodger', '之子', more)]
    await send('member', lodger('A'), { on: '2020-03-05' })
    await send('member', lodger('C'), { on: '2020-03-06' })
    await send('member', lodger('C', { change: '迁出', changedOn: '2020-03-07' }), { on: '2020-03-07' })
    expect(await homesOf('lodger')).toEqual([])
    const wrong = await send('member', lodger('B'), { on: '2020-03-08' })
    expect((await homesOf('lodger')).map(({ no }) => no)).toEqual(['B'])
    await send('member', [head('B')], { on: '2020-03-08', corrects: wrong.ref })
    expect(await homesOf('lodger')).toEqual([])
  })
})

describe('the same bytes', () => {
  it('sent again after a change are the newest word, and of the same period are not', async () => {
    const a = csvOf('medical-insurance', [insured('B', '否')])
    const b = csvOf('medical-insurance', [insured('B', '是')])
    await send('medical-insurance', a, { on: '2020-03-05' })
    await send('medical-insurance', b, { on: '2020-03-06' })
    expect(await known('B')).toEqual([true])
    expect((await send('medical-insurance', a, { on: '2020-03-07' })).state).toBe('merged')
    expect(await known('B')).toEqual([false])
    await send('medical-insurance', b, { on: '2020-03-08', of: '2020-03-08' })
    await send('medical-insurance', a, { on: '2020-03-09', of: '2020-03-07' })
    expect(await known('B')).toEqual([true])
    expect((await send('medical-insurance', b, { on: '2020-03-09', of: '2020-03-08' })).state).toBe(
      'unchanged',
    )
  })
})

it('a file for a day before the first policy is refused as such, and leaves nothing', async () => {
  const before = await rowsOf(t.database, 'select count(*) as n from batch')
  await expect(send('medical-insurance', [insured('A', '是')], { on: '2018-06-01' })).rejects.toMatchObject({
    code: 'policy-unset',
  })
  expect(await rowsOf(t.database, 'select count(*) as n from batch')).toEqual(before)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliverOn, rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { coverFrom } from '#test/harness/facts.ts'
import { csvOf, idNumber, villages } from '#test/harness/intake.ts'

let t: TestDatabase
let here = 0
beforeAll(async () => {
  t = await openTestDatabase()
  here = (await villages(t.database)).here[0] ?? 0
  await coverFrom(t.database.db, ['medical-settlement'], 341_221, '2020-03-01')
})
afterAll(() => t.close())

interface Member {
  name: string
  idNumber?: string
  birth?: string
  relation?: string
  change?: string
  changedOn?: string
  memberNo?: string
}

async function register(asOf: string, homes: Readonly<Record<string, readonly Member[]>>) {
  const households = Object.entries(homes).map(([no, [head]]) => ({
    ...{ householdNo: no, villageCode: String(here), headName: head?.name ?? '' },
    ...{ headIdNumber: head?.idNumber ?? '', registered: '是', reliefMark: '脱贫', relievedYear: '2018' },
  }))
  const members = Object.entries(homes).flatMap(([no, list]) =>
    list.map(({ name, idNumber: number = '', birth = '', change = '', changedOn = '', ...one }, n) => ({
      ...{
        householdNo: no,
        memberNo: one.memberNo ?? `${no}-${n}`,
        name,
        idNumber: number,
        birth,
        change,
        changedOn,
      },
      ...{ sex: '男', relation: one.relation ?? (n === 0 ? '户主' : '之子'), labour: '无劳动力' },
      education: '文盲或半文盲',
    })),
  )
  for (const [feed, rows] of Object.entries({ household: households, member: members }))
    expect([feed, (await deliverOn(t.database, feed, csvOf(feed, rows), asOf)).state]).toEqual([
      feed,
      expect.stringMatching(/merged|unchanged/),
    ])
}

/** Everybody of that name: in which household, still there or not, with a number or not. */
const named = (name: string) =>
  rowsOf<{ no: string; lives: boolean; numbered: boolean }>(
    t.database,
    `select h.household_no as no, p.left_on is null as lives, p.id_cipher is not null as numbered from person p
     join household h on h.county = p.county and h.id = p.household_id where p.name = $1 order by p.id`,
    [name],
  )

const bill = (asOf: string, name: string, number: string, no: string) =>
  deliverOn(
    t.database,
    'medical-settlement',
    csvOf(
      'medical-settlement',
      [
        {
          name,
          idNumber: number,
          settlementNo: no,
          visitKind: '住院',
          admittedOn: '2020-02-01',
          settledOn: '2020-02-20',
        },
      ].map((row) => ({ ...row, total: '800', selfPaid: '800' })),
    ),
    asOf,
  )

const child = { birth: '2019-11-05' }
const childsNumber = (n: number) => idNumber(n, '20191105')
const [a, b, c, d] = [idNumber(501), idNumber(503), idNumber(505), idNumber(507)]

it('a child without a number who goes with a parent is one child, and gets a number there', async () => {
  await register('2019-12-01', {
    A: [
      { name: '父甲', idNumber: a },
      { name: '母甲', idNumber: b },
      { name: '童甲', ...child },
    ],
    B: [{ name: '父乙', idNumber: c }],
  })
  await register('2020-03-02', {
    B: [
      { name: '父乙', idNumber: c },
      { name: '母甲', idNumber: b, relation: '配偶' },
      { name: '童甲', ...child },
    ],
  })
  expect(await named('童甲')).toEqual([
    { no: 'A', lives: false, numbered: false },
    { no: 'B', lives: true, numbered: false },
  ])
  const number = childsNumber(509)
  await register('2020-03-03', {
    B: [
      { name: '父乙', idNumber: c },
      { name: '童甲', ...child, idNumber: number },
    ],
  })
  expect((await named('童甲')).filter(({ lives }) => lives)).toEqual([
    { no: 'B', lives: true, numbered: true },
  ])
  expect((await bill('2020-03-04', '童甲', number, 'N1')).counts).toMatchObject({ exact: 1 })
})

it('one who gets the number as it moves is one as well, where the household left says that it went', async () => {
  await register('2019-12-01', {
    C: [
      { name: '父丙', idNumber: d },
      { name: '童丙', ...child },
    ],
    D: [{ name: '父丁', idNumber: idNumber(511) }],
  })
  const number = childsNumber(513)
  await register('2020-03-02', {
    C: [
      { name: '父丙', idNumber: d },
      { name: '童丙', ...child, change: '迁出', changedOn: '2020-03-01' },
    ],
    D: [
      { name: '父丁', idNumber: idNumber(511) },
      { name: '童丙', ...child, idNumber: number },
    ],
  })
  expect(await named('童丙')).toEqual([
    { no: 'C', lives: false, numbered: false },
    { no: 'D', lives: true, numbered: true },
  ])
})

it('a number that the new household leaves out is kept: bills go on finding the person', async () => {
  const [x, y] = [idNumber(515), idNumber(517)]
  await register('2019-12-01', {
    E: [
      { name: '父戊', idNumber: x },
      { name: '母戊', idNumber: y },
    ],
    F: [{ name: '父己', idNumber: idNumber(519) }],
  })
  await bill('2020-03-01', '母戊', y, 'N2')
  await register('2020-03-02', {
    E: [
      { name: '父戊', idNumber: x },
      { name: '母戊', idNumber: y, change: '迁出', changedOn: '2020-03-01' },
    ],
    F: [
      { name: '父己', idNumber: idNumber(519) },
      { name: '母戊', birth: '1970-01-01', relation: '配偶' },
    ],
  })
  expect((await named('母戊')).filter(({ lives }) => lives)).toEqual([
    { no: 'F', lives: true, numbered: true },
  ])
  await bill('2020-03-03', '母戊', y, 'N3')
  const bills = await rowsOf(
    t.database,
    `select h.household_no as no, f.settlement_no as bill from medical_settlement f
     join household h on h.county = f.county and h.id = f.household_id
     where f.known_until is null and f.settlement_no in ('N2', 'N3') order by 2`,
  )
  expect(bills).toEqual([
    { no: 'F', bill: 'N2' },
    { no: 'F', bill: 'N3' },
  ])
})

it('two of one name and birthday are two, and nothing but a name moves nobody', async () => {
  await register('2019-12-01', {
    G: [
      { name: '父庚', idNumber: idNumber(521) },
      { name: '童庚', ...child },
    ],
    H: [{ name: '父辛', idNumber: idNumber(523) }],
  })
  await register('2020-03-02', {
    H: [
      { name: '父辛', idNumber: idNumber(523) },
      { name: '童庚', ...child },
    ],
  })
  expect((await named('童庚')).filter(({ lives }) => lives)).toHaveLength(2)
})

it('a newborn entered under a makeshift name gets name, number and member number at once, and stays one', async () => {
  const home = [{ name: '父壬', idNumber: idNumber(525) }]
  await register('2019-12-01', { I: [...home, { name: '壬新生儿', ...child }] })
  await register('2020-03-02', {
    I: [...home, { name: '童壬', ...child, idNumber: childsNumber(527), memberNo: 'I-9' }],
  })
  expect([await named('壬新生儿'), await named('童壬')]).toEqual([
    [],
    [{ no: 'I', lives: true, numbered: true }],
  ])
})

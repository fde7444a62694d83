import { afterAll, beforeAll, expect, test } from 'vitest'
import { dispatchClues } from '#server/modules/clues/index.ts'
import { clueProjections, decideClues, linkClues } from '#server/modules/clues/writing/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openCaseFile } from '#server/modules/procedures/case-writer.ts'
import { assignVisitor } from '#server/modules/visits/index.ts'
import { screenProvince } from '#server/night.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { compareProjections } from '#server/platform/projections/keep.ts'
import { deliverOn, rowsOf } from './harness/cases.ts'
import { openTestDatabase, type TestDatabase, testDeps } from './harness/database.ts'
import { coverFrom } from './harness/facts.ts'
import { csvOf, idNumber, villages } from './harness/intake.ts'

let t: TestDatabase
let made = 0
/** Two villages of different townships, one of the first township besides, and one of another county. */
let [here, beside, there, abroad] = [0, 0, 0, 0]
const county = { userId: 'clerk', area: 341_221_000_000, scope: areaScope(341_221_000_000) }

beforeAll(async () => {
  t = await openTestDatabase()
  const found = await villages(t.database)
  const township = (village: number) => Math.floor(village / 1000)
  here = found.here[0] ?? 0
  beside = found.here.find((one) => one !== here && township(one) === township(here)) ?? 0
  there = found.here.find((one) => township(one) !== township(here)) ?? 0
  abroad = found.elsewhere
  for (const one of [341_221, 341_222]) await coverFrom(t.database.db, ['illness'], one, '2020-03-09')
  await t.database.pool.query(`
    insert into auth_user (id, name, email) select x, x, x || '@accounts.invalid'
      from unnest(array['clerk', 'goer', 'away', 'checker']) x;
    insert into account (user_id, role, area) values ('clerk', 'clerk', 341221000000),
      ('goer', 'village', ${here}), ('away', 'village', ${there}), ('checker', 'checker', 341221000000)`)
})
afterAll(() => t.close())

const person = () => {
  made += 1
  return {
    name: `迁移${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'.charAt(made)}`,
    idNumber: idNumber(699 + 2 * made),
  }
}
type Person = ReturnType<typeof person>

async function register(asOf: string, no: string, village: number, ...people: Person[]) {
  const [head] = people
  const household = {
    ...{
      householdNo: no,
      villageCode: String(village),
      headName: head?.name ?? '',
      headIdNumber: head?.idNumber ?? '',
    },
    ...{ registered: '是', reliefMark: '脱贫', relievedYear: '2018', memberCount: String(people.length) },
  }
  const members = people.map((one, n) => ({
    ...{ householdNo: no, memberNo: `${no}-${one.idNumber}`, ...one, sex: '男', education: '小学' },
    ...{ relation: n === 0 ? '户主' : '其他', labour: '普通劳动力' },
  }))
  for (const [feed, rows] of Object.entries({ household: [household], member: members }))
    expect([no, feed, (await deliverOn(t.database, feed, csvOf(feed, rows), asOf)).state]).toEqual([
      ...[no, feed],
      expect.stringMatching(/merged|unchanged/),
    ])
}

const fallIll = ({ name, idNumber }: Person) =>
  deliverOn(
    t.database,
    'illness',
    `姓名,证件号码,类型,病种,专项救治病种,确诊日期,转归,转归日期\n${name},${idNumber},确诊病例,新型冠状病毒肺炎,否,2020-03-01,在治,\n`,
    '2020-03-02',
  )

interface Standing {
  id: string
  state: string
  assignee: string | null
  dueOn: string | null
  village: number
}

/** Clues of the epidemic of a household, oldest first. */
const clues = (no: string) =>
  rowsOf<Standing>(
    t.database,
    `select c.id, c.state, c.assignee::text, c.due_on::text as "dueOn", c.village from clue c
     join household h on h.county = c.county and h.id = c.household_id
     where h.household_no = $1 and c.cause = 'epidemic' order by c.id`,
    [no],
  )

/** What the timeline of a clue says last, moves with their places. */
async function timelineOf(id: string) {
  const rows = await rowsOf<{ kind: string; from: string | null; to: string | null }>(
    t.database,
    `select kind, details ->> 'movedFrom' as "from", details ->> 'movedTo' as "to" from clue_event where clue_id = $1
     order by id`,
    [id],
  )
  return rows
    .filter(({ from, to }) => from ?? to)
    .map(({ kind, from, to }) => `${kind} ${from ? `from ${from}` : `to ${to}`}`)
}

async function dispatch(no: string, to: 'township' | 'village' = 'village') {
  const [clue] = await clues(no)
  await dispatchClues(testDeps(t.database, '2020-03-03'), county, {
    ...{ ids: [clue?.id ?? ''], to, deadlineWorkingDays: 5, note: '', dryRun: false },
  })
  return (await clues(no))[0] as Standing
}

const send = (clue: string, visitor: string) =>
  assignVisitor(testDeps(t.database, '2020-03-03') as never, county.scope, county as never, {
    ...{ clues: [clue], visitor, reason: '', dryRun: false },
  })

const visitsOf = (no: string) =>
  rowsOf<{ state: string; purpose: string; note: string | null }>(
    t.database,
    `select v.state, v.purpose, v.closed_note as note from visit v join household h on h.county = v.county
       and h.id = v.household_id where h.household_no = $1 order by v.id`,
    [no],
  )

const nameOf = async (village: number) =>
  (await rowsOf<{ name: string }>(t.database, 'select name from division where code = $1', [village]))[0]
    ?.name

/** Two people in one household; the second falls ill. */
async function family(no: string) {
  const [head, other] = [person(), person()]
  await register('2019-12-01', no, here, head, other)
  await fallIll(other)
  return { head, other }
}

test('a dispatched clue follows the person who founds a household in another village, with its day', async () => {
  const { other } = await family('A1')
  const old = await dispatch('A1')
  await register('2020-03-06', 'A2', there, other)
  expect(await clues('A1')).toMatchObject([{ id: old.id, state: 'cleared' }])
  const [now] = await clues('A2')
  expect(now).toMatchObject({ state: 'dispatched', assignee: String(there), dueOn: old.dueOn })
  expect(await timelineOf(old.id)).toEqual([
    `signal-cleared to ${await nameOf(there)}`,
    `cleared to ${await nameOf(there)}`,
  ])
  const from = await nameOf(here)
  expect(await timelineOf(now?.id ?? '')).toEqual([`opened from ${from}`, `dispatched from ${from}`])
})

test('one that lies with a township lies with the other township; in another county it waits for that county', async () => {
  const near = await family('B1')
  await dispatch('B1', 'township')
  await register('2020-03-06', 'B2', there, near.other)
  expect(await clues('B2')).toMatchObject([
    { state: 'dispatched', assignee: String(Math.floor(there / 1000) * 1000) },
  ])
  const far = await family('B3')
  await dispatch('B3')
  await register('2020-03-06', 'B4', abroad, far.other)
  expect(await clues('B3')).toMatchObject([{ state: 'cleared' }])
  expect(await clues('B4')).toMatchObject([{ state: 'new', assignee: null, village: abroad }])
  expect(await timelineOf((await clues('B4'))[0]?.id ?? '')).toEqual([`opened from ${await nameOf(here)}`])
})

test('a planned visit is called off and says why; one that was reported on is decided where it was made', async () => {
  const { other } = await family('C1')
  const old = await dispatch('C1')
  await send(old.id, 'goer')
  expect(await visitsOf('C1')).toMatchObject([{ state: 'planned' }])
  await register('2020-03-06', 'C2', there, other)
  expect(await visitsOf('C1')).toMatchObject([{ state: 'cancelled', note: expect.stringMatching('迁走') }])
  expect(await clues('C2')).toMatchObject([
    { state: 'dispatched', assignee: String(there), dueOn: old.dueOn },
  ])

  const made = await family('C3')
  const visited = await dispatch('C3')
  await send(visited.id, 'goer')
  await t.database.pool.query(
    "update visit set state = 'reported', reported_on = '2020-03-05' where state = 'planned'",
  )
  await register('2020-03-06', 'C4', there, made.other)
  expect(await visitsOf('C3')).toMatchObject([{ state: 'reported' }])
  expect(await clues('C3')).toMatchObject([{ state: 'verifying' }])
  expect(await timelineOf(visited.id)).toEqual([`signal-cleared to ${await nameOf(there)}`])
  expect(await clues('C4')).toMatchObject([{ state: 'new' }])
})

test('a household that ends with a wedding hands on all of it; a clue that is open there already takes it in', async () => {
  const [bride, groom] = [person(), person()]
  await register('2019-12-01', 'D1', here, bride)
  await register('2019-12-01', 'D2', there, groom)
  await fallIll(bride)
  await fallIll(groom)
  await dispatch('D1')
  const his = await dispatch('D2')
  await register('2020-03-06', 'D2', there, groom, bride)
  expect(await clues('D1')).toMatchObject([{ state: 'cleared' }])
  expect(await clues('D2')).toMatchObject([{ id: his.id, state: 'dispatched', assignee: String(there) }])
  expect(await timelineOf(his.id)).toEqual([`signal from ${await nameOf(here)}`])
})

test('an identification whose causes all left ends, and the new place looks into it', async () => {
  const { other } = await family('E1')
  const clue = await dispatch('E1')
  const [home] = await rowsOf<{ county: number; id: number }>(
    t.database,
    "select county, id from household where household_no = 'E1'",
  )
  const at = { by: 'checker', at: new Date('2020-03-04T02:00:00Z') }
  const file = await inTransaction(t.database, async ({ db }) => {
    const confirmed = { clue: clue.id, state: 'confirmed' as const, proof: null, reason: null, note: '' }
    await decideClues(db, home?.county ?? 0, [confirmed], { ...at, today: '2020-03-04' })
    const id = await openCaseFile(db, {
      ...{
        county: home?.county,
        householdId: home?.id,
        village: here,
        kind: 'identification',
        state: 'running',
      },
      ...{ step: 'review', causes: ['epidemic'], openedOn: '2020-03-04', dueOn: '2020-03-20' },
      ...{ totalDueOn: '2020-04-01', pack: 'anhui-2020' },
    })
    await linkClues(db, home?.county ?? 0, [clue.id], id)
    return id
  })
  await register('2020-03-06', 'E2', there, other)
  expect(
    await rowsOf(t.database, 'select state, closed_on::text from case_file where id = $1', [file]),
  ).toEqual([{ state: 'dropped', closed_on: '2020-03-06' }])
  expect(
    await rowsOf(t.database, 'select step, result, details from case_entry where case_id = $1', [file]),
  ).toEqual([{ step: 'review', result: 'dropped', details: { movedTo: await nameOf(there) } }])
  expect(await clues('E2')).toMatchObject([{ state: 'new', village: there }])
})

test('a household that moves to another village takes its clue there, with its day; who cannot go there is called off', async () => {
  const [alone, sent, near] = [person(), person(), person()]
  for (const [no, one] of [
    ['F1', alone],
    ['F2', sent],
    ['F3', near],
  ] as const) {
    await register('2019-12-01', no, here, one)
    await fallIll(one)
  }
  const old = await dispatch('F1')
  await send((await dispatch('F2')).id, 'goer')
  await send((await dispatch('F3', 'township')).id, 'goer')
  await register('2020-03-06', 'F1', there, alone)
  await register('2020-03-06', 'F2', there, sent)
  const moved = await clues('F1')
  expect(moved).toMatchObject([
    { id: old.id, state: 'dispatched', assignee: String(there), dueOn: old.dueOn, village: there },
  ])
  expect(await timelineOf(old.id)).toEqual([`recalled to ${await nameOf(there)}`])
  expect(await clues('F2')).toMatchObject([{ state: 'dispatched', assignee: String(there) }])
  expect(await visitsOf('F2')).toMatchObject([{ state: 'cancelled' }])
  await send((await clues('F2'))[0]?.id ?? '', 'away')
  expect(await visitsOf('F2')).toMatchObject([{ state: 'cancelled' }, { state: 'planned' }])
  // Within the township it lies where it lay, but the village's own visitor cannot go there.
  await register('2020-03-06', 'F3', beside, near)
  expect(await clues('F3')).toMatchObject([
    { state: 'dispatched', assignee: String(Math.floor(beside / 1000) * 1000), village: beside },
  ])
  expect(await visitsOf('F3')).toMatchObject([{ state: 'cancelled' }])
})

test('a household that went to another county is judged there alone, by the night too', async () => {
  const one = person()
  await register('2019-12-01', 'G1', here, one)
  await fallIll(one)
  await register('2020-03-06', 'G1', abroad, one)
  await screenProvince(testDeps(t.database, '2020-03-07'))
  for (const table of ['indicator', 'signal', 'clue'])
    expect([
      table,
      await rowsOf(
        t.database,
        `select distinct x.county from ${table} x join household h on h.id = x.household_id
         where h.household_no = 'G1'`,
      ),
    ]).toEqual([table, [{ county: 341_222 }]])
})

test('what is counted of clues is what they are', async () => {
  expect(await compareProjections(t.database, [clueProjections])).toEqual([])
})

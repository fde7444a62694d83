import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase, testVault } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'

// Two villages of one county and one of another.
const here = 340_121_100_201
const there = 340_122_100_201

let t: TestDatabase
let villages: number[]
beforeAll(async () => {
  t = await openTestDatabase()
  const { rows } = await t.database.pool.query<{ code: string }>(
    `(select code from division where level = 'village' and code between 340121000000 and 340121999999 order by code
    limit 2)
     union all (select code from division where level = 'village' and code between 340122000000 and 340122999999
       order by code limit 1)`,
  )
  villages = rows.map((row) => Number(row.code))
})
afterAll(() => t.close())

const village = (i: number) => villages[i] ?? (i === 2 ? there : here)

async function householdOf(no: string) {
  const { rows } = await t.database.pool.query(
    'select *, closed_on::text from household where household_no = $1',
    [no],
  )
  return rows[0]
}

async function personsOf(no: string) {
  const { rows } = await t.database.pool.query(
    `select p.*, p.left_on::text from person p join household h on h.county = p.county and h.id = p.household_id
     where h.household_no = $1 order by p.id`,
    [no],
  )
  return rows
}

async function indexed(idNumber: string) {
  const { rows } = await t.database.pool.query('select * from person_index where id_index = $1', [
    testVault.blindIndex(idNumber),
  ])
  return rows[0]
}

describe('households', () => {
  test('a new number becomes a household, the same number again the same household', async () => {
    await mergeHouseholds(t.database, [
      { householdNo: 'A1', villageCode: village(0), headName: '甲一', memberCount: 3, phone: '19900000001' },
    ])
    const first = await householdOf('A1')
    expect(first).toMatchObject({
      head_name: '甲一',
      head_pinyin: 'jy',
      member_count: 3,
      closed_on: null,
      category: 'stable',
    })
    expect(testVault.decrypt(first.phone_cipher)).toBe('19900000001')
    await mergeHouseholds(t.database, [
      { householdNo: 'A1', villageCode: village(1), headName: '甲二', monitoringCategory: 'unstable' },
    ])
    const second = await householdOf('A1')
    expect(second).toMatchObject({
      id: first.id,
      ref: first.ref,
      head_name: '甲二',
      village: village(1),
      category: 'unstable',
    })
  })

  test('a number named twice in one file is one household', async () => {
    await mergeHouseholds(t.database, [{ householdNo: 'A2', villageCode: village(0) }])
    const matched = await mergeHouseholds(t.database, [
      { householdNo: 'A2', villageCode: village(0) },
      { householdNo: 'A3', villageCode: village(2) },
    ])
    expect(matched).toEqual(['A2', 'A3'])
    expect((await householdOf('A3')).county).toBe(Math.floor(village(2) / 1e6))
  })

  test('villages that do not exist or lie outside the area are not matched', async () => {
    const area = { from: 340_121_000_000, to: 340_121_999_999 }
    const matched = await mergeHouseholds(
      t.database,
      [
        { householdNo: 'A4', villageCode: village(0) },
        { householdNo: 'A5', villageCode: village(2) },
        { householdNo: 'A6', villageCode: 340_121_999_999 },
      ],
      { area },
    )
    expect(matched).toEqual(['A4'])
    expect(await householdOf('A5')).toBeUndefined()
  })

  test('a household whose record was taken back is closed, and opens again when it returns', async () => {
    await mergeHouseholds(t.database, [{ householdNo: 'A7', villageCode: village(0) }])
    await mergeHouseholds(t.database, [], { withdraw: ['A7'], asOf: '2020-03-12' })
    expect((await householdOf('A7')).closed_on).toBe('2020-03-12')
    await mergeHouseholds(t.database, [{ householdNo: 'A7', villageCode: village(0) }])
    expect((await householdOf('A7')).closed_on).toBeNull()
  })
})

describe('members', () => {
  beforeAll(() =>
    mergeHouseholds(
      t.database,
      ['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8'].map((householdNo, i) => ({
        householdNo,
        villageCode: village(i % 2),
        memberCount: 9,
      })),
    ),
  )

  test('attach by household number, are found by ID number, and set the size of the household', async () => {
    const matched = await mergeMembers(t.database, [
      { householdNo: 'B1', memberNo: 'B1-1', name: '乙一', idNumber: '341221190001010019' },
      {
        householdNo: 'B1',
        memberNo: 'B1-2',
        name: '乙二',
        idNumber: '341322190101010034',
        relation: 'spouse',
      },
      { householdNo: 'nowhere', memberNo: 'X-1', idNumber: '341722196207150042' },
    ])
    expect(matched).toEqual(['B1-1', 'B1-2'])
    const [head, spouse] = await personsOf('B1')
    expect(await indexed('341221190001010019')).toMatchObject({
      person_id: head.id,
      name: '乙一',
      is_head: true,
    })
    expect(await indexed('341322190101010034')).toMatchObject({ person_id: spouse.id, is_head: false })
    expect(await indexed('341722196207150042')).toBeUndefined()
    expect((await householdOf('B1')).member_count).toBe(2)
  })

  test('a file about one area cannot reach households of another', async () => {
    const area = { from: 341_221_000_000, to: 341_221_999_999 }
    expect(
      await mergeMembers(
        t.database,
        [{ householdNo: 'B1', memberNo: 'B1-3', idNumber: '34010119800101001X' }],
        { area },
      ),
    ).toEqual([])
  })

  test('the same person again is the same person, though renumbered or renamed', async () => {
    await mergeMembers(t.database, [
      { householdNo: 'B2', memberNo: 'B2-1', name: '丙一', idNumber: '340101197001010011' },
    ])
    const [before] = await personsOf('B2')
    await mergeMembers(t.database, [
      { householdNo: 'B2', memberNo: 'B2-9', name: '丙二', idNumber: '340101197001010011' },
    ])
    const after = await personsOf('B2')
    expect(after).toHaveLength(1)
    expect(after[0]).toMatchObject({ id: before.id, ref: before.ref, member_no: 'B2-9', name: '丙二' })
    expect(await indexed('340101197001010011')).toMatchObject({ name: '丙二' })
  })

  test('a corrected ID number is found, and the old one as a former one of the same person', async () => {
    await mergeMembers(t.database, [{ householdNo: 'B3', memberNo: 'B3-1', idNumber: 'wrong-number' }])
    const [before] = await personsOf('B3')
    await mergeMembers(t.database, [{ householdNo: 'B3', memberNo: 'B3-1', idNumber: 'right-number' }])
    expect(await personsOf('B3')).toMatchObject([{ id: before.id }])
    expect(await indexed('wrong-number')).toMatchObject({ person_id: before.id, former: true })
    expect(await indexed('right-number')).toMatchObject({ person_id: before.id, former: false })
  })

  test('two members who swap numbers stay themselves', async () => {
    const [a, b] = [
      { householdNo: 'B4', memberNo: 'B4-1', idNumber: 'swap-a' },
      { householdNo: 'B4', memberNo: 'B4-2', idNumber: 'swap-b' },
    ]
    await mergeMembers(t.database, [a, b])
    const before = await personsOf('B4')
    await mergeMembers(t.database, [
      { ...a, memberNo: 'B4-2' },
      { ...b, memberNo: 'B4-1' },
    ])
    const after = await personsOf('B4')
    expect(after.map((p) => [p.id, p.member_no])).toEqual([
      [before[0].id, 'B4-2'],
      [before[1].id, 'B4-1'],
    ])
  })

  test('who marries into another household leaves the first, and is found in the second', async () => {
    await mergeMembers(t.database, [
      { householdNo: 'B5', memberNo: 'B5-1', idNumber: 'stays' },
      { householdNo: 'B5', memberNo: 'B5-2', idNumber: 'moves' },
    ])
    await mergeMembers(t.database, [{ householdNo: 'B6', memberNo: 'B6-1', idNumber: 'moves' }], {
      asOf: '2020-03-15',
    })
    expect((await personsOf('B5')).map((p) => p.left_on)).toEqual([null, '2020-03-15'])
    const [moved] = await personsOf('B6')
    expect(await indexed('moves')).toMatchObject({ person_id: moved.id })
    expect((await householdOf('B5')).member_count).toBe(1)
    expect((await householdOf('B6')).member_count).toBe(1)
  })

  test('a number that one file names in two households counts in the later one only', async () => {
    await mergeMembers(t.database, [
      { householdNo: 'B7', memberNo: 'B7-1', idNumber: 'once' },
      { householdNo: 'B8', memberNo: 'B8-1', idNumber: 'once' },
    ])
    expect(await personsOf('B7')).toMatchObject([{ left_on: '2020-03-10' }])
    const later = await personsOf('B8')
    expect(later).toMatchObject([{ left_on: null }])
    expect(await indexed('once')).toMatchObject({ person_id: later[0].id })
  })

  test('death ends the membership but late bills still find the person; the last death closes the household', async () => {
    await mergeHouseholds(t.database, [{ householdNo: 'C1', villageCode: village(0) }])
    const one = { householdNo: 'C1', memberNo: 'C1-1', idNumber: 'late' }
    await mergeMembers(t.database, [one])
    await mergeMembers(t.database, [{ ...one, change: 'death', changedOn: '2020-02-02' }])
    expect(await personsOf('C1')).toMatchObject([{ left_on: '2020-02-02' }])
    expect(await indexed('late')).toBeDefined()
    expect(await householdOf('C1')).toMatchObject({ member_count: 0, closed_on: '2020-02-02' })
    await mergeMembers(t.database, [one])
    expect(await householdOf('C1')).toMatchObject({ member_count: 1, closed_on: null })
  })

  test('a member whose record was taken back is gone from household and index', async () => {
    await mergeHouseholds(t.database, [{ householdNo: 'C2', villageCode: village(0) }])
    await mergeMembers(t.database, [
      { householdNo: 'C2', memberNo: 'C2-1', idNumber: 'true' },
      { householdNo: 'C2', memberNo: 'C2-2', idNumber: 'false' },
    ])
    await mergeMembers(t.database, [], { withdraw: ['C2-2'], asOf: '2020-03-20' })
    expect((await personsOf('C2')).map((p) => p.left_on)).toEqual([null, '2020-03-20'])
    expect(await indexed('false')).toBeUndefined()
    expect((await householdOf('C2')).member_count).toBe(1)
  })

  test('no person is without a household, and each living number belongs to one person', async () => {
    const { rows } = await t.database.pool.query(
      `select (select count(*)::int from person p left join household h on h.county = p.county and h.id = p.household_id
        where h.id is null) as orphans,
         (select count(*)::int from (select 1 from person where left_on is null group by id_index
           having count(*) > 1) d) as doubles`,
    )
    expect(rows[0]).toEqual({ orphans: 0, doubles: 0 })
  })
})

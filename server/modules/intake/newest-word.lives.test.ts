import '#test/harness/random.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import { rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { csvOf, idNumber, openIntake, villages } from '#test/harness/intake.ts'

const lives = 240
const homes = 80
const today = '2020-03-10'

type Row = Record<string, string>
/** A file and what it says of each life; the day is that of its word. */
interface Arrival {
  feed: 'medical-insurance' | 'member'
  day: string
  words: ReadonlyMap<number, number>
}

const letters = '甲乙丙丁戊己庚辛壬癸'
const nameOf = (n: number) =>
  `测${letters[Math.floor(n / 100) % 10]}${letters[Math.floor(n / 10) % 10]}${letters[n % 10]}`
const numberOf = (n: number) => idNumber(2 * n + 1)
const headOf = (home: number) => lives + home
/** A life has three households it may belong to, and each of them other lives. */
const homeOf = (life: number, word: number) => `H${(life + word * 7) % homes}`

const rowOf: Record<Arrival['feed'], (life: number, word: number) => Row> = {
  'medical-insurance': (life, word) => ({
    ...{ name: nameOf(life), idNumber: numberOf(life), year: '2020', employee: '否' },
    resident: word === 0 ? '否' : '是',
  }),
  member: (life, word) => ({
    ...{
      householdNo: homeOf(life, word),
      memberNo: `M${life}`,
      name: nameOf(life),
      idNumber: numberOf(life),
    },
    ...{ sex: '男', relation: '之子', education: '小学', labour: '普通劳动力' },
  }),
}

/** Files of different days, each of some of the lives, in random order of arrival. */
const arrivals: fc.Arbitrary<Arrival[]> = fc.gen().map((g) => {
  const files = Array.from({ length: 16 }, (_, n): Arrival => {
    const feed = n % 2 === 0 ? 'member' : 'medical-insurance'
    const spoken = Array.from({ length: lives }, (_, life) => life).filter(
      () => g(fc.integer, { min: 1, max: 100 }) <= 55,
    )
    return {
      ...{ feed, day: addDays('2020-01-01', n * 4) },
      words: new Map(spoken.map((life) => [life, g(fc.integer, { min: 0, max: feed === 'member' ? 2 : 1 })])),
    }
  })
  return files
    .map((one) => [g(fc.integer, { min: 0, max: 1_000_000 }), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one)
})

/** Of each life the word of the latest day, whatever came when. */
function newest(files: readonly Arrival[], feed: Arrival['feed']): Map<number, number> {
  const inOrder = files.filter((one) => one.feed === feed).toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return new Map(inOrder.flatMap(({ words }) => [...words]))
}

async function begin(t: TestDatabase) {
  const { here } = await villages(t.database)
  const all = Array.from({ length: homes }, (_, home) => home)
  const households = all.map((home) => ({
    ...{
      householdNo: `H${home}`,
      villageCode: String(here[home % here.length]),
      headName: nameOf(headOf(home)),
    },
    ...{ headIdNumber: numberOf(headOf(home)), registered: '是', reliefMark: '脱贫', relievedYear: '2018' },
  }))
  const heads = all.map((home) => ({
    ...rowOf.member(headOf(home), 0),
    ...{ householdNo: `H${home}`, relation: '户主' },
  }))
  // Everybody is somewhere, by a word older than all that follow.
  const others = Array.from({ length: lives }, (_, life) => rowOf.member(life, 0))
  for (const [feed, rows] of [
    ['household', households],
    ['member', [...heads, ...others]],
  ] as const)
    await deliver(t, feed, rows, '2019-12-01')
}

async function deliver(t: TestDatabase, feed: string, rows: readonly Row[], periodTo: string) {
  const intake = openIntake(t.database, today)
  try {
    const { state, counts } = await intake.deliver(feed, csvOf(feed, rows), { periodTo })
    expect([feed, periodTo, state, counts.rejected, counts.idOnly, counts.unmatched]).toEqual([
      ...[feed, periodTo, expect.stringMatching(/merged|unchanged/), 0, 0, 0],
    ])
  } finally {
    intake.close()
  }
}

test('in whatever order files of different days arrive, every life is what its newest word says', async () => {
  let lateFiles = 0
  await fc.assert(
    fc.asyncProperty(arrivals, async (files) => {
      const t = await openTestDatabase()
      try {
        await begin(t)
        for (const { feed, day, words } of files)
          await deliver(
            t,
            feed,
            [...words].map(([life, word]) => rowOf[feed](life, word)),
            day,
          )
        lateFiles += files.filter(({ day }, n) => files.slice(0, n).some((one) => one.day > day)).length
        const members = await rowsOf<{ name: string; homes: string[] }>(
          t.database,
          `select p.name, array_agg(h.household_no order by 1) as homes from person p
           join household h on h.county = p.county and h.id = p.household_id
           where p.left_on is null and p.relation <> 'head' group by p.name`,
        )
        const where = newest(files, 'member')
        expect(new Map(members.map(({ name, homes: list }) => [name, list]))).toEqual(
          new Map(
            Array.from({ length: lives }, (_, life) => [nameOf(life), [homeOf(life, where.get(life) ?? 0)]]),
          ),
        )
        const insured = await rowsOf<{ name: string; resident: boolean; at_home: boolean }>(
          t.database,
          `select p.name, m.resident, p.left_on is null as at_home from medical_insurance m
           join person p on p.county = m.county and p.id = m.person_id where m.known_until is null`,
        )
        const words = newest(files, 'medical-insurance')
        expect(new Map(insured.map(({ name, resident, at_home }) => [name, [resident, at_home]]))).toEqual(
          new Map([...words].map(([life, word]) => [nameOf(life), [word === 1, true]])),
        )
        const counts = await rowsOf<{ no: string }>(
          t.database,
          `select h.household_no as no from household h where h.member_count <> (select count(*) from person p
             where p.county = h.county and p.household_id = h.id and p.left_on is null)`,
        )
        expect(counts).toEqual([])
      } finally {
        await t.close()
      }
    }),
    { numRuns: 2, endOnFailure: true },
  )
  expect(lateFiles).toBeGreaterThan(10)
}, 900_000)

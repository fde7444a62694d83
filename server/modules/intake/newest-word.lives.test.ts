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

const rowOf: Record<Arrival['feed'], (life: number, word: number, file?: string) => Row> = {
  'medical-insurance': (life, word) => ({
    ...{ name: nameOf(life), idNumber: numberOf(life), year: '2020', employee: '否' },
    resident: word === 0 ? '否' : '是',
  }),
  member: (life, word, file = '') => ({
    ...{
      householdNo: homeOf(life, word),
      memberNo: `M${life}${file}`,
      name: nameOf(life),
      idNumber: numberOf(life),
    },
    ...{ sex: '男', relation: '之子', education: '小学', labour: '普通劳动力' },
  }),
}

/** What a file says of some of the lives. */
const wordsOf = (g: fc.GeneratorValue, { max }: { max: number }): ReadonlyMap<number, number> =>
  new Map(
    Array.from({ length: lives }, (_, life) => life)
      .filter(() => g(fc.integer, { min: 1, max: 100 }) <= 55)
      .map((life) => [life, g(fc.integer, { min: 0, max })]),
  )

/** In random order. */
const mixed = <T>(g: fc.GeneratorValue, list: readonly T[]): T[] =>
  list
    .map((one) => [g(fc.integer, { min: 0, max: 1_000_000 }), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one)

/** Files of different days, each of some of the lives, in random order of arrival. */
const arrivals: fc.Arbitrary<Arrival[]> = fc.gen().map((g) =>
  mixed(
    g,
    Array.from({ length: 16 }, (_, n): Arrival => {
      const feed = n % 2 === 0 ? 'member' : 'medical-insurance'
      return {
        feed,
        day: addDays('2020-01-01', n * 4),
        words: wordsOf(g, { max: feed === 'member' ? 2 : 1 }),
      }
    }),
  ),
)

/** Files of members, some of them corrected when so many others have come; the correction names other lives, and other households. */
type Corrected = Arrival & { later: { after: number; words: ReadonlyMap<number, number> } | null }
const corrections: fc.Arbitrary<Corrected[]> = fc.gen().map((g) =>
  mixed(
    g,
    Array.from({ length: 12 }, (_, n): Corrected => {
      const isWrong = g(fc.integer, { min: 1, max: 100 }) <= 40
      return {
        ...{ feed: 'member', day: addDays('2020-01-01', n * 4), words: wordsOf(g, { max: 2 }) },
        later: isWrong ? { after: g(fc.integer, { min: 0, max: 6 }), words: wordsOf(g, { max: 2 }) } : null,
      }
    }),
  ),
)

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
    await deliver(t, feed, rows, { periodTo: '2019-12-01' })
}

async function deliver(
  t: TestDatabase,
  feed: string,
  rows: readonly Row[],
  request: { periodTo: string; corrects?: string },
): Promise<string> {
  const intake = openIntake(t.database, today)
  try {
    const { ref, state, counts } = await intake.deliver(feed, csvOf(feed, rows), request)
    expect([feed, request.periodTo, state, counts.rejected, counts.idOnly, counts.unmatched]).toEqual([
      ...[feed, request.periodTo, expect.stringMatching(/merged|unchanged/), 0, 0, 0],
    ])
    return ref
  } finally {
    intake.close()
  }
}

/** Every life is a member of one household, and households have as many members as they count. */
async function expectHomes(t: TestDatabase, where: ReadonlyMap<number, number>) {
  const members = await rowsOf<{ name: string; homes: string[] }>(
    t.database,
    `select p.name, array_agg(h.household_no order by 1) as homes from person p
     join household h on h.county = p.county and h.id = p.household_id
     where p.left_on is null and p.relation <> 'head' group by p.name`,
  )
  expect(new Map(members.map(({ name, homes: list }) => [name, list]))).toEqual(
    new Map(Array.from({ length: lives }, (_, life) => [nameOf(life), [homeOf(life, where.get(life) ?? 0)]])),
  )
  const counts = await rowsOf<{ no: string }>(
    t.database,
    `select h.household_no as no from household h where h.member_count <> (select count(*) from person p
       where p.county = h.county and p.household_id = h.id and p.left_on is null)`,
  )
  expect(counts).toEqual([])
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
            { periodTo: day },
          )
        lateFiles += files.filter(({ day }, n) => files.slice(0, n).some((one) => one.day > day)).length
        await expectHomes(t, newest(files, 'member'))
        const insured = await rowsOf<{ name: string; resident: boolean; at_home: boolean }>(
          t.database,
          `select p.name, m.resident, p.left_on is null as at_home from medical_insurance m
           join person p on p.county = m.county and p.id = m.person_id where m.known_until is null`,
        )
        const words = newest(files, 'medical-insurance')
        expect(new Map(insured.map(({ name, resident, at_home }) => [name, [resident, at_home]]))).toEqual(
          new Map([...words].map(([life, word]) => [nameOf(life), [word === 1, true]])),
        )
      } finally {
        await t.close()
      }
    }),
    { numRuns: 2, endOnFailure: true },
  )
  expect(lateFiles).toBeGreaterThan(10)
}, 900_000)

test('whatever files are corrected when, every life is what the newest word left says', async () => {
  let wrongFiles = 0
  await fc.assert(
    fc.asyncProperty(corrections, async (files) => {
      const t = await openTestDatabase()
      try {
        await begin(t)
        // Each row says something of its own: one that repeats what is known leaves no trace of itself.
        const rowsOfFile = (words: ReadonlyMap<number, number>, file: string) =>
          [...words].map(([life, word]) => rowOf.member(life, word, file))
        const refs = new Map<Corrected, string>()
        for (const [n, file] of files.entries()) {
          const { day: periodTo, words } = file
          refs.set(file, await deliver(t, 'member', rowsOfFile(words, `-${periodTo}`), { periodTo }))
          const isLast = n === files.length - 1
          for (const [m, { day, later }] of files.slice(0, n + 1).entries()) {
            const corrects = refs.get(files[m] ?? file)
            if (!later || !corrects || !(m + later.after === n || (isLast && m + later.after > n))) continue
            await deliver(t, 'member', rowsOfFile(later.words, `-${day}-right`), { periodTo: day, corrects })
          }
        }
        wrongFiles += files.filter(({ later }) => later).length
        await expectHomes(
          t,
          newest(
            files.map((file) => ({ ...file, words: file.later?.words ?? file.words })),
            'member',
          ),
        )
      } finally {
        await t.close()
      }
    }),
    { numRuns: 2, endOnFailure: true },
  )
  expect(wrongFiles).toBeGreaterThan(1)
}, 900_000)

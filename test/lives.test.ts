import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { releaseBatch } from '#server/modules/intake/batches/decide-batch.ts'
import { processBatch } from '#server/modules/intake/pipeline/process-batch.ts'
import { resolveParameters } from '#server/modules/policy/index.ts'
import { indicators, packOn } from '#server/modules/screening/index.ts'
import { screenProvince } from '#server/night.ts'
import { openTestDatabase, type TestDatabase, testDeps } from './harness/database.ts'
import { csvOf, idNumber, openIntake, type TestIntake, villages } from './harness/intake.ts'
import { drawLives, isBack, type Lives, type Person, type Sent, today } from './lives/draw.ts'
import { figuresOf, finalTruth } from './lives/truth.ts'

const sizes = [1, 1, 2, 3, 1, 2]

/** Six households of Linquan county, so that the same people can live many lives. */
function people(): Person[][] {
  let n = 0
  return sizes.map((size, i) =>
    Array.from({ length: size }, () => {
      n += 1
      return {
        household: `H${i}`,
        name: `测试${'甲乙丙丁戊己庚辛壬癸'.charAt(n - 1)}`,
        idNumber: idNumber(2 * n - 1),
      }
    }),
  )
}

async function register(
  t: TestDatabase,
  homes: readonly Person[][],
  abroad: ReadonlyMap<string, boolean> = new Map(),
) {
  const { here, elsewhere } = await villages(t.database)
  const villageOf = (no = '') => String(abroad.get(no) ? elsewhere : here[0])
  const households = homes.map(
    ([head, ...others]): Sent => ({
      ...{
        householdNo: head?.household ?? '',
        villageCode: villageOf(head?.household),
        headName: head?.name ?? '',
      },
      ...{ headIdNumber: head?.idNumber ?? '', registered: '是', reliefMark: '脱贫', relievedYear: '2018' },
      memberCount: String(1 + others.length),
    }),
  )
  const members = homes.flatMap((home) =>
    home.map(
      (person, n): Sent => ({
        ...{
          householdNo: person.household,
          memberNo: `${person.household}-${n}`,
          name: person.name,
          sex: '男',
        },
        ...{
          idNumber: person.idNumber,
          relation: n === 0 ? '户主' : '之子',
          education: '小学',
          labour: '普通劳动力',
        },
      }),
    ),
  )
  const intake = openIntake(t.database, '2019-06-01')
  for (const [feed, rows] of Object.entries({ household: households, member: members }))
    expect([feed, (await intake.deliver(feed, csvOf(feed, rows))).state]).toEqual([
      feed,
      expect.stringMatching(/^(merged|unchanged)$/),
    ])
  intake.close()
}

/** Every file as of its day, whatever was judged before; then the night of the day on which all are looked at. */
async function live(t: TestDatabase, homes: readonly Person[][], { deliveries, changes }: Lives) {
  const refs: string[] = []
  const numbers = new Map(homes.flat().map(({ idNumber: number }) => [number, number]))
  const follow = async (n: number) => {
    for (const change of changes.filter(({ before }) => before === n)) {
      if ('to' in change) numbers.set(change.renumbers.idNumber, change.to)
      const no = 'to' in change ? change.renumbers.household : change.moves
      const home = homes.find(([head]) => head?.household === no) ?? []
      const now = home.map((one) => ({ ...one, idNumber: numbers.get(one.idNumber) ?? one.idNumber }))
      if ('moves' in change) abroad.set(no, change.abroad)
      await register(t, [now], abroad)
    }
  }
  const abroad = new Map<string, boolean>()
  for (const [n, { feed, asOf, rows, corrects }] of deliveries.entries()) {
    await follow(n)
    const intake = openIntake(t.database, asOf)
    const request = corrects === null ? {} : { corrects: refs[corrects] }
    const delivered = await intake.deliver(feed, csvOf(feed, rows), { name: `${n}.csv`, ...request })
    const { ref } = delivered
    // Random amounts move further than a department's: somebody looks at them and lets them in.
    const state = delivered.state === 'held' ? await release(intake.deps, ref) : delivered.state
    intake.close()
    expect([feed, state]).toEqual([feed, expect.stringMatching(/^(merged|unchanged)$/)])
    refs.push(ref)
  }
  await follow(deliveries.length)
  await screenProvince(testDeps(t.database, today))
}

async function release(deps: TestIntake['deps'], ref: string) {
  await deps.database.pool.query(
    "insert into auth_user (id, name, email) values ('u1', '核对人', 'u1@accounts.invalid') on conflict do nothing",
  )
  const everywhere = { scope: areaScope(340_000_000_000), department: null }
  return processBatch(deps, await releaseBatch(deps, everywhere, ref, { by: 'u1', reason: '已核对' }))
}

async function kept(t: TestDatabase) {
  const { rows } = await t.database.pool.query<Record<string, number | boolean | string | null>>(
    'select h.household_no, i.* from indicator i join household h on h.county = i.county and h.id = i.household_id',
  )
  return new Map(
    rows.map((row) => [
      String(row.household_no),
      Object.fromEntries(indicators.map(({ name, column }) => [name, row[column] ?? null])),
    ]),
  )
}

/** Open signals about money, with what their evidence adds up to. */
async function sums(t: TestDatabase) {
  const { rows } = await t.database.pool.query<{ rule: string; measured: number; paid: number }>(
    `select s.rule, s.measured, (select sum(e.amount_fen) from signal_evidence e
       where e.county = s.county and e.signal_id = s.id)::bigint as paid
     from signal s where s.cleared_on is null and s.silent_since is null
       and (s.rule in ('R01', 'R02') or s.rule = 'R23' and s.case_no = 1)`,
  )
  return rows
}

test('whatever order and corrections files come in, the figures are those of what is true in the end', async () => {
  const pack = packOn(today)
  const limits = resolveParameters(pack, today, 341_221_000_000)
  const seen = {
    ...{ figures: 0, unknown: 0, hits: 0, corrections: 0, lateFiles: 0 },
    ...{ moves: 0, numbers: 0, refunds: 0, fees: 0 },
  }
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const t = await openTestDatabase()
      try {
        const homes = people()
        const lives = drawLives(g, homes, (n) => idNumber(101 + 2 * n))
        const { households, deliveries, changes, stays } = lives
        await register(t, homes)
        await live(t, homes, lives)
        const truth = finalTruth(lives)
        const own = await kept(t)
        for (const household of households) {
          const wanted = figuresOf(household, truth, stays, { day: today, limits })
          const got = own.get(household.no) ?? {}
          const compared = Object.fromEntries(Object.keys(wanted).map((name) => [name, got[name]]))
          expect({ household: household.no, ...rounded(compared) }).toEqual({
            household: household.no,
            ...rounded(wanted),
          })
          for (const value of Object.values(wanted)) seen[value === null ? 'unknown' : 'figures'] += 1
        }
        for (const { rule, measured, paid } of await sums(t)) {
          expect([rule, paid]).toEqual([rule, measured])
          seen.hits += 1
        }
        seen.moves += changes.filter((one) => 'moves' in one).length
        seen.numbers += changes.filter((one) => 'to' in one).length
        seen.refunds += deliveries.flatMap(({ rows }) => rows).filter(isBack).length
        seen.fees += deliveries.flatMap(({ rows }) => rows).filter(({ term }) => term).length
        seen.corrections += deliveries.filter(({ corrects }) => corrects !== null).length
        seen.lateFiles += deliveries.filter(({ asOf }, n) =>
          deliveries.slice(0, n).some((one) => one.asOf > asOf),
        ).length
      } finally {
        await t.close()
      }
    }),
    { numRuns: 6, endOnFailure: true },
  )
  // The draws hold what the test is about.
  expect(seen.figures).toBeGreaterThan(200)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(3)
}, 1_800_000)

/** Fractions to a millionth: the last bits of a division differ between engines. */
function rounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ]),
  )
}

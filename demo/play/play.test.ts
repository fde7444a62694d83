import { afterEach, beforeEach, expect, test } from 'vitest'
import { daysBetween, weekdayOf } from '#contract/days.ts'
import { grantDemoHouseholds } from '#server/modules/access/index.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'
import { signInDemo } from '#test/harness/sign-in.ts'
import { pastVisits } from './past-visits.ts'
import { playDemoWork } from './play.ts'
import { stories } from './stories.ts'

const village = 341_221_001_003
let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>

beforeEach(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  const numbers = Array.from({ length: stories.length + 2 }, (_, i) => `H${String(i).padStart(2, '0')}`)
  await mergeHouseholds(
    t.database,
    numbers.map((householdNo) => ({ householdNo, villageCode: village, headName: '测试户' })),
  )
  await mergeMembers(
    t.database,
    numbers.map((householdNo, i) => ({
      ...{ householdNo, memberNo: `${householdNo}-1`, name: '测试人' },
      idNumber: `3412211962071500${String(10 + i)}`,
    })),
  )
  await grantDemoHouseholds(t.database)
})
afterEach(async () => {
  await server.close()
  await t.close()
})

test('the demonstration’s people bring every story as far as it goes, once', async () => {
  const { services } = server
  await playDemoWork(services)
  await playDemoWork(services)
  const rows = async (text: string) => (await t.database.pool.query<Record<string, string>>(text)).rows
  const visits = await rows(`select state, count(*)::int as n from visit where purpose = 'verify'
    group by 1 order by 1`)
  expect(visits).toEqual([
    { state: 'decided', n: stories.length - 4 },
    { state: 'planned', n: 3 },
    { state: 'reported', n: 1 },
  ])
  const cases =
    await rows(`select coalesce(step, state) || case when paused_on is null then '' else ' paused' end as at
    from case_file order by 1`)
  expect(cases.map(({ at }) => at)).toEqual(
    [
      'authorise',
      'authorise paused',
      'compare',
      'county-approval',
      'entered',
      'publicity',
      'township-audit',
    ].toSorted(),
  )
  const bench = async (username: string) =>
    (await (await signInDemo(server.app, username)).get('/api/workbench')).json<{
      counts: Record<string, number>
    }>().counts
  expect(await bench('chengguan-cun')).toMatchObject({ overdue: 2, today: 2 })
  expect(await bench('chengguan')).toMatchObject({ escalated: 2 })
  expect(await bench('linquan')).toMatchObject({ soon: 1 })
  expect(await bench('linquan-shenhe')).toMatchObject({ today: 1 })
})

test('on another day the same stories happen on the same days of the week before it', async () => {
  await playDemoWork(server.services, '2021-03-10')
  const { rows } = await t.database.pool.query<{ opened: string; due: string }>(
    `select c.opened_on::text as opened, v.due_on::text as due from clue c join visit v on v.id = c.visit_id
     where v.state = 'planned' order by 1`,
  )
  // A year later, less a day: 52 weeks.
  expect(rows).toEqual([
    { opened: '2021-02-24', due: '2021-03-05' },
    { opened: '2021-03-03', due: '2021-03-09' },
    { opened: '2021-03-05', due: '2021-03-12' },
  ])
})

test('a year of visits looks like one: most keep the rhythm, some are late, a few were never reached', () => {
  const today = '2020-03-10'
  const homes = Array.from({ length: 4000 }, (_, i) => ({
    ...{ householdId: i + 1, village: 341_221_001_001 + (i % 90), purpose: 'routine' },
    ...(i % 10 === 0
      ? { grade: 'yellow' as const, everyDays: 30 }
      : { grade: 'green' as const, everyDays: 91 }),
  }))
  const visits = homes.map((home) => pastVisits(home, today))
  const share = (fits: (own: (typeof visits)[number], i: number) => boolean) =>
    visits.filter(fits).length / visits.length
  expect(share((own) => own.length === 0)).toBeCloseTo(0.057, 1)
  const isLate = ([last]: (typeof visits)[number], i: number) =>
    last !== undefined && daysBetween(last.on, today) > (homes[i]?.everyDays ?? 0)
  expect(share(isLate)).toBeGreaterThan(0.03)
  expect(share(isLate)).toBeLessThan(0.2)
  // Newest first, each before today, none on a weekend, the same every time.
  for (const own of visits.slice(0, 200)) {
    const days = own.map(({ on }) => on)
    expect(days).toEqual(days.toSorted().toReversed())
    expect(days.every((day) => day < today && weekdayOf(day) < 5)).toBe(true)
  }
  expect(homes.slice(0, 50).map((home) => pastVisits(home, today))).toEqual(visits.slice(0, 50))
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#contract/access/capabilities.ts'
import { TaskGroup } from '#contract/work/workbench.ts'
import { assembleServices } from '#server/assembly.ts'
import type { Viewer } from '#server/manifest/tasks.ts'
import { areaScope, type Level } from '#server/modules/divisions/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { insertClues, listVillages, type TestClue } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { getLadder, listAreaTasks } from './ladder.ts'
import { listReminders } from './reminders.ts'
import { rankOf } from './tasks/levels.ts'
import { getReminder, getWorkbench } from './view.ts'

const today = '2020-03-10'
const counties = [340_121, 340_122, 341_221, 341_222]
const days = ['2020-02-24', '2020-03-02', '2020-03-09', today, '2020-03-12', '2020-03-30']
const page = { page: 1, size: 200 }
const most = 300
const { tasks } = assembleServices(clockAt(today))
let t: TestDatabase
let villages: number[]

// 300 pieces of work of 120 households in twelve villages of four counties; every third village has nobody.
beforeAll(async () => {
  t = await openTestDatabase()
  const { db } = t.database
  villages = await listVillages(db, counties, 3)
  await sql`
    insert into auth_user (id, name, email, email_verified, username, created_at, updated_at)
    select 'u' || code, name, code || '@test', true, 'u' || code, now(), now() from division`.execute(db)
  await sql`
    insert into account (user_id, role, area)
    select 'u' || code, case level when 'village' then 'village' when 'township' then 'township' else 'clerk' end, code
      from division
    where level <> 'village' or code % 3 <> 0`.execute(db)
  const clues = Array.from({ length: 120 }, (_, i): TestClue => {
    const state = i % 3 === 0 ? 'new' : 'dispatched'
    return {
      ...{
        household: i + 1,
        state,
        village: villages[i % 12] ?? 0,
        cause: 'illness',
        level: 'red',
        rules: ['R01'],
      },
      ...{ openedOn: '2020-02-20', clearedOn: null, dueOn: state === 'new' ? null : (days[i % 6] ?? today) },
    }
  })
  await insertClues(db, clues)
  const day = sql`(${sql.val(days)}::date[])[1 + household_id % 6]`
  await sql`update clue set dispatch_due_on = ${day} where state = 'new' and household_id % 9 <> 0`.execute(
    db,
  )
  await sql`update clue set assignee = village / 1000 * 1000, dispatched_by = 'u' || county::bigint * 1000000
    where state = 'dispatched' and household_id % 2 = 0`.execute(db)
  await sql`
    insert into visit (county, household_id, village, purpose, state, visitor, planned_by, planned_at, due_on,
      decision_due_on)
    select county, household_id, village, 'routine', case household_id % 2 when 0 then 'planned' else 'reported' end,
      'u' || case when household_id % 5 = 0 or village % 3 = 0 then village / 1000 * 1000
      else village end, 'u' || village / 1000 * 1000, now(), ${day}, ${day}
    from clue where household_id % 4 < 2`.execute(db)
  await sql`
    insert into case_file (county, household_id, village, kind, state, step, causes, opened_on, due_on, total_due_on,
      paused_on, pack)
    select county, household_id, village, 'identification', 'running',
      (array['authorise', 'compare', 'review', 'township-audit', 'county-approval', 'enter'])[1 + household_id / 2 % 6],
        '{illness}',
      '2020-03-01', ${day}, '2020-04-01', case when household_id % 7 = 0 then '2020-03-02'::date end, 'anhui-2020'
    from clue where household_id % 2 = 1`.execute(db)
  await sql`
    insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on)
    select county, household_id, village, '{illness}', '2020-02-20', '2020-03-01', ${day} from clue
      where household_id % 2 = 0`.execute(db)
})
afterAll(() => t.close())

const stands: Record<string, readonly Level[]> = {
  clerk: ['province', 'city', 'county'],
  checker: ['county'],
  leader: ['city', 'county'],
  township: ['township'],
  village: ['village'],
}

const areas: Record<Level, () => number[]> = {
  province: () => [340_000_000_000],
  city: () => [340_100_000_000, 341_200_000_000, 340_800_000_000],
  county: () => counties.map((code) => code * 1e6),
  township: () => villages.map((code) => Math.floor(code / 1000) * 1000),
  village: () => villages,
}

const viewers = () =>
  fc.constantFrom(...Object.keys(stands)).chain((role) =>
    fc.constantFrom(...(stands[role] ?? []).flatMap((level) => areas[level]())).map(
      (area): Viewer => ({
        ...{ userId: `u${area}`, role: role as Role, area, rank: rankOf(area) },
        scope: { ...areaScope(area), grantee: null },
      }),
    ),
  )
const anywhere = () => fc.constantFrom(...Object.values(areas).flatMap((of) => of()))
const kinds = () => fc.subarray(tasks.map(({ kind }) => kind))

test('any bench contains nothing from outside, its lists are as long as its counts, and own work lies in one group', async () => {
  const deps = { ...testDeps(t.database, today), tasks }
  await fc.assert(
    fc.asyncProperty(viewers(), kinds(), async (viewer, kind) => {
      const { counts } = await getWorkbench(deps, viewer, page)
      const own = new Set<string>()
      for (const group of TaskGroup.options) {
        const all = await getWorkbench(deps, viewer, { group, ...page })
        const { tasks, total } = await getWorkbench(deps, viewer, { group, kind, ...page })
        expect(all.total).toBe(counts[group])
        expect(all.tasks).toHaveLength(counts[group])
        expect(tasks).toHaveLength(total)
        expect(tasks.every((task) => kind.length === 0 || kind.includes(task.kind))).toBe(true)
        for (const { household, id, overdue, paused, dueOn } of all.tasks) {
          expect(household.village.code).toBeGreaterThanOrEqual(viewer.scope.from)
          expect(household.village.code).toBeLessThanOrEqual(viewer.scope.to)
          expect(overdue).toBe(!paused && dueOn !== null && dueOn < today)
          if (group === 'waiting' || group === 'escalated') expect(own.has(id)).toBe(false)
          else expect(own.size).toBeLessThan(own.add(id).size)
        }
      }
      const { overdue, today: due, soon, escalated } = await getReminder(deps, viewer)
      const shown = [counts.overdue, counts.today, counts.soon, counts.escalated]
      expect([overdue, due, soon, escalated]).toEqual(shown)
    }),
    { numRuns: 20 },
  )
})

test('whoever stands where, what is open has one responsible', async () => {
  const deps = { ...testDeps(t.database, today), tasks }
  const seen = new Map<string, number>()
  const desks: [Role, number[]][] = [
    ['clerk', areas.county()],
    ['checker', areas.county()],
    ['township', [...new Set(areas.township())]],
    ['village', villages.filter((code) => code % 3 !== 0)],
  ]
  for (const [role, codes] of desks)
    for (const area of codes)
      for (const group of ['overdue', 'today', 'soon', 'later'] as const) {
        const scope = { ...areaScope(area), grantee: null }
        const viewer = { userId: `u${area}`, role, area, rank: rankOf(area), scope }
        const { tasks } = await getWorkbench(deps, viewer, { group, ...page })
        // Clerk and checker decide on the same reports.
        if (role === 'checker') continue
        for (const { id } of tasks) seen.set(id, (seen.get(id) ?? 0) + 1)
      }
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from clue) + (select count(*) from visit) + (select count(*) from plan)
      + (select count(*) from case_file where step <> 'county-approval') as n`.execute(t.database.db)
  expect(new Set(seen.values())).toEqual(new Set([1]))
  expect(seen.size).toBe(rows[0]?.n)
})

test('any figure of any ladder is the length of a list inside the area, and none is seen from outside', async () => {
  const deps = { ...testDeps(t.database, today), tasks }
  await fc.assert(
    fc.asyncProperty(viewers(), anywhere(), kinds(), async (viewer, area, kind) => {
      const range = areaScope(area)
      const outside = range.from < viewer.scope.from || range.to > viewer.scope.to
      const ladder = await getLadder(deps, viewer, { area, kind }).catch(() => undefined)
      expect(ladder === undefined).toBe(outside)
      const { lines } = await listReminders(deps, viewer, { area })
      if (!ladder) return
      for (const row of ladder.rows.filter(({ open }) => open > 0)) {
        const total = async (filter: { rung?: number; paused?: boolean }) =>
          (await listAreaTasks(deps, viewer, { area: row.area.code, kind, ...filter, ...page })).total
        expect([await total({}), await total({ paused: true })]).toEqual([row.open, row.paused])
        expect([await total({ rung: 0 }), await total({ rung: 1 }), await total({ rung: 2 })]).toEqual(
          row.overdue,
        )
      }
      const overdue = ladder.rows.flatMap((row) => row.overdue).reduce((sum, n) => sum + n, 0)
      const listed = lines.reduce((sum, line) => sum + line.overdue, 0)
      if (kind.length === 0 && lines.length < most) expect(listed).toBe(overdue)
    }),
    { numRuns: 60 },
  )
})

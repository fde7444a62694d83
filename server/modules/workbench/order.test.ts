import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assembleServices } from '#server/assembly.ts'
import type { Viewer } from '#server/manifest/tasks.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { insertClues, listVillages, type TestClue } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { rankOf } from './tasks/levels.ts'
import { getWorkbench } from './view.ts'

const today = '2020-03-10'
const county = 341_221_000_000
const viewer: Viewer = {
  ...{ userId: 'clerk', role: 'clerk', area: county, rank: rankOf(county) },
  scope: { ...areaScope(county), grantee: null },
}
let t: TestDatabase

// Six households with warnings nobody has handed on. All are due on one day but the first's second and the last's.
beforeAll(async () => {
  t = await openTestDatabase()
  const { db } = t.database
  const [village = 0] = await listVillages(db, [341_221], 1)
  const clue = (household: number, over: Partial<TestClue> = {}): TestClue => ({
    ...{ household, village, cause: 'illness', level: 'orange', rules: ['R01'], state: 'new' },
    ...{ openedOn: '2020-03-05', dueOn: null, clearedOn: null, ...over },
  })
  await insertClues(db, [
    clue(1),
    clue(1, { cause: 'housing', level: 'yellow' }),
    clue(2),
    clue(3, { openedOn: '2020-03-02' }),
    clue(4),
    clue(5, { level: 'red' }),
    clue(6, { level: 'red' }),
  ])
  await sql`update clue set dispatch_due_on = case when household_id = 6 or cause = 'housing' then date '2020-03-12'
    else date '2020-03-09' end`.execute(db)
  const { rows: runs } = await sql<{ id: number }>`
    insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
      milliseconds)
    values (now(), '2020-03-05', 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0) returning id`.execute(db)
  const run = runs[0]?.id ?? 0
  // 2 is three times above its line; 4 at a fifth of its line, which is farther.
  await sql`
    with s as (
      insert into signal (county, household_id, village, rule, rule_version, cause, level, case_no, figures, measured,
        threshold, margin, opened_on, changed_on, first_run, last_run)
      select 341221, m.household, ${village}, 'R01', 1, 'illness', 'orange', 1, '{}', 1, 1, m.margin, '2020-03-05',
        '2020-03-05', ${run}, ${run}
      from (values (2, 3.0), (4, 0.2)) m (household, margin) returning id, household_id)
    update clue c set strongest_signal = s.id from s where c.household_id = s.household_id`.execute(db)
})
afterAll(() => t.close())

const { tasks } = assembleServices(clockAt(today))
const bench = (page: number, size: number) =>
  getWorkbench({ ...testDeps(t.database, today), tasks }, viewer, { page, size })
const householdsOf = (found: Awaited<ReturnType<typeof bench>>) =>
  found.tasks.map(({ household }) => Number(household.ref.slice(-12)))

test('a bench opens on what is one’s own, a household after the other with all of its tasks and why', async () => {
  const found = await bench(1, 50)
  expect(found).toMatchObject({ group: 'mine', total: 7, households: 6 })
  expect([found.counts.mine, found.counts.overdue, found.counts.soon]).toEqual([7, 5, 2])
  // By day and level; then the farthest from the line, who has waited longest, the most causes.
  expect(householdsOf(found)).toEqual([5, 4, 2, 3, 1, 1, 6])
  expect(found.tasks[0]?.why).toEqual({ zh: '测试', en: 'test' })
})

test('pages are counted by households, and none is torn apart', async () => {
  const pages = await Promise.all([1, 2, 3].map((page) => bench(page, 2)))
  expect(pages.map(householdsOf)).toEqual([
    [5, 4],
    [2, 3],
    [1, 1, 6],
  ])
  expect(pages.map(({ total, households }) => [total, households])).toEqual(Array(3).fill([7, 6]))
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cause, RiskLevel } from '#contract/common.ts'
import type { ClueFilter } from '#contract/work/clues.ts'
import { getClue } from '#server/modules/clues/detail/clue-detail.ts'
import { eachClue, listClues } from '#server/modules/clues/list/clue-list.ts'
import { dispatchClues } from '#server/modules/clues/work/dispatch.ts'
import { recallClues } from '#server/modules/clues/work/recall.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { getOverview } from '#server/modules/insight/overview.ts'
import { rebuildTallies } from '#server/tallies.ts'
import { insertClues, listVillages, type TestClue } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'

const today = '2020-03-10'
const counties = [340_121, 340_122, 341_221, 341_222]
const causes = ['illness', 'schooling', 'housing', 'water', 'disability', 'other'] as const satisfies Cause[]
const levels = ['red', 'orange', 'yellow'] as const satisfies RiskLevel[]
const ruleSets = [['R01'], ['R01', 'R05'], ['R08'], ['R10'], ['R22']]
const days = ['2019-08-15', '2020-02-28', '2020-03-02', '2020-03-03', '2020-03-04', '2020-03-09', today]
const order = { sort: 'level', descending: false } as const
const firstPage = { page: 1, size: 200 }

type Known = TestClue & { id: string }
let t: TestDatabase
let villages: number[]
let all: Known[]

// 160 clues of 100 households in twelve villages of four counties in two cities.
beforeAll(async () => {
  t = await openTestDatabase()
  const { db } = t.database
  villages = await listVillages(db, counties, 3)
  const clues = Array.from({ length: 160 }, (_, i): TestClue => {
    const household = (i % 100) + 1
    const state = i % 7 === 0 ? 'cleared' : i % 3 === 0 ? 'dispatched' : 'new'
    return {
      ...{ household, state },
      village: villages[household % 12] ?? 0,
      cause: causes[(i + Math.floor(i / 100)) % causes.length] ?? 'other',
      level: levels[i % 3] ?? 'red',
      rules: ruleSets[i % ruleSets.length] ?? [],
      openedOn: days[i % days.length] ?? today,
      dueOn: state === 'dispatched' ? (i % 2 === 0 ? '2020-03-09' : '2020-03-10') : null,
      clearedOn: state === 'cleared' ? (i % 2 === 0 ? '2020-03-09' : '2019-12-01') : null,
    }
  })
  // Nothing ends before it begins.
  for (const clue of clues)
    if (clue.clearedOn && clue.clearedOn < clue.openedOn) clue.clearedOn = clue.openedOn
  await insertClues(db, clues)
  await rebuildTallies(t.database)
  const { rows } = await sql<{ id: string; household: number; cause: string; openedOn: string }>`
    select id, household_id as household, cause, opened_on from clue`.execute(db)
  all = clues.map((clue) => ({
    ...clue,
    id:
      rows.find(
        ({ household, cause, openedOn }) =>
          household === clue.household && cause === clue.cause && openedOn === clue.openedOn,
      )?.id ?? '',
  }))
  expect(new Set(all.map(({ id }) => id)).size).toBe(160)
})
afterAll(() => t.close())

/** Any division from a village of the test up to the province, and a county without clues. */
const division = () =>
  fc.constantFrom(
    340_000_000_000,
    340_100_000_000,
    341_200_000_000,
    340_800_000_000,
    340_828_000_000,
    ...counties.map((county) => county * 1e6),
    ...villages.map((village) => Math.floor(village / 1000) * 1000),
    ...villages,
  )

const inside = ({ village }: TestClue, { from, to }: AreaScope) => village >= from && village <= to
const isOverdue = ({ dueOn }: TestClue) => dueOn !== null && dueOn < today

/** The filter as one would apply it by hand. */
function fits(
  clue: TestClue,
  { level, cause, state, rule, overdue, openedFrom, openedTo, area }: ClueFilter,
) {
  const states = state?.length ? state : ['new', 'dispatched']
  return (
    (area === undefined || inside(clue, areaScope(area))) &&
    states.includes(clue.state) &&
    (!level?.length || level.includes(clue.level)) &&
    (!cause?.length || cause.includes(clue.cause)) &&
    (!rule?.length || rule.some((one) => clue.rules.includes(one))) &&
    (overdue === undefined || isOverdue(clue) === overdue) &&
    (openedFrom === undefined || clue.openedOn >= openedFrom) &&
    (openedTo === undefined || clue.openedOn <= openedTo)
  )
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const filters = () =>
  fc.record({
    area: maybe(division()),
    level: maybe(fc.subarray([...levels])),
    cause: maybe(fc.subarray([...causes])),
    state: maybe(fc.subarray(['new' as const, 'dispatched' as const, 'cleared' as const])),
    rule: maybe(fc.subarray(['R01', 'R05', 'R08', 'R22'])),
    overdue: maybe(fc.boolean()),
    openedFrom: maybe(fc.constantFrom(...days)),
    openedTo: maybe(fc.constantFrom(...days)),
  })

/** How often each value occurs, over the clues that the rest of the filter leaves. */
function tally(clues: readonly TestClue[], valuesOf: (clue: TestClue) => readonly string[]) {
  const counts: Record<string, number> = {}
  for (const clue of clues) for (const value of valuesOf(clue)) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

describe('any account, any area, any filter', () => {
  test('the list, its total and its facets contain exactly what lies inside', async () => {
    const deps = testDeps(t.database, today)
    await fc.assert(
      fc.asyncProperty(division(), filters(), async (own, filter) => {
        const scope = areaScope(own)
        const visible = all.filter((clue) => inside(clue, scope))
        const expected = visible.filter((clue) => fits(clue, filter))
        const list = await listClues(deps, scope, filter, order, firstPage)
        expect(list.rows.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
        expect(list.total).toBe(expected.length)
        expect(list.households).toBe(new Set(expected.map(({ household }) => household)).size)
        const without = (facet: 'level' | 'cause' | 'rule') =>
          visible.filter((clue) => fits(clue, { ...filter, [facet]: undefined }))
        const everyState = visible.filter((clue) =>
          fits(clue, { ...filter, state: ['new', 'dispatched', 'cleared'] }),
        )
        expect(list.facets).toEqual({
          level: tally(without('level'), ({ level }) => [level]),
          cause: tally(without('cause'), ({ cause }) => [cause]),
          rule: tally(without('rule'), ({ rules }) => rules),
          state: tally(everyState, ({ state }) => [state]),
          channel: tally(expected, () => ['rule']),
        })
        const exported: string[] = []
        for await (const page of eachClue(deps, scope, filter)) exported.push(...page.map(({ id }) => id))
        expect(exported.toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
      }),
      { numRuns: 120 },
    )
  })

  test('a clue opens, moves and comes back inside one’s area only', async () => {
    const deps = testDeps(t.database, today)
    await fc.assert(
      fc.asyncProperty(division(), fc.nat({ max: 159 }), async (own, at) => {
        const clue = all[at]
        if (!clue) throw new Error('no clue')
        const actor = { userId: null, area: own, scope: areaScope(own) }
        const request = {
          ids: [clue.id],
          to: 'village',
          deadlineWorkingDays: 5,
          note: '',
          dryRun: true,
        } as const
        if (inside(clue, actor.scope)) {
          expect((await getClue(deps, actor.scope, clue.id)).id).toBe(clue.id)
          return
        }
        await expect(getClue(deps, actor.scope, clue.id)).rejects.toMatchObject({ code: 'not-found' })
        await expect(recallClues(deps, actor, [clue.id], '测试')).rejects.toMatchObject({ code: 'not-found' })
        const refused = own % 1000 === 0 ? 'not-found' : 'not-allowed'
        await expect(dispatchClues(deps, actor, request)).rejects.toMatchObject({ code: refused })
      }),
      { numRuns: 60 },
    )
  })

  test('every figure of the overview is the total of the list it leads to', async () => {
    const deps = testDeps(t.database, today)
    await fc.assert(
      fc.asyncProperty(division(), division(), async (own, code) => {
        const scope = areaScope(own)
        const range = areaScope(code)
        if (range.from < scope.from || range.to > scope.to) {
          await expect(getOverview(deps, scope, code)).rejects.toMatchObject({ code: 'not-found' })
          return
        }
        const view = await getOverview(deps, scope, code)
        const list = (filter: ClueFilter) =>
          listClues(deps, scope, { area: code, ...filter }, order, firstPage)
        const total = async (filter: ClueFilter) => (await list(filter)).total
        expect(view.figures.openClues.now).toBe(await total({}))
        expect(view.figures.overdue.now).toBe(await total({ overdue: true }))
        expect(view.figures.openedThisWeek.now).toBe(await total({ openedFrom: '2020-03-04' }))
        expect(view.figures.householdsAtRisk.now).toBe((await list({})).households)
        for (const level of levels) expect(view.byLevel[level]).toBe(await total({ level: [level] }))
        for (const { cause, total: shown, ...byLevel } of view.byCause) {
          expect(shown).toBe(await total({ cause: [cause] }))
          for (const level of levels)
            expect(byLevel[level]).toBe(await total({ cause: [cause], level: [level] }))
        }
        expect(view.byCause.reduce((sum, one) => sum + one.total, 0)).toBe(view.figures.openClues.now)
        for (const child of view.children) {
          const here = { area: child.code }
          const shown = [child.openClues, child.overdue, child.red, child.households]
          if (shown.every((figure) => figure === 0)) continue
          expect(child.openClues).toBe(await total(here))
          expect(child.overdue).toBe(await total({ ...here, overdue: true }))
          expect(child.red).toBe(await total({ ...here, level: ['red'] }))
        }
        if (view.children.length > 0)
          expect(view.children.reduce((sum, one) => sum + one.openClues, 0)).toBe(view.figures.openClues.now)
        for (const { month, opened } of view.trend) {
          const filter = { openedFrom: `${month}-01`, openedTo: `${month}-31` }
          if (opened > 0)
            expect(opened).toBe(
              all.filter((one) => inside(one, range) && one.openedOn.startsWith(month)).length,
            )
          if (month === '2020-03')
            expect(opened).toBe(await total({ ...filter, state: ['new', 'dispatched', 'cleared'] }))
        }
        expect(view.trend).toHaveLength(12)
        expect(view.trend.at(-1)).toMatchObject({ month: '2020-03', open: view.figures.openClues.now })
      }),
      { numRuns: 40 },
    )
  })

  test('a week ago is computed from what was open then, and missing where nothing ran', async () => {
    const deps = testDeps(t.database, today)
    const scope = areaScope(340_000_000_000)
    const before = await getOverview(deps, scope, 340_000_000_000)
    expect(Object.values(before.figures).map(({ weekAgo }) => weekAgo)).toEqual([null, null, null, null])
    await sql`insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed,
      cleared, milliseconds)
      values (now(), '2020-03-01', 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0)`.execute(t.database.db)
    const { figures } = await getOverview(deps, scope, 340_000_000_000)
    const openThen = all.filter(
      ({ openedOn, clearedOn }) =>
        openedOn <= '2020-03-03' && (clearedOn === null || clearedOn > '2020-03-03'),
    )
    expect(figures.openClues.weekAgo).toBe(openThen.length)
    expect(figures.householdsAtRisk.weekAgo).toBe(new Set(openThen.map(({ household }) => household)).size)
    expect(figures.openedThisWeek.weekAgo).toBe(
      openThen.filter(({ openedOn }) => openedOn >= '2020-02-26').length,
    )
    expect(openThen.length).not.toBe(figures.openClues.now)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Measure, Plan } from '#contract/work/plans.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { listDueVisits } from '#server/modules/visits/due/due.ts'
import { runNightSteps } from '#server/night.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { openCaseWork, type World } from '#test/harness/case-work.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo } from '#test/harness/sign-in.ts'

let world: World
let work: Awaited<ReturnType<typeof openCaseWork>>

beforeAll(async () => {
  world = await openOwnHousehold()
  work = await openCaseWork(world)
})
afterAll(() => world.close())

const planOf = async (who = work.people.village) =>
  (await work.call<{ plan: Plan | null }>(who, 'GET', `/households/${world.own.ref}/plan`)).plan
const plan = async (who = work.people.village) => {
  const found = await planOf(who)
  if (!found) throw new Error('no plan')
  return found
}
const states = ({ checks }: Plan) => Object.fromEntries(checks.map(({ check, state }) => [check, state]))
const resolution = (dryRun: boolean) => ({ household: world.own.ref, way: 'helped', dryRun })
const night = () =>
  inTransaction(world.t.database, (session) => runNightSteps(session, world.server.services.clock))

test('an entered household has a plan that knows what it lacks and what the policy has for whom', async () => {
  expect(await planOf()).toBeNull()
  await work.rows(
    `update person set labour = case name when '测试甲' then 'ordinary' else 'none' end,
       health = case name when '测试甲' then 'healthy' else 'major' end where household_id = $1`,
    [world.own.id],
  )
  await work.enterHousehold()
  const opened = await plan()
  expect(opened).toMatchObject({
    ...{ causes: ['illness'], openedOn: '2020-03-18', dueOn: '2020-03-28', firstMeasureDueOn: '2020-04-18' },
    ...{ labourMembers: 1, labourless: false, mayWrite: true, measures: [] },
    rhythm: { grade: 'red', everyDays: 30, lastOn: '2020-03-10', dueOn: '2020-04-09', overdue: false },
  })
  expect(states(opened)).toEqual({
    ...{
      'plan-in-time': 'due',
      'first-measure': 'due',
      'cause-covered': 'due',
      'development-measure': 'due',
    },
  })
  const suggested = opened.suggestions.map(({ type, person, because }) => [
    type,
    person?.name ?? null,
    because,
  ])
  expect(suggested).toEqual([
    ['health', '测试丁', 'cause'],
    ['social-help', null, 'cause'],
    ['industry', null, 'development'],
    ['employment', '测试甲', 'development'],
    ['public-welfare-job', '测试甲', 'development'],
    ['finance', null, 'development'],
  ])
  expect(opened.checks.map(({ source }) => source.article)).toEqual([
    ...['工作时限', '帮扶及时性', '措施对应', '发展类措施'],
  ])
})

test('what is late is missing, in the plan and in the list alike', async () => {
  work.on('2020-04-20')
  expect(states(await plan())).toEqual({
    ...{ 'plan-in-time': 'missing', 'first-measure': 'missing', 'cause-covered': 'missing' },
    'development-measure': 'missing',
  })
  const list = await work.call<{
    total: number
    rows: { lacks: string[]; overdue: boolean }[]
    lacks: unknown
  }>(...([work.people.township, 'GET', '/plans?lacking=true'] as const))
  expect(list).toMatchObject({ total: 1, all: 1, lacking: 1 })
  expect(list.rows[0]).toMatchObject({
    lacks: ['plan-in-time', 'first-measure', 'cause-covered', 'development-measure'],
    overdue: true,
  })
  expect(await work.call(work.people.village, 'GET', '/plans?lack=guarantee-path')).toMatchObject({
    total: 0,
    all: 1,
  })
})

let measures: Measure[]
test('people choose measures; what they begin and end keeps how the household stood', async () => {
  const { id, suggestions } = await plan()
  const adopt = (type: string, more: object = {}) => {
    const found = suggestions.find((one) => one.type === type)
    return {
      ...{ type, title: found?.title.zh, person: found?.person?.ref ?? null, responsible: '城关村干部' },
      ...{ startsOn: '2020-04-20', endsOn: null, moneyFen: null, ...more },
    }
  }
  const add = `/plans/${id}/measures`
  expect(await work.refused(work.people.elsewhere, add, adopt('health'))).toBe('not-found')
  expect(await work.refused(work.people.checker, add, adopt('health'))).toBe('not-allowed')
  expect(await work.refused(work.people.village, add, adopt('health', { endsOn: '2020-04-01' }))).toBe(
    'bad-request',
  )
  const stranger = await work.rows<{ ref: string }>('select uuidv7() as ref')
  expect(await work.refused(work.people.village, add, adopt('health', { person: stranger[0]?.ref }))).toBe(
    'not-found',
  )
  await setIncome(380_000)
  await work.call(work.people.village, 'POST', add, adopt('health', { title: '补报费用，电话13956780001' }))
  await work.call(work.people.county, 'POST', add, adopt('employment', { begun: true, moneyFen: 250_000 }))
  const filled = await plan()
  measures = filled.measures
  expect(measures.map(({ type, state, before }) => [type, state, before])).toEqual([
    ['health', 'planned', null],
    ['employment', 'under-way', { on: '2020-04-20', netIncomePerHeadFen: 380_000, openClues: 0 }],
  ])
  expect(measures[0]?.title).not.toContain('13956780001')
  expect(states(filled)).toEqual({
    ...{ 'plan-in-time': 'passed', 'first-measure': 'passed', 'cause-covered': 'passed' },
    ...{ 'development-measure': 'passed', 'guarantee-only': 'passed' },
  })
  expect(filled.suggestions.map(({ type }) => type)).toEqual(['social-help'])
  expect(await work.rows('select measures from plan')).toEqual([{ measures: 2 }])
})

test('a measure begins before it ends, ends with evidence and effect, and is cancelled with a reason', async () => {
  const [health, job] = measures.map(({ id }) => `/measures/${id}`)
  const { village, elsewhere } = work.people
  // The household was given to the helper, who may write for it and looks at no other.
  const helper = await signInDemo(world.server.app, 'chengguan-bangfu')
  const helped = await work.call<Plan>(helper, 'POST', job ?? '', { evidence: '已上岗' })
  expect(helped.measures.find(({ type }) => type === 'employment')?.evidence).toBe('已上岗')
  await work.rows('update household_access set until = now() where household_id = $1 and kind = $2', [
    world.own.id,
    'helper',
  ])
  expect(await work.refused(helper, job ?? '', { evidence: '改' })).toBe('not-found')
  const change = (path: string | undefined, body: object) => work.refused(village, path ?? '', body)
  expect(await work.refused(elsewhere, health ?? '', { effect: '好' })).toBe('not-found')
  expect(await change(health, { state: 'done', evidence: '报销单', effect: '已报' })).toBe('measure-state')
  expect(await change(job, { state: 'done', evidence: '上岗名单', effect: '' })).toBe('measure-unproven')
  expect(await change(job, { state: 'cancelled' })).toBe('reason-required')
  // A resolution waits for what was planned and never begun.
  work.on('2020-06-01')
  const checks = async () =>
    (
      await work.call<{ checks: { guard: string; passed: boolean }[] }>(
        ...([work.people.township, 'POST', '/cases/resolutions', resolution(true)] as const),
      )
    ).checks.flatMap(({ guard, passed }) => (passed ? [] : [guard]))
  expect(await checks()).toContain('measure-unfinished')
  expect(await checks()).not.toContain('no-measure')
  await work.call(village, 'POST', health ?? '', { state: 'under-way' })
  work.on('2020-07-15')
  await setIncome(720_000.5)
  await work.call(village, 'POST', health ?? '', {
    ...{ state: 'done', evidence: '报销单三张', effect: '自付降到 3000 元' },
  })
  const { measures: now } = await plan()
  expect(now.find(({ type }) => type === 'health')).toMatchObject({
    ...{ state: 'done', endsOn: '2020-07-15' },
    before: { on: '2020-06-01', netIncomePerHeadFen: 380_000 },
    after: { on: '2020-07-15', netIncomePerHeadFen: 720_000.5, openClues: 0 },
  })
  expect(await change(health, { effect: '改' })).toBe('measure-state')
  expect(await checks()).not.toContain('measure-unfinished')
  const written = await work.rows<{ action: string; before: unknown; after: { state: string } }>(
    `select action, before, after from audit_entry where action like 'plans.%' and outcome = 'done'
       and object_kind = 'measure' order by id`,
  )
  expect(written.map(({ action, after }) => `${action} ${after.state}`)).toEqual([
    ...['plans.add planned', 'plans.add under-way', 'plans.change under-way'],
    ...['plans.change under-way', 'plans.change done'],
  ])
  const reads = await work.rows<{ ref: string }>(
    `select distinct household_ref as ref from audit_entry where action = 'plans.get' and outcome = 'done'`,
  )
  expect(reads).toEqual([{ ref: world.own.ref }])
  expect(written[4]?.before).toMatchObject({ state: 'under-way', evidence: '' })
})

test('with its measures a resolution passes six months on, closes the plan, and the household is tracked', async () => {
  expect(await work.refused(work.people.township, '/cases/resolutions', resolution(false))).toBe(
    'case-guard visit-missing',
  )
  await work.visit('2020-09-21', 'resolve')
  const opened = await work.call<{ case: string }>(
    ...([work.people.village, 'POST', '/cases/resolutions', resolution(false)] as const),
  )
  await work.passOn(opened.case, { reviewed: '2020-09-22', over: '2020-09-30' })
  const closed = await plan()
  expect(closed).toMatchObject({ closedOn: '2020-09-30', mayWrite: false, checks: [], suggestions: [] })
  // Yellow, for it is tracked: once a month; the last visit was nine days before.
  expect(closed.rhythm).toMatchObject({ grade: 'yellow', lastOn: '2020-09-21', dueOn: '2020-10-21' })
  expect(await work.refused(work.people.village, `/measures/${measures[1]?.id}`, { effect: '好' })).toBe(
    'measure-state',
  )
  const due = (day: string, when?: 'never') =>
    listDueVisits(
      world.t.database.db,
      areaScope(world.own.village),
      { today: day, until: day },
      { when, limit: 10, offset: 0 },
    ).then(({ rows, counts }) => [
      rows.map(({ headName, purpose }) => [headName, purpose]),
      counts.map(({ grade, when: standing, n }) => `${grade} ${standing} ${n}`).sort(),
    ])
  // The neighbour was never visited: it is late for nothing, and stands on a list of its own.
  const neighbour = ['测试乙', 'routine']
  expect(await due('2020-10-20')).toEqual([[], ['green never 1']])
  expect(await due('2020-10-21')).toEqual([[['测试甲', 'track']], ['green never 1', 'yellow week 1']])
  expect(await due('2020-10-21', 'never')).toEqual([[neighbour], ['green never 1', 'yellow week 1']])
  work.on('2020-10-21')
  const listed = await work.call<{ total: number; on: string; rows: { grade: string }[] }>(
    ...([work.people.township, 'GET', '/visits/due?grade=yellow'] as const),
  )
  expect([listed.total, listed.on, listed.rows.map(({ grade }) => grade)]).toEqual([
    1,
    '2020-10-21',
    ['yellow'],
  ])
})

test('without any measure no resolution passes; nor for a household without labour, which goes the way of guarantee', async () => {
  await work.rows(`update household set risk = 'open' where id = $1`, [world.own.id])
  work.on('2020-10-08')
  expect(await night()).toMatchObject({ plans: { opened: 1, closed: 0 } })
  expect(await night()).toMatchObject({ plans: { opened: 0, closed: 0 } })
  await work.rows(`update person set labour = 'lost' where household_id = $1`, [world.own.id])
  await work.rows(`update indicator set labour_members = 0 where household_id = $1`, [world.own.id])
  const labourless = await plan()
  expect(labourless).toMatchObject({ closedOn: null, labourless: true, measures: [] })
  expect(states(labourless)).toMatchObject({ 'guarantee-path': 'due' })
  expect(Object.keys(states(labourless))).not.toContain('development-measure')
  const types = labourless.suggestions.map(({ type }) => type)
  expect(types).toContain('guarantee')
  expect(types).not.toContain('industry')
  const failing = async () =>
    (
      await work.call<{ checks: { guard: string; passed: boolean }[] }>(
        ...([work.people.township, 'POST', '/cases/resolutions', resolution(true)] as const),
      )
    ).checks.flatMap(({ guard, passed }) => (passed ? [] : [guard]))
  expect(await failing()).toEqual(expect.arrayContaining(['no-measure', 'guaranteed']))
  await work.call(work.people.village, 'POST', `/plans/${labourless.id}/measures`, {
    ...{ type: 'guarantee', title: '申请低保', person: null, responsible: '民政所', begun: true },
    ...{ startsOn: '2020-10-08', endsOn: null, moneyFen: null },
  })
  expect(states(await plan())).toMatchObject({ 'guarantee-path': 'passed' })
  expect(await failing()).toContain('guaranteed')
  expect(await failing()).not.toContain('no-measure')
})

async function setIncome(fen: number) {
  await work.rows(
    `insert into indicator (county, household_id, village, registered, relieved, unrelieved, monitored, household_size,
       labour_members, net_income_per_head_fen) values ($1, $2, $3, true, true, false, true, 2, 1, $4)
     on conflict (county, household_id) do update set net_income_per_head_fen = excluded.net_income_per_head_fen`,
    [world.own.county, world.own.id, world.own.village, fen],
  )
}

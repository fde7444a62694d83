import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskGroup, Task as TaskRow } from '#contract/work/workbench.ts'
import { clockAt } from '#server/platform/clock.ts'
import { installAccount } from '#test/harness/accounts.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

interface Bench {
  on: string
  weekFrom: string
  counts: Record<TaskGroup, number>
  group: TaskGroup
  kinds: Record<string, number>
  total: number
  tasks: TaskRow[]
}

interface Ladder {
  rungs: number[]
  rows: { area: { code: number; level: string }; open: number; overdue: number[]; paused: number }[]
}

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let people: World['people'] & Record<'city' | 'province' | 'checker' | 'helper' | 'leader', Visitor>

beforeAll(async () => {
  world = await openOwnHousehold()
  const as = (username: string) => signInDemo(world.server.app, username)
  people = {
    ...world.people,
    city: await as('fuyang'),
    province: await as('anhui'),
    checker: await as('linquan-shenhe'),
    leader: await as('linquan-lingdao'),
    helper: await as('chengguan-bangfu'),
  }
})
afterAll(() => world.close())

const on = (day: string) => {
  world.server.services.clock = clockAt(day)
}
const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

async function call<R>(who: Visitor, method: 'GET' | 'POST', path: string, body?: unknown): Promise<R> {
  const answer = await who.send(method, `/api${path}`, body)
  expect([answer.statusCode, path, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, path, ''])
  return answer.json<R>()
}

const groups: readonly TaskGroup[] = ['overdue', 'today', 'soon', 'later', 'waiting', 'escalated', 'done']
const bench = (who: Visitor, group?: TaskGroup) =>
  call<Bench>(who, 'GET', `/workbench${group ? `?group=${group}` : ''}`)

/** Groups that hold anything, each with what is in it; every list is as long as its count says. */
async function contents(who: Visitor): Promise<Partial<Record<TaskGroup, string[]>>> {
  const { counts } = await bench(who)
  const lists = await Promise.all(groups.map((group) => bench(who, group)))
  expect(lists.map(({ total }) => total)).toEqual(groups.map((group) => counts[group]))
  expect(lists.map(({ tasks }) => tasks.length)).toEqual(groups.map((group) => counts[group]))
  for (const { kinds, total } of lists)
    expect(Object.values(kinds).reduce((sum, n) => sum + n, 0)).toBe(total)
  return Object.fromEntries(
    lists.flatMap(({ group, tasks }) =>
      tasks.length > 0 ? [[group, tasks.map(({ kind, what }) => `${kind} ${what}`)]] : [],
    ),
  )
}

describe('a clue on its way through the benches', () => {
  test('nobody has it: the county’s clerk does; a village sees what lies with it', async () => {
    await rows(`update clue set dispatch_due_on = '2020-03-11' where state = 'new'`)
    expect(await contents(people.county)).toEqual({ soon: ['dispatch dispatch'] })
    expect(await contents(people.village)).toEqual({ later: ['dispatch assign'] })
    for (const who of [people.township, people.elsewhere, people.checker, people.city, people.helper])
      expect(await contents(who)).toEqual({})
    const { tasks } = await bench(people.county, 'soon')
    expect(tasks[0]).toMatchObject({
      workingDaysLeft: 1,
      overdue: false,
      causes: ['illness'],
      level: 'orange',
      responsible: { name: '临泉县', role: 'clerk', mine: false },
      household: { ref: world.own.ref },
    })
    expect(await call(people.county, 'GET', '/workbench/reminder')).toMatchObject({
      overdue: 0,
      today: 0,
      next: 1,
    })
  })

  test('handed to the township it is waited for above and due below', async () => {
    const [clue] = await rows<{ id: string }>(`select id from clue where state = 'new'`)
    await call(people.county, 'POST', '/clues/dispatch', {
      ids: [clue?.id],
      to: 'township',
      deadlineWorkingDays: 3,
    })
    expect(await contents(people.county)).toEqual({
      waiting: ['dispatch forward'],
      done: ['dispatch dispatch'],
    })
    expect(await contents(people.township)).toEqual({ soon: ['dispatch forward'] })
    const { tasks } = await bench(people.county, 'waiting')
    expect(tasks[0]?.responsible).toMatchObject({ role: 'township', mine: false })
  })

  test('late by one working day the county sees it, by five the city, by ten the province; a weekend adds nothing', async () => {
    await rows(`update clue set due_on = '2020-03-13' where state = 'dispatched'`)
    const seen = async () => {
      const counts = await Promise.all(
        [people.township, people.county, people.city, people.province].map(
          async (who) => (await bench(who)).counts,
        ),
      )
      return counts.map(({ overdue, escalated }) => [overdue, escalated])
    }
    // The village's own clue is late too: the township sees it first, the county at five days, the city at ten.
    on('2020-03-15')
    expect(await seen()).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ])
    on('2020-03-16')
    expect(await seen()).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
      [0, 0],
    ])
    on('2020-03-20')
    expect(await seen()).toEqual([
      [1, 1],
      [0, 2],
      [0, 1],
      [0, 0],
    ])
    on('2020-03-27')
    expect(await seen()).toEqual([
      [1, 1],
      [0, 2],
      [0, 2],
      [0, 1],
    ])
    expect(await contents(people.leader)).toEqual({ escalated: ['dispatch forward', 'dispatch assign'] })
    const { tasks } = await bench(people.city, 'escalated')
    expect(tasks.map(({ workingDaysLeft, escalated }) => [workingDaysLeft, escalated])).toEqual([
      [-10, 3],
      [-10, 3],
    ])
  })

  test('the ladder counts it by area and rung, and each figure is the length of a list', async () => {
    const ladder = await call<Ladder>(people.province, 'GET', '/workbench/ladder')
    expect(ladder.rungs).toEqual([1, 5, 10])
    const late = ladder.rows.filter(({ open }) => open > 0)
    expect(late).toMatchObject([{ area: { code: 341221000000 }, open: 2, overdue: [0, 0, 2], paused: 0 }])
    const total = async (query: string) =>
      (await call<{ total: number }>(people.province, 'GET', `/workbench/tasks?area=341221000000${query}`))
        .total
    expect([
      await total(''),
      await total('&rung=2'),
      await total('&rung=0'),
      await total('&overdue=true'),
    ]).toEqual([2, 2, 0, 2])
    expect((await people.township.get('/api/workbench/ladder?area=341221000000')).statusCode).toBe(404)
    const foreign = await call<{ total: number }>(
      people.elsewhere,
      'GET',
      '/workbench/tasks?area=341221000000',
    )
    expect(foreign.total).toBe(0)
    const { lines } = await call<{ lines: { name: string; role: string; overdue: number }[] }>(
      people.county,
      'GET',
      '/workbench/reminders',
    )
    expect(lines.map(({ role, overdue }) => [role, overdue])).toEqual([
      ['township', 1],
      ['village', 1],
    ])
    on('2020-03-10')
  })

  test('a visit is the visitor’s; reported, the township’s, who was not there; the county goes on waiting', async () => {
    const clues = (await rows<{ id: string }>('select id from clue')).map(({ id }) => id)
    const visitor = await world.idOf('chengguan-cun')
    await call(people.township, 'POST', '/visits/assign', { clues, visitor })
    expect((await contents(people.village)).soon).toEqual(['visit verify'])
    expect(await contents(people.township)).toEqual({
      waiting: ['visit verify'],
      done: ['dispatch assign', 'dispatch assign'],
    })
    expect((await contents(people.county)).waiting).toEqual(['visit verify'])
    const { tasks } = await bench(people.village, 'soon')
    expect(tasks[0]).toMatchObject({
      responsible: { mine: true, role: null },
      causes: ['housing', 'illness'],
    })

    const id = tasks[0]?.subject ?? ''
    await report(id, clues)
    expect(await contents(people.village)).toEqual({ waiting: ['decide verify'], done: ['visit verify'] })
    expect((await contents(people.township)).later).toEqual(['decide verify'])
    expect((await contents(people.county)).waiting).toEqual(['decide verify'])

    const decisions = clues.map((clue) => ({ clue, outcome: 'confirm', reason: null, note: '属实' }))
    await call(people.township, 'POST', `/visits/${id}/decide`, { decisions })
    expect((await contents(people.village)).soon).toEqual(['case authorise'])
    expect((await contents(people.township)).done?.[0]).toEqual('decide verify')
  })

  test('a paused case is nobody’s fault: it is later, however late', async () => {
    const [own] = await rows<{ id: string }>('select id from case_file')
    on('2020-03-20')
    expect(await contents(people.village)).toMatchObject({ overdue: ['case authorise'] })
    expect(await contents(people.township)).toEqual({ escalated: ['case authorise'] })
    await call(people.township, 'POST', `/cases/${own?.id}/pause`, { pause: true, reason: '外出住院' })
    expect(await contents(people.village)).toEqual({ later: ['case authorise'] })
    expect((await contents(people.township)).escalated).toBeUndefined()
    const { tasks } = await bench(people.village, 'later')
    expect(tasks[0]).toMatchObject({ paused: true, overdue: false, escalated: 0 })
    const ladder = await call<Ladder>(people.township, 'GET', '/workbench/ladder')
    expect(ladder.rows.filter(({ open }) => open > 0)).toMatchObject([
      { open: 1, overdue: [0, 0, 0], paused: 1 },
    ])
    await call(people.township, 'POST', `/cases/${own?.id}/pause`, { pause: false, reason: '已出院' })
    on('2020-03-10')
  })

  test('what a village has nobody for lies with its township', async () => {
    await rows(
      `update account set state = 'suspended', suspended_at = now() where area = $1 and role = 'village'`,
      [world.own.village],
    )
    expect((await contents(people.township)).soon).toEqual(['case authorise'])
    const { tasks } = await bench(people.township, 'soon')
    expect(tasks[0]?.responsible).toMatchObject({ role: 'township' })
    await rows(
      `update account set state = 'active', suspended_at = null where area = $1 and role = 'village'`,
      [world.own.village],
    )
  })

  test('a plan without a measure is the village’s and its helper’s', async () => {
    await rows(
      `insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on)
       values ($1, $2, $3, '{illness}', '2020-03-10', '2020-03-20', '2020-04-10')`,
      [world.own.county, world.own.id, world.own.village],
    )
    expect((await contents(people.village)).later).toEqual(['plan first-measure'])
    expect((await contents(people.helper)).later).toEqual(['plan first-measure'])
    expect((await contents(people.township)).later).toBeUndefined()
  })
})

async function report(id: string, clues: readonly string[], secondVisitor = '同行人') {
  const visit = await call<{ version: number; card: { members: { ref: string }[] } }>(
    people.village,
    'GET',
    `/visits/${id}`,
  )
  await call(people.village, 'POST', `/visits/${id}/report`, {
    ...{
      version: visit.version,
      report: randomUUID(),
      secondVisitor,
      met: visit.card.members[0]?.ref ?? null,
    },
    ...{
      startedAt: '2020-03-10T01:00:00Z',
      endedAt: '2020-03-10T02:00:00Z',
      incomePerHeadFen: null,
      rigidSpendingFen: null,
    },
    ...{ remark: '', position: null, photos: [], signatures: [] },
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      item,
      result: 'good',
    })),
    findings: clues.map((clue) => ({ clue, outcome: 'confirm', note: '属实' })),
  })
}

test('a report the township itself was at waits for the county', async () => {
  const visitor = await world.idOf('chengguan-cun')
  const planned = { household: world.own.ref, purpose: 'track', visitor, dueOn: '2020-03-13' }
  const { id } = await call<{ id: string }>(people.township, 'POST', '/visits', planned)
  await report(id, [], '城关街道扶贫专干 演示')
  const decisions = async (who: Visitor) =>
    Object.entries(await contents(who)).flatMap(([group, all]) =>
      all.includes('decide track') ? [group] : [],
    )
  expect([
    await decisions(people.township),
    await decisions(people.county),
    await decisions(people.checker),
  ]).toEqual([['waiting'], ['later'], ['later']])
})

test('whoever leaves hands their visits on, and the successor must be able to go there', async () => {
  const from = await world.idOf('chengguan-cun')
  await call(people.township, 'POST', '/visits', {
    ...{ household: world.own.ref, purpose: 'routine', visitor: from, dueOn: '2020-03-13' },
  })
  const made = async (area: number, username: string) =>
    (await installAccount(world.server.identity, { username, name: username, role: 'village', area })).id
  const [there, away] = [await made(world.own.village, 'xin-ren'), await world.idOf('chengguan-duiyuan')]
  const handOver = (to: string, dryRun: boolean) =>
    people.township.post(`/api/accounts/${from}/handover`, { to, reason: '调岗', dryRun })
  expect((await handOver(there, true)).json()).toMatchObject({ moved: { 'planned-visits': 1 } })
  expect((await handOver(away, false)).json<{ code: string }>().code).toBe('handover-target')
  expect((await handOver(there, false)).json()).toMatchObject({ moved: { 'planned-visits': 1 } })
  expect(await rows(`select visitor, version from visit where state = 'planned'`)).toEqual([
    { visitor: there, version: 2 },
  ])
  expect((await contents(people.village)).soon).toEqual(['case authorise'])
})

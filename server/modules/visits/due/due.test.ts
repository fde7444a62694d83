import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FieldSync } from '#contract/work/field.ts'
import { clockAt } from '#server/platform/clock.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

interface Due {
  total: number
  weekly: number
  mine: number | null
  counts: Record<'red' | 'yellow' | 'green', number>
  when: Record<'never' | 'overdue' | 'week', number>
  rows: {
    household: { ref: string }
    grade: string
    purpose: string
    lastOn: string | null
    dueOn: string | null
    standing: string
    visitor: { name: string; because: string; planned: number; mine: boolean } | null
  }[]
}

interface Planned {
  planned: number
  left: number
  nobody: number
  skipped: number
  dueOn: string
  visitors: { visits: number; load: number; left: number }[]
}

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let people: World['people'] & { helper: Visitor }
const refOf = (id: number) => `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`

// Tuesday 2020-03-10. Twenty-two households of the village: 901 is red and overdue, 902 is due on Saturday, 903 next week, 904 is tracked
// and was visited, 905 is ordinary; 906 to 920 are green and long due; at 921 and 922 nobody ever was. 901 is the helper's.
beforeAll(async () => {
  world = await openOwnHousehold()
  people = {
    ...world.people,
    helper: await signInDemo(world.server.app, 'chengguan-bangfu'),
  }
  const { db } = world.t.database
  const { county, village } = world.own
  for (const id of Array.from({ length: 22 }, (_, i) => 901 + i))
    await insertHousehold(db, county, id, { village, member_count: 2 })
  await rows(`update household set category = 'stable' where id between 901 and 922 and id <> 905`)
  await rows(`update household set risk = 'open' where id in (901, 902, 903)`)
  await rows(`update household set risk = 'resolved' where id = 904`)
  await rows(`update household set closed_on = '2020-01-01' where household_no in ('G1', 'G2', 'G3')`)
  await rows(`
    insert into category_spell (county, household_id, village, category, risk, members, from_on, opened_because,
      register_category)
    select county, id, village, category, risk, 2, date '2020-03-14' - 30 + case id when 901 then -20 when 902 then 0
      when 903 then 3
      else -400 end, 'first-record', category from household where id between 901 and 922`)
  await rows(`delete from household_access where kind = 'helper'`)
  await rows(
    `insert into household_access (county, household_id, village, user_id, kind)
     select $1, 901, $2, id, 'helper' from auth_user where username = 'chengguan-bangfu'`,
    [county, village],
  )
  await rows(
    `insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on, reported_on)
     select $1, 904, $2, 'track', 'reported', id, now(), '2020-02-05', '2020-02-04' from auth_user
       where username = 'chengguan-cun'`,
    [county, village],
  )
  // Whoever was at the others has left the village.
  await rows(`
    insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on, reported_on,
      decided_by, decided_at)
    select s.county, s.household_id, s.village, 'routine', 'decided', v.id, now(), s.from_on, s.from_on, d.id, now()
    from category_spell s join auth_user v on v.username = 'anhui' join auth_user d on d.username = 'linquan'
    where s.household_id between 901 and 920 and s.household_id not in (904, 905)`)
}, 60_000)
afterAll(() => world.close())

const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

async function call<R>(who: Visitor, method: 'GET' | 'POST', path: string, body?: unknown): Promise<R> {
  const answer = await who.send(method, `/api${path}`, body)
  expect([answer.statusCode, path, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, path, ''])
  return answer.json<R>()
}
const due = (who: Visitor, query = '') => call<Due>(who, 'GET', `/visits/due?size=200${query}`)
const rhythm = async (who: Visitor) =>
  (await call<{ unassigned: { visit?: Due['when'] } }>(who, 'GET', '/workbench')).unassigned.visit ?? null
const plan = (who: Visitor, ids: readonly number[]) =>
  call<Planned>(who, 'POST', '/visits/due/plan', { households: ids.map(refOf) })
const idsOf = ({ rows: own }: Due) => own.map(({ household }) => Number(household.ref.slice(-12)))

test('what is overdue and due this week, the reddest first, with who would go; the bench counts the same', async () => {
  const all = await due(people.village)
  expect([all.total, all.counts, all.when]).toEqual([
    18,
    { red: 2, yellow: 1, green: 15 },
    { never: 2, overdue: 17, week: 1 },
  ])
  expect(idsOf(all).slice(0, 4)).toEqual([901, 902, 904, 906])
  expect(all.rows[0]).toMatchObject({
    grade: 'red',
    dueOn: '2020-02-23',
    standing: 'overdue',
    lastOn: '2020-01-24',
  })
  expect(all.rows[1]).toMatchObject({ grade: 'red', dueOn: '2020-03-14', standing: 'week' })
  expect(all.rows[2]).toMatchObject({ grade: 'yellow', purpose: 'track', lastOn: '2020-02-04' })
  expect(all.rows.slice(0, 4).map(({ visitor }) => visitor?.because)).toEqual([
    'helper',
    'village',
    'last',
    'village',
  ])
  const week = await due(people.village, '&when=week')
  expect([week.total, idsOf(week), week.counts]).toEqual([1, [902], { red: 1, yellow: 0, green: 0 }])
  expect(idsOf(await due(people.village, '&grade=yellow'))).toEqual([904])
  const never = await due(people.village, '&when=never')
  expect([never.total, idsOf(never)]).toEqual([2, [921, 922]])
  expect(never.rows).toMatchObject([{ dueOn: null, lastOn: null, standing: 'never' }, { dueOn: null }])
  expect([await rhythm(people.village), await rhythm(people.township)]).toEqual([all.when, all.when])
  expect([await rhythm(people.helper), await rhythm(people.county)]).toEqual([
    { never: 0, overdue: 1, week: 0 },
    null,
  ])
  expect(await rhythm(people.elsewhere)).toEqual({ never: 0, overdue: 0, week: 0 })
  const { rows: sums } = await call<{ rows: (Due['when'] & { area: { code: number } })[] }>(
    ...([people.county, 'GET', '/visits/due/sums'] as const),
  )
  const street = Math.floor(world.own.village / 1000) * 1000
  expect(sums.filter(({ overdue, week: n }) => overdue + n > 0)).toMatchObject([
    { area: { code: street }, never: 2, overdue: 17, week: 1 },
  ])
})

test('a helper plans his own, finds it on the telephone, and reported it comes back after the rhythm', async () => {
  expect(idsOf(await due(people.helper))).toEqual([901])
  expect(await plan(people.helper, [901])).toMatchObject({ planned: 1, left: 0, dueOn: '2020-03-17' })
  const foreign = await people.helper.post('/api/visits/due/plan', { households: [refOf(902)] })
  expect(foreign.statusCode).toBe(404)
  expect(await rhythm(people.helper)).toEqual({ never: 0, overdue: 0, week: 0 })
  expect(idsOf(await due(people.village))).not.toContain(901)
  const device = randomUUID()
  await call(people.helper, 'POST', '/field/devices', { device, name: 'Chrome 120' })
  const { visits } = await call<FieldSync>(people.helper, 'GET', `/field/sync?device=${device}`)
  expect(visits.map(({ household, purpose }) => [household.ref, purpose])).toEqual([[refOf(901), 'routine']])
  const [visit] = visits
  if (!visit) throw new Error('no visit')
  await call(people.helper, 'POST', `/visits/${visit.id}/report`, {
    ...{ version: visit.version, report: randomUUID(), secondVisitor: '同行人', met: null },
    ...{ startedAt: '2020-03-10T01:00:00Z', endedAt: '2020-03-10T02:00:00Z', position: null },
    ...{
      incomePerHeadFen: null,
      rigidSpendingFen: null,
      remark: '',
      photos: [],
      signatures: [],
      findings: [],
    },
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      item,
      result: 'good',
    })),
  })
  world.server.services.clock = clockAt('2020-04-06')
  const again = await due(people.helper)
  expect(again.rows).toMatchObject([{ lastOn: '2020-03-10', dueOn: '2020-04-09', standing: 'week' }])
  world.server.services.clock = clockAt('2020-03-10')
})

test('one click plans whom nobody was ever at, as far as the week of whoever would go is free', async () => {
  const body = { area: world.own.village, when: 'never' }
  expect((await people.elsewhere.post('/api/visits/due/plan', body)).statusCode).toBe(404)
  expect(await call<Planned>(people.village, 'POST', '/visits/due/plan', body)).toMatchObject({
    ...{ planned: 2, left: 0, nobody: 0, skipped: 0 },
  })
  expect((await due(people.village, '&when=never')).total).toBe(0)
  expect(await call<Planned>(people.village, 'POST', '/visits/due/plan', body)).toMatchObject({ planned: 0 })
  await rows(`update visit set state = 'cancelled' where household_id in (921, 922)`)
  expect((await due(people.village, '&when=never')).total).toBe(2)
})

test('one click plans what is ticked, nobody beyond the week’s budget, and says what is left', async () => {
  const ids = idsOf(await due(people.village))
  expect(ids).toHaveLength(17)
  const result = await plan(people.village, ids)
  expect(result).toMatchObject({ planned: 15, left: 2, nobody: 0, skipped: 0 })
  expect(result.visitors).toEqual([{ name: expect.any(String), visits: 15, load: 15, left: 2 }])
  const rest = await due(people.village)
  expect([idsOf(rest), rest.rows[0]?.visitor?.planned]).toEqual([[919, 920], 15])
  // The reddest went first; what was planned is planned no second time.
  expect(await plan(people.village, [902, 919])).toMatchObject({ planned: 0, left: 1, skipped: 1 })
  const planned = await rows(
    `select purpose, due_on, count(*) from visit where state = 'planned' group by 1, 2 order by 1`,
  )
  expect(planned).toEqual([
    { purpose: 'routine', due_on: '2020-03-17', count: 14 },
    { purpose: 'track', due_on: '2020-03-17', count: 1 },
  ])
  const over = { household: refOf(919), purpose: 'routine', visitor: await world.idOf('chengguan-cun') }
  const refused = await people.village.post('/api/visits', { ...over, dueOn: '2020-03-15' })
  expect(refused.json<{ code: string }>().code).toBe('visit-budget')
  await call(people.village, 'POST', '/visits', { ...over, dueOn: '2020-03-15', reason: '危房险情' })
  expect(idsOf(await due(people.village))).toEqual([920])
  expect((await people.elsewhere.post('/api/visits/due/plan', { households: [refOf(920)] })).statusCode).toBe(
    404,
  )
})

test('a team member goes himself; the village’s officer may send the helper, whose account stands higher up', async () => {
  await rows(`update account set role = 'team-member', area = $1 where user_id = $2`, [
    world.own.village,
    await world.idOf('chengguan-duiyuan'),
  ])
  const member = await signInDemo(world.server.app, 'chengguan-duiyuan')
  expect(await due(member)).toMatchObject({ mine: 0, total: 1 })
  expect(await plan(member, [920])).toMatchObject({ planned: 1, visitors: [{ visits: 1, load: 1 }] })
  const sent = { household: refOf(901), purpose: 'routine', dueOn: '2020-03-20' }
  const visitor = await world.idOf('chengguan-bangfu')
  await rows(
    `update visit set state = 'decided', decided_by = $1, decided_at = now() where state = 'reported'`,
    [await world.idOf('linquan')],
  )
  const { visitors } = await call<{ visitors: { id: string; role: string }[] }>(
    ...([people.village, 'GET', `/visits/visitors?household=${refOf(901)}`] as const),
  )
  expect(visitors).toContainEqual(expect.objectContaining({ id: visitor, role: 'helper', knows: true }))
  await call(people.village, 'POST', '/visits', { ...sent, visitor })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { assembleServices } from '#server/assembly.ts'
import { clockAt } from '#server/platform/clock.ts'
import { schemaParts } from '#server/schema.ts'
import { installAccount } from '#test/harness/accounts.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

/** Columns that name a person whose work does not move with a handover, and why, as their modules say. */
const stays: Record<string, string> = Object.assign({}, ...schemaParts.map((part) => part.stays))

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let leader: Visitor

beforeAll(async () => {
  world = await openOwnHousehold()
  leader = await signInDemo(world.server.app, 'linquan-lingdao')
}, 60_000)
afterAll(() => world.close())

const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

test('every column that names a person is moved by a handover, or stays for a reason', async () => {
  const named = await rows<{ name: string }>(`
    select format('%s.%s', c.relname, a.attname) as name
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'text'::regtype and (
      exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
      and f.confrelid = 'auth_user'::regclass
        and a.attnum = any (f.conkey))
      or a.attname ~ '(^|_)(user|user_id|visitor|assignee|responsible|by)$' and c.relname <> 'audit_entry')
    order by 1`)
  const moved = assembleServices(clockAt('2020-03-10')).handover.flatMap(({ columns }) => columns)
  const known = new Set([...moved, ...Object.keys(stays)])
  const names = named.map(({ name }) => name)
  expect(names.filter((name) => !known.has(name))).toEqual([])
  expect([...known].filter((name) => !names.includes(name))).toEqual([])
  expect(moved.filter((name) => name in stays)).toEqual([])
})

async function call<R>(who: Visitor, path: string, body?: unknown): Promise<R> {
  const answer = await who.send(body ? 'POST' : 'GET', `/api${path}`, body)
  expect([answer.statusCode, path, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, path, ''])
  return answer.json<R>()
}

test('all open work moves, is previewed before, and exactly that is taken back', async () => {
  const { county, id, village } = world.own
  const street = Math.floor(village / 1000) * 1000
  const from = await world.idOf('chengguan')
  const { id: to } = await installAccount(world.server.identity, {
    ...{ username: 'jie-ban', name: '接班人', role: 'township', area: street },
  })
  const [clue] = await rows<{ id: string }>(
    `select id from clue where household_id = $1 and state = 'dispatched'`,
    [id],
  )
  const visitor = await world.idOf('chengguan-cun')
  await call(world.people.township, '/visits/assign', { clues: [clue?.id], visitor })
  const fill = async (own: string, householdId: number, name: string) => {
    await rows(
      `insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on)
       values ($1, $2, $3, 'track', 'planned', $4, now(), '2020-03-12')`,
      [county, householdId, village, own],
    )
    await rows(
      `with p as (insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on)
         values ($1, $2, $3, '{illness}', '2020-03-01', '2020-03-11', '2020-04-01') returning id)
       insert into measure (county, household_id, village, plan_id, type, title, responsible, responsible_user,
         starts_on, state, made_by, made_at)
       select $1, $2, $3, p.id, 'health', '就医', $5, $4, '2020-03-01', s.state, $4, now()
         from p, unnest('{planned,done}'::text[]) s (state)`,
      [county, householdId, village, own, name],
    )
  }
  const [other] = await rows<{ id: number }>(`select id from household where household_no = 'G2'`)
  await fill(from, id, '城关街道扶贫专干 演示')
  await fill(to, other?.id ?? 0, '接班人')
  await rows(
    `with f as (insert into case_file (county, household_id, village, kind, state, step, causes, opened_on, due_on,
      total_due_on, pack)
       values ($1, $2, $3, 'identification', 'running', 'county-approval', '{illness}', '2020-03-01', '2020-03-20',
         '2020-03-30', 'anhui-2020')
       returning id)
     insert into case_entry (county, household_id, village, case_id, step, result, at, by_user, details)
     select $1, $2, $3, f.id, 'township-audit', 'done', now(), $4, '{}' from f`,
    [county, id, village, from],
  )
  await rows(
    `insert into export (kind, filter, purpose, requested_by, requester_area, requested_at, row_total, row_limit, state,
      expires_at)
     values ('clues', '{}', '核对', $1, $2, now(), 900, 500, 'pending', now() + interval '1 day')`,
    [from, street],
  )
  const work = {
    ...{ 'household-access': 0, 'planned-visits': 1, measures: 1, corrections: 0, exports: 1 },
    ...{ 'waiting-clues': 1, 'waiting-visits': 1, 'waiting-cases': 1 },
  }
  const path = `/accounts/${from}/handover`
  const preview = await call<{ moved: object }>(leader, path, { to, reason: '调岗', dryRun: true })
  expect(preview.moved).toEqual({ ...work, 'waiting-clues': expect.any(Number) })
  const waitingOf = async (who: Visitor) =>
    (await call<{ counts: { waiting: number } }>(who, '/workbench')).counts.waiting
  const before = await waitingOf(world.people.township)
  expect(before).toBe(2)
  const done = await call<{ handover: string; moved: object }>(leader, path, { to, reason: '调岗' })
  expect(done.moved).toEqual(preview.moved)
  expect(await waitingOf(world.people.township)).toBe(0)
  const responsible = () =>
    rows(
      `select 'visit' as what, household_id, visitor as who from visit where purpose = 'track'
       union all select m.state, household_id, m.responsible_user from measure m
       union all select 'name', household_id, m.responsible from measure m where state = 'planned'
       union all select 'sent', household_id, planned_by from visit where planned_by is not null
       union all select 'case', household_id, user_id from case_follower
       union all select 'export', 0, requested_by from export order by 1, 2`,
    )
  const theirs = other?.id ?? 0
  const at = (what: string, household: number, who: string) => ({ what, household_id: household, who })
  expect(await responsible()).toEqual([
    ...[at('case', id, to), at('done', id, from), at('done', theirs, to), at('export', 0, to)],
    ...[
      at('name', id, '接班人'),
      at('name', theirs, '接班人'),
      at('planned', id, to),
      at('planned', theirs, to),
    ],
    ...[at('sent', id, to), at('visit', id, to), at('visit', theirs, to)],
  ])
  const account = await call<{ openWork: object; handedOver: { id: string; to: string } | null }>(
    ...([leader, `/accounts/${from}`] as const),
  )
  expect(Object.values(account.openWork).every((n) => n === 0)).toBe(true)
  expect(account.handedOver).toMatchObject({ id: done.handover, to: '接班人' })
  const back = `/accounts/handovers/${done.handover}/take-back`
  expect(await call(leader, back, { reason: '不调了' })).toEqual({
    moved: { ...Object.fromEntries(Object.entries(done.moved).filter(([, n]) => n > 0)) },
  })
  expect(await responsible()).toEqual([
    ...[at('done', id, from), at('done', theirs, to), at('export', 0, from)],
    ...[at('name', id, '城关街道扶贫专干 演示'), at('name', theirs, '接班人'), at('planned', id, from)],
    ...[at('planned', theirs, to), at('sent', id, from), at('visit', id, from), at('visit', theirs, to)],
  ])
  expect(await waitingOf(world.people.township)).toBe(before)
  expect((await leader.post(`/api${back}`, { reason: '再撤' })).statusCode).toBe(404)
})

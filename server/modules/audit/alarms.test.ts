import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#contract/access/capabilities.ts'
import type { Alarm, AlarmKind, AuditRow } from '#contract/protection/audit.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { callRoute } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, type Caller, type World } from '#test/leaks/world.ts'
import { type AlarmLimits, findAlarms } from './alarms.ts'
import { sealPending } from './chain/sealing.ts'
import { runVerification } from './chain/status.ts'
import { publishPolicy } from './publication.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let world: World
const linquan = 341_221_000_000
const limits: AlarmLimits = {
  alarmHouseholdsPerHour: 5,
  alarmTownshipsPerHour: 3,
  alarmNightReads: 4,
  nightFromHour: 22,
  nightToHour: 6,
  alarmFailedSignIns: 3,
  alarmRefusalsPerHour: 4,
  alarmExportRows: 100,
}

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  world = await buildWorld(t.database, seeded(9), {
    households: 240,
    accounts: 32,
    vault: server.services.vault,
  })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const as = (role: Role, index: number, area = linquan): Caller => ({
  ...(world.callers[index] as Caller),
  ...{ role, area, scope: areaScope(area), department: null, granted: new Set() },
})
const call = (caller: Caller, name: Parameters<typeof callRoute>[2], question: unknown = {}) =>
  callRoute(server.services, caller, name, question)
const admin = () => as('audit-admin', 30)
const list = async (filter: object = {}, caller = admin()) => {
  const answer = await call(caller, 'audit.list', filter)
  if (!answer.ok) throw new Error(answer.code)
  return answer.value as { total: number; more: boolean; rows: AuditRow[]; actions: string[] }
}

/** Entries as they would stand after somebody did so many things, at noon or at night in China. */
async function wrote(
  name: string,
  count: number,
  entry: {
    action?: string
    outcome?: string
    households?: string[]
    hourInChina?: number
    rows?: number
    role?: string
    area?: number | null
  },
) {
  const {
    action = 'households.get',
    outcome = 'done',
    households = [],
    hourInChina = 12,
    rows = null,
    role = 'clerk',
    area = linquan,
  } = entry
  await t.database.pool.query(
    `insert into audit_entry (at, actor_id, actor_name, actor_role, actor_area, action, outcome, household_ref,
      row_count, address)
     select date_trunc('day', now() at time zone 'Asia/Shanghai' - interval '1 day'
       * (($7::int > extract(hour from now() at time zone 'Asia/Shanghai'))::int))
         at time zone 'Asia/Shanghai' + make_interval(hours => $7::int, secs => n),
       case when $9::bigint is null then null else $1 end, $1, $8, $9, $2, $3,
       ($4::uuid[])[1 + n % greatest(cardinality($4::uuid[]), 1)], $6::bigint, '10.1.1.1'
     from generate_series(0, $5::int - 1) n`,
    [name, action, outcome, households, count, rows, hourInChina, role, area],
  )
}
const alarms = async (actor: string): Promise<[AlarmKind, number][]> => {
  const { rows } = await t.database.pool.query(
    'select kind, count::int from audit_alarm where actor_name = $1 order by kind',
    [actor],
  )
  return rows.map(({ kind, count }) => [kind, count])
}
const refs = (count: number, sameTownship = true) => {
  const first = world.households[0]?.village ?? 0
  const near = world.households.filter(({ village }) => Math.floor(village / 1e3) === Math.floor(first / 1e3))
  const far = [...new Map(world.households.map((one) => [Math.floor(one.village / 1e3), one])).values()]
  return (sameTownship ? near : far).slice(0, count).map(({ ref }) => ref)
}

describe('alarms', () => {
  it.each<[AlarmKind, string, () => Promise<void>, () => Promise<void>]>([
    [
      'many-households',
      'duo',
      () => wrote('duo', 5, { households: refs(5) }),
      () => wrote('shao', 9, { households: refs(4) }),
    ],
    [
      'outside-work',
      'yuan',
      () => wrote('yuan', 3, { households: refs(3, false) }),
      () => wrote('jin', 4, { households: refs(2, false) }),
    ],
    [
      'night-access',
      'yeban',
      () => wrote('yeban', 4, { households: refs(1), hourInChina: 23 }),
      () => wrote('baitian', 4, { households: refs(1), hourInChina: 21 }),
    ],
    [
      'failed-sign-ins',
      'cai',
      () => wrote('cai', 3, { action: 'session.sign-in', outcome: 'refused', area: null }),
      () => wrote('cuo', 2, { action: 'session.sign-in', outcome: 'refused' }),
    ],
    [
      'many-refusals',
      'zhao',
      () => wrote('zhao', 4, { outcome: 'refused' }),
      () => wrote('dian', 3, { outcome: 'refused' }),
    ],
    [
      'large-export',
      'ji',
      () => wrote('ji', 1, { action: 'exports.download', rows: 100 }),
      () => wrote('du', 1, { action: 'exports.download', rows: 99 }),
    ],
    [
      'break-glass',
      'po',
      () => wrote('po', 1, { action: 'breakGlass.open' }),
      () => wrote('shi', 1, { action: 'breakGlass.open', outcome: 'refused' }),
    ],
  ])('%s is raised at its threshold and not below', async (kind, name, above, below) => {
    await above()
    await below()
    await findAlarms({ database: server.services.database }, limits)
    const found = await alarms(name)
    expect(found.map(([one]) => one)).toEqual([kind])
    const { rows } = await t.database.pool.query(
      "select actor_name from audit_alarm where actor_name in ('shao', 'jin', 'baitian', 'cuo', 'dian', 'du', 'shi')",
    )
    expect(rows).toEqual([])
  })

  it('is found again as the same, and grows', async () => {
    const before = await alarms('duo')
    expect(await findAlarms({ database: server.services.database }, limits)).toBe(0)
    await wrote('duo', 7, { households: refs(7) })
    await findAlarms({ database: server.services.database }, limits)
    expect(before).toEqual([['many-households', 5]])
    expect(await alarms('duo')).toEqual([['many-households', 7]])
  })

  it('opens to its entries, and is acknowledged by somebody else, with a reason', async () => {
    const answer = await call(admin(), 'audit.alarms', { state: 'open', kind: ['many-households'] })
    const { rows } = (answer as { value: { rows: Alarm[] } }).value
    const alarm = rows.find(({ account }) => account.username === 'duo') as Alarm
    expect((await list(alarm.filter)).total).toBe(12)
    await t.database.pool.query('update audit_alarm set actor_id = $1 where id = $2', [
      admin().userId,
      alarm.id,
    ])
    expect(await call(admin(), 'audit.acknowledge', { id: alarm.id, reason: '例行核对' })).toMatchObject({
      code: 'same-person',
    })
    expect(
      await call(as('audit-admin', 31, 340_123_000_000), 'audit.acknowledge', {
        id: alarm.id,
        reason: '例行核对',
      }),
    ).toMatchObject({ code: 'not-found' })
    expect(
      await call(as('audit-admin', 31), 'audit.acknowledge', { id: alarm.id, reason: '例行核对' }),
    ).toMatchObject({
      ok: true,
      value: { state: 'acknowledged', acknowledged: { reason: '例行核对' } },
    })
  })
})

describe('the audit', () => {
  it('is searched by every filter, page by page without gaps', async () => {
    for (const [filter, check] of [
      [{ actor: 'yeban' }, (row: AuditRow) => row.actor.username === 'yeban'],
      [{ outcome: 'refused' }, (row: AuditRow) => row.outcome === 'refused'],
      [{ action: ['breakGlass'] }, (row: AuditRow) => row.action.startsWith('breakGlass.')],
      [{ action: ['exports.download'] }, (row: AuditRow) => row.action === 'exports.download'],
      [{ household: refs(1)[0] }, (row: AuditRow) => row.household === refs(1)[0]],
      [{ address: '10.1.1.1' }, (row: AuditRow) => row.address === '10.1.1.1'],
    ] as const) {
      const { rows, total } = await list({ ...filter, size: 200 })
      expect(rows.length, JSON.stringify(filter)).toBeGreaterThan(0)
      expect(rows.every(check)).toBe(true)
      expect(total).toBeGreaterThanOrEqual(rows.length)
    }
    const ids: number[] = []
    for (let before: number | undefined, more = true; more; ) {
      const page = await list({ address: '10.1.1.1', size: 7, ...(before === undefined ? {} : { before }) })
      ids.push(...page.rows.map(({ id }) => id))
      before = ids.at(-1)
      more = page.more
      await wrote('tongshi', 1, {})
    }
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a))
    expect((await list({})).actions).toContain('breakGlass.open')
  })

  it('shows each administrator its area, those of no area to the province alone, and nobody else anything', async () => {
    await wrote('biechu', 3, { area: 340_123_000_000 })
    expect((await list({ actor: 'biechu' })).total).toBe(0)
    expect((await list({ actor: 'biechu' }, as('audit-admin', 31, 340_123_000_000))).total).toBe(3)
    expect((await list({ actor: 'cai' })).total).toBe(0)
    expect((await list({ actor: 'cai' }, as('audit-admin', 31, 340_000_000_000))).total).toBe(3)
    for (const role of ['leader', 'system-admin', 'security-admin', 'clerk'] as const) {
      expect(await call(as(role, 29), 'audit.list')).toMatchObject({ code: 'not-allowed' })
    }
  })

  it('writes down that it was read', async () => {
    await list({ actor: 'yeban' })
    const { rows } = await list({ actor: admin().username, action: ['audit.list'], size: 1 })
    expect(rows[0]).toMatchObject({ action: 'audit.list', actor: { role: 'audit-admin' } })
  })

  it('reports how far the chain reaches and what its verification found', async () => {
    const anchors = { append: () => undefined, list: () => [] }
    const { database, vault, keyRing } = server.services
    const deps = { database, vault, keyRing, anchors }
    await sealPending(deps)
    await runVerification(deps)
    expect(await call(admin(), 'audit.chain', undefined)).toMatchObject({
      ok: true,
      value: { pending: expect.any(Number), verification: { ok: true, wrong: null } },
    })
    const id = (await list({ size: 1, actor: 'yeban' })).rows[0]?.id
    expect(await call(admin(), 'audit.get', { id })).toMatchObject({
      ok: true,
      value: { seal: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    })
    await t.database.pool.query("update audit_entry set reason = 'x' where id = $1", [id])
    await runVerification(deps)
    expect(await call(admin(), 'audit.chain', undefined)).toMatchObject({
      ok: true,
      value: { verification: { ok: false, wrong: { what: 'changed', entry: id } } },
    })
  })
})

it('a policy is written down once when it comes into force, and again with what it changed', async () => {
  const deps = { database: server.services.database, audit: systemAuditor() }
  const publish = (digest: string, parameters: Record<string, string>) =>
    publishPolicy(deps, { id: 'test', digest, parameters })
  expect(await Promise.all([publish('1', { a: '1', b: '2' }), publish('1', { a: '1', b: '2' })])).toEqual(
    expect.arrayContaining([true, false]),
  )
  expect(await publish('2', { a: '1', b: '3', c: '4' })).toBe(true)
  const { rows } = await t.database.pool.query(
    "select before, after from audit_entry where action = 'policy.publish' and object_ref = 'test' order by id",
  )
  expect(rows).toEqual([
    { before: null, after: null },
    { before: { b: '2', c: null }, after: { b: '3', c: '4' } },
  ])
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may } from '#contract/access/capabilities.ts'
import { eachClue } from '#server/modules/clues/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { schemaParts } from '#server/schema.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { compareForeignWithAbsent, contextFor, drive, unserved, viewOf } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { coveredByOthers } from '#test/leaks/routes.ts'
import { tokenFinder } from '#test/leaks/tokens.ts'
import { buildWorld, type Caller, collectMade, sees, type World } from '#test/leaks/world.ts'

// Every module brings a question for each of its routes, or nothing compiles: a route that is new is driven here too.

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let services: Services
let world: World
const random = seeded(7)

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  services = server.services
  world = await buildWorld(t.database, random, { households: 360, accounts: 64, vault: services.vault })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

describe('what an account sees', () => {
  it('has a handler for every route of the contract', () => {
    expect(unserved).toEqual([])
    expect(coveredByOthers).toEqual([])
  })

  it('is nothing of others, for any account and request, many at a time over one pool', async () => {
    await drive(services, world, random, { attempts: 500, concurrency: 24 })
    await collectMade(t.database, world)
    const driven = await drive(services, world, random, { attempts: 1500, concurrency: 24 })
    const { leaks, faults, answered } = driven
    expect({ leaks, faults }).toEqual({ leaks: [], faults: [] })
    expect(answered).toBeGreaterThan(200)
  })

  it('is nothing of others by the operations alone, were there no row-level security', async () => {
    const unguarded = { ...services, roles: { ...services.roles, app: t.database } }
    const { leaks } = await drive(unguarded, world, random, { attempts: 800, concurrency: 12 })
    expect(leaks).toEqual([])
  })

  it('would be seen to leak, were there neither', async () => {
    const unguarded = { ...services, roles: { ...services.roles, app: t.database } }
    const province = areaScope(340_000_000_000)
    const blind = { ...world, callers: world.callers.map((caller) => ({ ...caller, scope: province })) }
    const find = tokenFinder(world)
    const clerk = world.callers.find(({ role, area }) => role === 'clerk' && area % 1e8 !== 0)
    const seen = await viewOf(unguarded, { ...(clerk as Caller), scope: province })
    expect(blind.callers.length).toBe(world.callers.length)
    expect(find(clerk as Caller, {}, seen).length).toBeGreaterThan(10)
  })

  it('is the same of something foreign as of something that is nowhere', async () => {
    expect(await compareForeignWithAbsent(services, world, random, world.callers.slice(0, 16))).toEqual([])
  })

  it('does not stand in its files either', async () => {
    const find = tokenFinder(world)
    for (const caller of world.callers.filter(({ role }) => may(role, 'clue.read'))) {
      const { deps, scope } = contextFor(services, caller)
      for await (const clues of eachClue(deps, scope, {})) expect(find(caller, {}, clues)).toEqual([])
    }
  })
})

describe('row-level security alone', () => {
  let tables: readonly (readonly [string, string])[]
  beforeAll(async () => {
    // Every table that says of whose household a row is, and that requests may read; how a grant is seen has tests of its own.
    const { rows } = await t.database.pool.query<{ name: string }>(`
      select attrelid::regclass::text as name from pg_attribute where attname = 'household_id' and not attisdropped`)
    const known = new Set(rows.map(({ name }) => name))
    const household = schemaParts.flatMap((part) =>
      Object.entries(part.tables).filter(([, { level, seen, app }]) => level === 'household' && seen && app),
    )
    tables = [
      ['household', 'id'],
      ['person_index', 'household_id'],
      ['signal_evidence', '(select household_id from signal s where s.id = signal_id)'],
      ['clue_event', '(select household_id from clue c where c.id = clue_id)'],
      ...household.flatMap(([name]) =>
        known.has(name) && name !== 'household_access' ? [[name, 'household_id'] as const] : [],
      ),
    ]
    expect(tables.length).toBeGreaterThan(30)
  })

  it('shows each account the rows of its households, in every table, and no other', async () => {
    for (const caller of world.callers) {
      const { deps } = contextFor(services, caller)
      const seen = new Set(world.households.filter((one) => sees(caller, one)).map(({ id }) => id))
      for (const [table, column] of tables) {
        const { rows } = await deps.database.pool.query(`select distinct ${column} as id from ${table}`)
        const { rows: all } = await t.database.pool.query(`select distinct ${column} as id from ${table}`)
        const expected = all.map(({ id }) => id).filter((id) => seen.has(id))
        expect(rows.map(({ id }) => id).toSorted(), `${caller.role} of ${caller.area}: ${table}`).toEqual(
          expected.toSorted(),
        )
      }
      const { rows: batches } = await deps.database.pool.query('select area, feed from batch')
      for (const { area } of batches)
        expect(area).toSatisfy((code: number) => code >= caller.scope.from && code <= caller.scope.to)
      const { rows: rejects } = await deps.database.pool.query('select batch_id from batch_reject')
      expect(rejects.length).toBeLessThanOrEqual(batches.length)
    }
  })

  it('shows nothing on a connection without a scope', async () => {
    const client = await services.roles.app.pool.connect()
    try {
      await client.query('discard all')
      for (const [table] of tables) {
        const { rows } = await client.query(`select count(*)::int as n from ${table}`)
        expect([table, rows[0].n]).toEqual([table, 0])
      }
    } finally {
      client.release(true)
    }
  })

  it('stands on every table, and the server’s roles own none', async () => {
    const { rows } = await t.database.pool.query(`
      select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not relrowsecurity`)
    expect(rows).toEqual([])
    const owned = await t.database.pool.query(`
      select relname from pg_class c join pg_roles r on r.oid = c.relowner
      where relnamespace = 'public'::regnamespace and r.rolname like 'shouwang\\_%'`)
    expect(owned.rows).toEqual([])
    const strong = await t.database.pool.query(`
      select rolname from pg_roles where rolname like 'shouwang\\_%'
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`)
    expect(strong.rows).toEqual([])
  })
})

describe('what lies outside', () => {
  it('does not change what is shown: neither rows, totals, facets nor choices', async () => {
    // From a city down to one village, each time taking away all that lies outside.
    const village = world.villages[0] ?? 0
    const chain: [Caller['role'], number][] = [
      ['clerk', 341_200_000_000],
      ['leader', 341_221_000_000],
      [
        'township',
        Math.floor((world.villages.find((code) => code >= 341_221_000_000) ?? village) / 1e3) * 1e3,
      ],
      ['village', world.villages.find((code) => code >= 341_221_000_000) ?? village],
    ]
    for (const [role, area] of chain) {
      const caller = { ...(world.callers[0] as Caller), role, area, scope: areaScope(area), department: null }
      const before = await viewOf(services, caller)
      expect(before).toContain('户')
      await takeAwayOutside(caller.scope)
      expect(await viewOf(services, caller)).toBe(before)
    }
  })

  async function takeAwayOutside({ from, to }: { from: number; to: number }) {
    const outside = `select id from household where village not between ${from} and ${to}`
    const facts = [
      'household_record',
      'income_statement',
      'medical_insurance',
      'medical_settlement',
      'indicator',
      'person',
      'person_index',
    ]
    await t.database.pool.query(
      [
        'begin',
        'set local session_replication_role = replica',
        `delete from clue_event where clue_id in (select id from clue where household_id in (${outside}))`,
        `delete from signal_evidence where signal_id in (select id from signal where household_id in (${outside}))`,
        ...['clue', 'signal', ...facts].map(
          (table) => `delete from ${table} where household_id in (${outside})`,
        ),
        `delete from batch_review where household_id in (${outside})`,
        `delete from household where village not between ${from} and ${to}`,
        `delete from batch_reject where batch_id in (select id from batch where area not between ${from} and ${to}
          and area <> 340000000000)`,
        `delete from batch where area not between ${from} and ${to} and area <> 340000000000`,
        `delete from account where area not between ${from} and ${to} and user_id <> '${world.callers[0]?.userId}'`,
        'commit',
      ].join('; '),
    )
  }
})

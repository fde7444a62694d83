import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { assembleIntake } from '#server/assembly.ts'
import { getClue, listClues } from '#server/modules/clues/index.ts'
import { areaScope, loadDivisions } from '#server/modules/divisions/index.ts'
import { getHouseholdPage, listHouseholdRows } from '#server/modules/dossier/index.ts'
import { feedCodesOf } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openRoles } from '#server/platform/database/roles.ts'
import { readEntry } from '#server/platform/http/route-audit.ts'
import { contextOf, type HouseholdScope, type Requester } from '#server/platform/http/rpc.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { createLogger } from '#server/platform/log.ts'
import { fillWorld } from '#test/world/fill-world.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'

const rounds = 41
const province = 340_000_000_000
const linquan = 341_221_000_000
const township = 341_221_001_000

type Deps = Parameters<typeof listClues>[0]
interface Request {
  name: string
  role: Requester['role']
  area: number
  action: string
  input: Record<string, unknown>
  run(deps: Deps, scope: HouseholdScope): Promise<unknown>
}

/**
 * The same lists and details with row-level security and audit, as the server answers them, and without either, as the owner
 * of the tables reads them: turn about in one run. `overhead` is the share both together add to the whole.
 */
export async function run({ households = 200_000, out }: BenchOptions): Promise<BenchFigures> {
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const owner = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  const roles = await prepare(owner, households)
  try {
    const clock = clockAt('2020-03-10')
    const vault = openVault(masterKey)
    const bare = { database: owner, clock, vault }
    const services = {
      ...bare,
      database: roles.work,
      roles,
      log: createLogger('silent'),
      feedsOf: feedCodesOf,
      intake: assembleIntake(clock),
    }
    const requests = await listRequests(owner)
    const found: Record<string, { withoutMs: number; withMs: number; ratio: number }> = {}
    for (const request of requests) {
      const me = await requesterOf(owner, request)
      const guarded = async () => {
        const { deps, scope, open, end } = contextOf(services as never, me, origin)
        open()
        const answer = await request.run(deps, scope)
        await deps.audit.record(deps.database.db, readEntry(request.action, request.input, answer, {}))
        await end()
      }
      const scope = { ...areaScope(request.area), grantee: request.role === 'helper' ? me.userId : null }
      const times = await turnAbout(() => request.run(bare, scope), guarded)
      found[request.name] = times
      print(`${request.name}: ${times.withoutMs} ms, guarded ${times.withMs} ms, x ${times.ratio}`)
    }
    const total = (key: 'withoutMs' | 'withMs') =>
      Object.values(found).reduce((sum, one) => sum + one[key], 0)
    const [withoutMs, withMs] = [total('withoutMs'), total('withMs')]
    return {
      households,
      rounds,
      requests: found,
      withoutMs: round(withoutMs),
      withMs: round(withMs),
      overhead: round(withMs / withoutMs - 1),
    }
  } finally {
    await Promise.all(Object.values(roles).map((role) => role.close()))
    await owner.close()
    await server?.stop()
    if (!out) rmSync(folder, { recursive: true, force: true })
  }
}

const origin = { address: '127.0.0.1', userAgent: 'bench', requestId: 'bench' }

async function prepare(owner: Database, households: number) {
  const addresses = await prepareDatabase(owner)
  const { rows } = await sql<{ n: number }>`select count(*) as n from household`.execute(owner.db)
  if (rows[0]?.n !== households) {
    await loadDivisions(owner)
    print(`filling ${households} households`)
    await fillWorld(owner, { households, clueEvery: 5, encrypt: openVault(masterKey).encrypt })
  }
  return openRoles(addresses)
}

async function listRequests(owner: Database): Promise<Request[]> {
  const { rows } = await sql<{ clue: string; household: string; name: string; number: string }>`
    select c.id as clue, h.ref as household, h.head_name as name, h.household_no as number
    from clue c join household h on h.county = c.county and h.id = c.household_id
    where c.village between ${township}::bigint and ${township + 999}::bigint order by c.id limit 1`.execute(
    owner.db,
  )
  const [one] = rows
  if (!one) throw new Error('the township has no clue')
  const page = { page: 1, size: 50 }
  const order = { sort: 'level' as const, descending: false }
  const clues = (name: string, role: Requester['role'], area: number, filter = {}): Request => ({
    ...{ name, role, area, action: 'clues.list', input: filter },
    run: (deps, scope) => listClues(deps, scope, filter, order, page),
  })
  const households = (name: string, role: Requester['role'], area: number, search = {}): Request => ({
    ...{ name, role, area, action: 'households.list', input: search },
    run: (deps, scope) => listHouseholdRows(deps, scope, search, { limit: 50, offset: 0 }),
  })
  return [
    clues('clues of the province', 'clerk', province),
    clues('clues of a county', 'clerk', linquan),
    clues('clues of a county, red', 'clerk', linquan, { level: ['red'] }),
    clues('clues of a township', 'township', township),
    clues('clues of a helper', 'helper', township),
    clues('clues by name', 'clerk', linquan, { q: one.name }),
    households('households of the province', 'clerk', province),
    households('households of a county', 'clerk', linquan),
    households('households by name', 'clerk', linquan, { q: one.name }),
    households('households by number', 'clerk', linquan, { q: one.number }),
    {
      ...{
        name: 'a household, county',
        role: 'clerk',
        area: linquan,
        action: 'households.get',
        input: { ref: one.household },
      },
      run: (deps, scope) => getHouseholdPage(deps, scope, one.household),
    },
    {
      ...{
        name: 'a household, township',
        role: 'township',
        area: township,
        action: 'households.get',
        input: { ref: one.household },
      },
      run: (deps, scope) => getHouseholdPage(deps, scope, one.household),
    },
    {
      ...{
        name: 'a clue, county',
        role: 'clerk',
        area: linquan,
        action: 'clues.get',
        input: { id: one.clue },
      },
      run: (deps, scope) => getClue(deps, scope, one.clue),
    },
    {
      ...{
        name: 'a clue, township',
        role: 'township',
        area: township,
        action: 'clues.get',
        input: { id: one.clue },
      },
      run: (deps, scope) => getClue(deps, scope, one.clue),
    },
  ]
}

/** An account for the request; a helper is given the first dozen households of the township. */
async function requesterOf({ db }: Database, { role, area }: Request): Promise<Requester> {
  const userId = `bench-${role}`
  await sql`insert into auth_user (id, name, email) values (${userId}, ${userId}, ${`${userId}@accounts.invalid`})
    on conflict do nothing`.execute(db)
  if (role === 'helper') {
    await sql`
      insert into household_access (county, household_id, village, user_id, kind, from_at)
      select county, id, village, ${userId}, 'helper', '2020-01-01' from household
      where village between ${area}::bigint and ${area + 999}::bigint order by id limit 12
        on conflict do nothing`.execute(db)
  }
  return {
    userId,
    name: userId,
    username: userId,
    role,
    department: null,
    area,
    scope: areaScope(area),
  } as Requester
}

async function turnAbout(without: () => Promise<unknown>, guarded: () => Promise<unknown>) {
  const times = { without: [] as number[], guarded: [] as number[] }
  for (let round = 0; round < rounds + 3; round++) {
    // Whoever goes first in a round pays for the cold cache; they take turns at that too.
    const both = [
      ['without', without],
      ['guarded', guarded],
    ] as const
    for (const [key, work] of round % 2 ? both : both.toReversed()) {
      const start = performance.now()
      await work()
      if (round >= 3) times[key].push(performance.now() - start)
    }
  }
  const [withoutMs, withMs] = [median(times.without), median(times.guarded)]
  return { withoutMs: round(withoutMs), withMs: round(withMs), ratio: round(withMs / withoutMs) }
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}

import { sql } from 'kysely'
import { openProvince } from '#bench/open-province.ts'
import { assembleIntake } from '#server/assembly.ts'
import { areaScope, levelOf } from '#server/modules/divisions/index.ts'
import { feedCodesOf } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/db.ts'
import { readEntry } from '#server/platform/http/route-audit.ts'
import { contextOf, type Requester } from '#server/platform/http/rpc.ts'
import { createLogger } from '#server/platform/log.ts'
import { listRequests, type Request } from './casework/requests.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'

const rounds = 30

/**
 * Inbox, workbench and reconciliation of a province after years of work, loaded in bulk, asked for as the server answers them: under
 * the server's own database role, with row-level security and the audit entry.
 */
export async function run({ households = 1_880_000, out }: BenchOptions): Promise<BenchFigures> {
  const province = await openProvince({ households, out })
  const { owner, roles, keyRing } = province
  try {
    const clock = clockAt('2020-03-10')
    const services = {
      ...{ clock, vault: keyRing.vault, database: roles.work, roles, log: createLogger('silent') },
      ...{ feedsOf: feedCodesOf, intake: assembleIntake(clock) },
    }
    // By kind of request, then by who asks: the figure of a kind is that of whoever waits longest.
    const times: Record<Request['kind'], Map<string, number[]>> = {
      ...{ inbox: new Map(), workbench: new Map(), reconcile: new Map() },
    }
    const requests: Record<string, { medianMs: number; p95Ms: number }> = {}
    for (const request of await listRequests(owner.db)) {
      const me = await requesterOf(owner, request)
      const taken: number[] = []
      for (let round = 0; round < rounds + 3; round++) {
        const start = performance.now()
        const { deps, scope, open, end } = contextOf(services as never, me, origin)
        open()
        const answer = await request.run(deps, scope, me, round)
        await deps.audit.record(deps.database.db, readEntry(request.action, {}, answer, {}))
        await end()
        if (round >= 3) taken.push(performance.now() - start)
      }
      const who = `${levelOf(request.area)} ${request.role}`
      const of = times[request.kind]
      of.set(who, [...(of.get(who) ?? []), ...taken])
      requests[request.name] = { medianMs: round(median(taken)), p95Ms: round(p95(taken)) }
      print(`${request.name}: median ${round(median(taken))} ms, p95 ${round(p95(taken))} ms`)
    }
    const fromRows = await countFromRows(owner)
    print(
      `the same figures from the rows themselves: inbox ${fromRows.inboxMs} ms, reconciliation ${fromRows.reconcileMs} ms`,
    )
    const { rows } = await sql<{ n: number }>`select count(*) as n from clue where closed_on is null`.execute(
      owner.db,
    )
    return {
      ...{ rounds, requests, fromRows, households, openClues: rows[0]?.n },
      roles: { inbox: p95ByRole(times.inbox), workbench: p95ByRole(times.workbench) },
      inboxP95Ms: worst(times.inbox),
      workbenchP95Ms: worst(times.workbench),
      reconcileSeconds: round(Math.max(...[...times.reconcile.values()].flat()) / 1000),
    }
  } finally {
    await province.close()
  }
}

const origin = { address: '127.0.0.1', userAgent: 'bench', requestId: 'bench' }

/** An account for the request; a helper is given the first dozen households of the township. */
async function requesterOf({ db }: Database, { role, area, userId }: Request): Promise<Requester> {
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
    ...{ userId, name: userId, username: userId, role, department: null, area, scope: areaScope(area) },
    ...{ sessionId: userId, method: 'password', sessionEndsAt: '2020-03-11T00:00:00Z' },
    ...{ secondFactor: 'on', mustChangePassword: false },
  }
}

/** What the tallies save: the province's facets, and the stock of two days, counted from clues and spells as they lie there. */
async function countFromRows({ pool }: Database) {
  const medianOf = async (texts: readonly string[]) => {
    const taken: number[] = []
    for (let i = 0; i < 7; i++) {
      const start = performance.now()
      for (const text of texts) await pool.query(text)
      taken.push(performance.now() - start)
    }
    return round(median(taken))
  }
  const stock = (day: string) => `select category, risk, count(*) from category_spell
    where from_on <= '${day}' and (until_on is null or until_on > '${day}') group by 1, 2`
  return {
    inboxMs: await medianOf([
      'select level, cause, state, rules, channel, count(*) from clue group by 1, 2, 3, 4, 5',
      'select count(*) from (select from clue where closed_on is null group by county, household_id) x',
    ]),
    reconcileMs: await medianOf([stock('2019-12-31'), stock('2020-03-10')]),
  }
}

function p95ByRole(times: ReadonlyMap<string, readonly number[]>): Record<string, number> {
  return Object.fromEntries([...times].map(([who, taken]) => [who, round(p95(taken))]))
}

const worst = (times: ReadonlyMap<string, readonly number[]>) => Math.max(...Object.values(p95ByRole(times)))

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}

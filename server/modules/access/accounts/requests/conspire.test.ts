import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Role, roles } from '#contract/access/capabilities.ts'
import { securityLimits } from '#server/assembly.ts'
import { findAlarms } from '#server/modules/audit/alarms.ts'
import { choosePassword, installAccount } from '#test/harness/accounts.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { Visitor } from '#test/harness/sign-in.ts'
import { type Random, seeded } from '#test/leaks/random.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
const province = 340000000000
const county = 341221000000
const township = 341221001000
const village = 341221001003

beforeAll(async () => {
  t = await openTestDatabase()
  const wide = { signInsPerMinute: 1e6, signInsPerAddressMinute: 1e6, lockoutFailures: 1e6 }
  server = await openTestApp(t, undefined, { limits: { ...wide, exportApprovalRows: 2 } })
  for (const id of [1, 2, 3, 4, 5]) await insertHousehold(t.database.db, 341221, id, { village })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

/** The people of an office of its own for every attempt: what one of them breaks stays there. */
const office = {
  system: ['system-admin', province],
  security: ['security-admin', province],
  audit: ['audit-admin', province],
  leader: ['leader', county],
  checker: ['checker', county],
  clerk: ['clerk', county],
  officer: ['township', township],
} as const satisfies Record<string, readonly [Role, number]>
type Seat = keyof typeof office

/** One person, or several together: the sessions, halves of codes and requests they have got hold of. */
interface Conspiracy {
  sessions: Visitor[]
  honest: Visitor[]
  names: string[]
  halves: { username: string; code: string }[]
  exports: string[]
  runs: string[]
}

let offices = 0
async function open(seats: readonly Seat[]): Promise<Conspiracy> {
  const prefix = `o${++offices}`
  const conspiracy: Conspiracy = { sessions: [], honest: [], names: [], halves: [], exports: [], runs: [] }
  for (const [seat, [role, area]] of Object.entries(office)) {
    const made = await installAccount(server.identity, {
      username: `${prefix}.${seat}`,
      name: seat,
      role,
      area,
    })
    const person = new Visitor(server.app)
    await person.enter(made.username, made.password)
    await sql`update auth_session set second_factor = true where user_id = ${made.id}`.execute(t.database.db)
    conspiracy.names.push(made.username)
    ;(seats.includes(seat as Seat) ? conspiracy.sessions : conspiracy.honest).push(person)
  }
  return conspiracy
}

const password = 'Puppet-2020-x'
const areas = [province, 341200000000, county, township, village]

/** What the conspiracy may try; each answers what it got that takes two. */
const tricks: Record<string, (us: Conspiracy, who: Visitor, random: Random) => Promise<string | undefined>> =
  {
    async make(us, who, random) {
      const username = `${us.names[0]}.p${random.number(1e6)}`
      const wanted = { username, name: '木偶', role: random.of(roles), area: random.of(areas) }
      const requested = (await who.post('/api/accounts', wanted)).json()
      if (requested.id) us.halves.push(requested)
      if (requested.id) us.names.push(username)
      return undefined
    },
    async change(us, who, random) {
      const id = await idOf(random.of(us.names))
      const action = random.of([
        'reset-password',
        'reset-password',
        'reset-second-factor',
        'move',
        'unlock',
        'resume',
      ])
      const to = action === 'move' ? { role: random.of(roles), area: random.of(areas) } : {}
      const answer = await who.post(`/api/accounts/${id}/${action}`, { reason: '试一试', ...to })
      if (action === 'reset-password' && answer.statusCode === 200) us.halves.push(answer.json())
      return undefined
    },
    async agree(us, who) {
      const { codes = [] } = (await who.post('/api/accounts/requests/decide', await waiting(us))).json()
      us.halves.push(...codes)
      return undefined
    },
    /** A second person who was deceived agrees, and hands the other half to the person of the account alone. */
    async deceive(us, _, random) {
      if (us.honest.length > 0)
        await random.of(us.honest).post('/api/accounts/requests/decide', await waiting(us, random))
      return undefined
    },
    async choose(us, _, random) {
      if (us.halves.length === 0) return undefined
      const { username } = random.of(us.halves)
      const codes = [
        ...new Set(us.halves.filter((half) => half.username === username).map(({ code }) => code)),
        '',
      ]
      for (const first of codes) {
        for (const second of codes) {
          const puppet = new Visitor(server.app)
          const chosen = await choosePassword(puppet, { username, first, second, password })
          if (chosen.statusCode !== 200) continue
          await puppet.enter(username, password)
          us.sessions.push(puppet)
          return `became ${username}`
        }
      }
      return undefined
    },
    async enter(us, _, random) {
      const username = random.of(us.names)
      const guesses = [
        password,
        ...us.halves.filter((half) => half.username === username).map(({ code }) => code),
      ]
      const answer = await new Visitor(server.app).enter(username, random.of(guesses))
      return answer.statusCode === 200 ? `signed in as ${username}` : undefined
    },
    async export(us, who) {
      const wanted = { kind: 'households', filter: { households: {} }, purpose: '木偶要用' }
      const requested = (await who.post('/api/exports', wanted)).json()
      if (requested.state === 'pending') us.exports.push(requested.id)
      return requested.state === 'ready' && requested.rows > 2 ? 'exported alone' : undefined
    },
    async approve(us, who, random) {
      if (us.exports.length === 0) return undefined
      const answer = await who.post(`/api/exports/${random.of(us.exports)}/decide`, { approve: true })
      return answer.statusCode === 200 ? 'approved an own export' : undefined
    },
    async erase(us, who, random) {
      const { digest, runs = [] } = (await who.get('/api/retention')).json()
      if (digest && runs.length < 20) {
        const requested = (await who.post('/api/retention/runs', { digest })).json()
        if (requested.id) us.runs.push(requested.id)
      }
      if (us.runs.length === 0) return undefined
      const answer = await who.post(`/api/retention/runs/${random.of(us.runs)}/decide`, { approve: true })
      return answer.statusCode === 200 ? 'erased by an own request' : undefined
    },
  }

async function waiting(us: Conspiracy, random?: Random) {
  const { rows } = await sql<{ id: string }>`
    select r.id from account_request r join auth_user u on u.id = r.requested_by
    where r.state = 'pending' and u.username = any(${us.names}) order by r.username, r.kind`.execute(
    t.database.db,
  )
  const ids = rows.map(({ id }) => id)
  const id = random && ids.length > 0 ? random.of(ids) : ids.at(-1)
  return { ids: [id ?? '018f0000-0000-7000-8000-000000000001'], approve: true }
}

const idOf = async (username: string) =>
  (await sql<{ id: string }>`select id from auth_user where username = ${username}`.execute(t.database.db))
    .rows[0]?.id ?? 'nobody'

/** Tries at random, and answers what was got. */
async function conspire(us: Conspiracy, random: Random, tries: number): Promise<string[]> {
  const got: string[] = []
  for (let i = 0; i < tries; i++) {
    const trick = tricks[random.of(Object.keys(tricks))]
    const one = await trick?.(us, random.of(us.sessions), random)
    if (one) got.push(one)
  }
  return got
}

it.each(Object.keys(office) as Seat[])(
  'a single %s reaches nothing that takes two, whatever is tried and whoever is deceived',
  async (seat) => {
    const us = await open([seat])
    const random = seeded(Number(process.env.SHOUWANG_TEST_SEED ?? 12))
    const got = await conspire(us, random, 120)
    expect(got).toEqual([])
    const { rows } = await sql<{ made: number; requested: number }>`
      select count(*) as requested, count(*) filter (where r.state = 'done') as made
      from account_request r join auth_user u on u.id = r.requested_by where u.username = any(${us.names})`.execute(
      t.database.db,
    )
    const manages = ['system', 'leader', 'officer'].includes(seat)
    expect((rows[0]?.requested ?? 0) > 0).toBe(manages)
    // Some of what a manager requested was agreed to by the deceived: accounts there are, and nobody behind them.
    expect((rows[0]?.made ?? 0) > 0).toBe(manages)
  },
)

it('two together do, and leave who requested, who agreed, and an alarm for each', async () => {
  const us = await open(['leader', 'security'])
  us.honest = []
  const got = await conspire(us, seeded(5), 200)
  expect(got.some((one) => one.startsWith('became'))).toBe(true)
  await findAlarms({ database: t.database }, securityLimits(server.deps.clock))
  const { rows } = await sql<{ accounts: { requestedBy: string }[] }>`
    select detail -> 'accounts' as accounts from audit_alarm
    where kind = 'account-change' and actor_name = ${us.names[1] ?? ''}`.execute(t.database.db)
  const became = new Set(got.filter((one) => one.startsWith('became')))
  expect(rows.length).toBeGreaterThanOrEqual(became.size)
  expect(new Set(rows.flatMap(({ accounts }) => accounts.map((one) => one.requestedBy)))).toEqual(
    new Set([us.names[3]]),
  )
})

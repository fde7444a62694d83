import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backgroundHeader, type SessionRow, signInPaths } from '#contract/access/session.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { stopRates } from '#test/harness/stop-rates.ts'
import { addressHeader } from './auth.ts'
import { deviceOf } from './device.ts'
import { findRequester } from './requester.ts'
import { sweepSignIns } from './sessions.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, undefined, {
    ownPasswords: true,
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
  })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

/** Lets minutes pass for the sessions of an account, as if it had done nothing. */
async function pass(username: string, minutes: number) {
  await sql`update auth_session set created_at = created_at - make_interval(mins => ${minutes}::int),
    updated_at = updated_at - make_interval(mins => ${minutes}::int),
      expires_at = expires_at - make_interval(mins => ${minutes}::int)
    where user_id = (select id from auth_user where username = ${username})`.execute(t.database.db)
}
const status = async (person: Visitor, headers?: Record<string, string>) =>
  (await person.get('/api/me', headers)).statusCode
const sessions = async (person: Visitor) => (await person.get('/api/sessions')).json<SessionRow[]>()

describe('the life of a session', () => {
  it('ends after ten idle minutes; what one does prolongs it, what runs by itself does not', async () => {
    const person = await signInDemo(server.app, 'linquan')
    await pass('linquan', 6)
    expect(await status(person)).toBe(200)
    await pass('linquan', 6)
    expect(await status(person, { [backgroundHeader]: '1' })).toBe(200)
    await pass('linquan', 5)
    expect(await status(person)).toBe(401)
  })

  it('ends after twelve hours, however busy', async () => {
    const person = await signInDemo(server.app, 'fuyang')
    for (let minutes = 0; minutes < 714; minutes += 6) {
      await pass('fuyang', 6)
      expect(await status(person)).toBe(200)
    }
    await pass('fuyang', 6)
    expect(await status(person)).toBe(401)
  })

  it('cannot be prolonged past its end by the sign-in’s own paths', async () => {
    const person = await signInDemo(server.app, 'anhui')
    await pass('anhui', 11)
    const response = await person.post(signInPaths.newBackupCodes, { password: 'shouwang-2020' })
    expect(response.json().code).toBe('not-signed-in')
  })

  it('ends with the sign-out', async () => {
    const person = await signInDemo(server.app, 'jiaoyu')
    const { cookie } = person
    expect((await person.post(signInPaths.signOut)).statusCode).toBe(200)
    const again = await server.app.inject({ url: '/api/me', headers: { cookie } })
    expect(again.statusCode).toBe(401)
    expect(person.cookies.size).toBe(0)
  })
})

describe('the list of sessions', () => {
  it('shows one’s own, and ends them one by one or all but this', async () => {
    const [here, there, elsewhere] = (await Promise.all(
      [1, 2, 3].map(() => signInDemo(server.app, 'chengguan')),
    )) as [Visitor, Visitor, Visitor]
    const other = await signInDemo(server.app, 'yibao')
    const list = await sessions(here)
    expect(list).toHaveLength(3)
    expect(list.filter(({ current }) => current)).toHaveLength(1)
    expect(list[0]).toMatchObject({ address: '127.0.0.1', secondFactor: true })

    const theirs = (await sessions(there)).find(({ current }) => current)?.id ?? ''
    expect((await other.post(`/api/sessions/${theirs}/revoke`)).statusCode).toBe(404)
    expect(await status(there)).toBe(200)
    expect((await here.post(`/api/sessions/${theirs}/revoke`)).statusCode).toBe(200)
    expect(await status(there)).toBe(401)
    expect((await here.post('/api/sessions/revoke-others')).json()).toEqual({ ended: 1 })
    expect(await status(elsewhere)).toBe(401)
    expect(await status(here)).toBe(200)
    const { rows } = await sql<{ action: string }>`
      select action from audit_entry where action like 'session.revoke%' and outcome = 'done' order by id`.execute(
      t.database.db,
    )
    expect(rows.map(({ action }) => action)).toEqual(['session.revoke', 'session.revoke-others'])
  })

  it('names the device in short', () => {
    const windows =
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Safari/537.36'
    expect(deviceOf(windows)).toBe('Chrome · Windows')
    expect(
      deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1'),
    ).toBe('Safari · iOS')
    expect(deviceOf('curl/8.5.0')).toBe('curl')
    expect(deviceOf('')).toBe('?')
  })
})

describe('who is behind a request', () => {
  it('is found by one query', async () => {
    const person = await signInDemo(server.app, 'linquan')
    let queries = 0
    const db = server.roles.auth.db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const identity = { ...server.identity, database: { ...server.roles.auth, db } }
    expect(await findRequester(identity, { cookie: person.cookie })).toMatchObject({ username: 'linquan' })
    expect(queries).toBe(1)
  })
})

describe('a server behind https', () => {
  it('sends cookies over it alone, and takes only so many sign-ins from an address', async () => {
    stopRates()
    const own = await openTestDatabase()
    const secure = await openTestApp(own, undefined, {
      publicUrl: 'https://shouwang.test',
      limits: { signInsPerAddressMinute: 3 },
    })
    const enter = (remoteAddress: string, forwarded: string) =>
      secure.app.inject({
        method: 'POST',
        url: signInPaths.signIn,
        remoteAddress,
        headers: {
          ...{ host: 'shouwang.test', origin: 'https://shouwang.test', 'content-type': 'application/json' },
          // What a client says of its own address counts for nothing.
          ...{ 'x-forwarded-for': forwarded, [addressHeader]: forwarded },
        },
        payload: JSON.stringify({ username: 'chengguan-cun', password: 'shouwang-2020' }),
      })
    const answers = []
    for (const n of [1, 2, 3, 4]) answers.push(await enter('10.0.0.1', `10.9.9.${n}`))
    const cookie = answers[0]?.cookies.find(({ name }) => name.endsWith('session_token'))
    expect(cookie).toMatchObject({ name: '__Secure-shouwang.session_token', secure: true, httpOnly: true })
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429])
    expect(answers[3]?.json().code).toBe('too-many-requests')
    expect((await enter('10.0.0.2', '10.9.9.1')).statusCode).toBe(200)
    await secure.close()
    await own.close()
  })
})

describe('sweeping', () => {
  it('clears away what no longer counts and nothing else', async () => {
    const person = await signInDemo(server.app, 'linquan-duzhan')
    await new Visitor(server.app).enter('nobody.swept', 'x')
    await sql`update sign_in_attempt set last_at = now() - interval '2 days'
      where name_key = ${server.identity.attemptKey('nobody.swept')}`.execute(t.database.db)
    await pass('linquan', 3 * 24 * 60)
    await sweepSignIns(server.roles.auth)
    expect(await status(person)).toBe(200)
    const { rows } = await sql<{ old: number; attempts: number }>`
      select (select count(*) from auth_session where expires_at < now() - interval '1 day') as old,
        (select count(*) from sign_in_attempt where name_key = ${server.identity.attemptKey('nobody.swept')})
          as attempts`.execute(t.database.db)
    expect(rows).toEqual([{ old: 0, attempts: 0 }])
  })
})

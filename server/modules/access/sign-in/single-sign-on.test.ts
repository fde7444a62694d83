import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInPaths } from '#contract/access/session.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openProvider } from '#test/harness/openid-provider.ts'
import { Visitor } from '#test/harness/sign-in.ts'
import { ensureAccounts } from '../accounts/ensure-accounts.ts'
import { usedSecondFactor } from './auth.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let provider: Awaited<ReturnType<typeof openProvider>>
const publicUrl = 'http://shouwang.test'
const client = { clientId: 'shouwang', clientSecret: 'loopback-secret-of-the-test' }

beforeAll(async () => {
  t = await openTestDatabase()
  provider = await openProvider({
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [`${publicUrl}/api/auth/callback/sso`],
    token_endpoint_auth_method: 'client_secret_post',
  })
  server = await openTestApp(t, undefined, {
    publicUrl,
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
    singleSignOn: {
      ...client,
      issuer: provider.issuer,
      label: '统一身份认证',
      usernameClaim: 'preferred_username',
      secondFactor: 'token',
    },
  })
  const account = { name: '测试', department: null, password: 'Fertig-2020' }
  await ensureAccounts(server.identity, [
    { ...account, username: 'sso.clerk', role: 'clerk', area: 341221000000 },
    { ...account, username: 'sso.village', role: 'village', area: 341221001003 },
  ])
})
afterAll(async () => {
  await server.close()
  await provider.close()
  await t.close()
})

/** Goes to the provider as that person and comes back. */
async function signInAs(
  username: string | undefined,
  methods: string[] = ['pwd'],
  subject = `sub-${username}`,
) {
  provider.knows({ subject, claims: username ? { preferred_username: username } : {}, methods })
  const person = new Visitor(server.app)
  const { url } = (await person.post(signInPaths.singleSignOn, { callbackURL: '/clues' })).json<{
    url: string
  }>()
  const back = await provider.visit(url)
  const answer = await person.get(`${back.pathname}${back.search}`)
  return { person, back, location: answer.headers.location }
}
const me = async (person: Visitor) => (await person.get('/api/me')).json()

describe('single sign-on at a real provider', () => {
  it('is offered by its name', async () => {
    const options = (await new Visitor(server.app).get('/api/sign-in-options')).json()
    expect(options.singleSignOn).toEqual({ label: '统一身份认证' })
  })

  it('signs in an account that exists, with state, nonce and PKCE', async () => {
    const { person, location } = await signInAs('sso.clerk', ['pwd', 'otp'])
    expect(location).toBe('/clues')
    expect(await me(person)).toMatchObject({
      username: 'sso.clerk',
      secondFactor: 'on',
      mustChangePassword: false,
    })
    const requested = provider.requested.at(-1)?.searchParams
    expect(requested?.get('code_challenge_method')).toBe('S256')
    expect(requested?.get('state')?.length).toBeGreaterThan(20)
    expect(requested?.get('nonce')?.length).toBeGreaterThan(20)
    const { rows } = await sql<{ kept: number }>`
      select count(*) filter (where access_token is not null or id_token is not null
        or refresh_token is not null) as kept
      from auth_login where provider_id = 'sso'`.execute(t.database.db)
    expect(rows[0]?.kept).toBe(0)
  })

  it('requires a second factor of an officer where the provider required none', async () => {
    const { person } = await signInAs('sso.clerk', ['pwd'])
    expect(await me(person)).toMatchObject({ secondFactor: 'required' })
    expect((await person.get('/api/clues')).json().code).toBe('second-factor-required')
  })

  it('makes no account, and signs in nobody without a name', async () => {
    const before = await sql<{ n: number }>`select count(*) as n from auth_user`.execute(t.database.db)
    for (const name of ['stranger', undefined, '-', 'sso.clerk@elsewhere']) {
      const { person, location } = await signInAs(name)
      expect([name, location]).toEqual([name, '/sign-in?error=account-unknown'])
      expect((await person.get('/api/me')).statusCode).toBe(401)
    }
    const after = await sql<{ n: number }>`select count(*) as n from auth_user`.execute(t.database.db)
    expect(after.rows).toEqual(before.rows)
  })

  it('follows the name the provider vouches for, not what it vouched for once', async () => {
    await signInAs('sso.clerk', ['pwd'], 'one-person')
    const { location, person } = await signInAs('sso.village', ['pwd'], 'one-person')
    expect(location).toBe('/sign-in?error=account-unknown')
    expect((await person.get('/api/me')).statusCode).toBe(401)
  })

  it('refuses a suspended account', async () => {
    await sql`update account set state = 'suspended', suspended_at = now() where user_id =
      (select id from auth_user where username = 'sso.village')`.execute(t.database.db)
    expect((await signInAs('sso.village')).location).toBe('/sign-in?error=account-suspended')
  })

  it('takes no answer twice, none with another state, none of another browser', async () => {
    const { back } = await signInAs('sso.clerk')
    const again = async (person: Visitor, url: URL) =>
      (await person.get(`${url.pathname}${url.search}`)).headers.location
    expect(await again(new Visitor(server.app), back)).toBe('/sign-in?error=single-sign-on-failed')
    provider.knows({
      subject: 'sub-sso.clerk',
      claims: { preferred_username: 'sso.clerk' },
      methods: ['pwd'],
    })
    const person = new Visitor(server.app)
    const { url } = (await person.post(signInPaths.singleSignOn)).json<{ url: string }>()
    const fresh = await provider.visit(url)
    expect(await again(new Visitor(server.app), fresh)).toBe('/sign-in?error=single-sign-on-failed')
    const forged = new URL(fresh)
    forged.searchParams.set('state', 'x'.repeat(32))
    expect(await again(person, forged)).toBe('/sign-in?error=single-sign-on-failed')
  })

  it('leads nowhere else afterwards', async () => {
    provider.knows({
      subject: 'sub-sso.clerk',
      claims: { preferred_username: 'sso.clerk' },
      methods: ['pwd'],
    })
    for (const callbackURL of ['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test']) {
      const person = new Visitor(server.app)
      const { url } = (await person.post(signInPaths.singleSignOn, { callbackURL })).json<{ url: string }>()
      const back = await provider.visit(url)
      expect((await person.get(`${back.pathname}${back.search}`)).headers.location).toBe('/')
    }
  })

  it('writes down who came in, and who did not', async () => {
    await signInAs('stranger')
    await signInAs('sso.clerk', ['mfa'])
    const { rows } = await sql<{ actorName: string; outcome: string; detail: object }>`
      select actor_name, outcome, detail from audit_entry where action = 'session.sign-in' order by id desc
        limit 2`.execute(t.database.db)
    expect(rows).toEqual([
      { actorName: 'sso.clerk', outcome: 'done', detail: { secondFactor: true, method: 'single-sign-on' } },
      {
        actorName: 'unknown',
        outcome: 'refused',
        detail: { code: 'account-unknown', method: 'single-sign-on' },
      },
    ])
  })
})

describe('what a provider says about how it made sure', () => {
  it.each([
    [{ amr: ['pwd'] }, false],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: ['mfa'] }, true],
    [{ amr: 'otp' }, false],
    [{ acr: 'phr' }, true],
    [{ acr: '0' }, false],
    [{}, false],
  ])('%j counts as a second factor: %s', (claims, counts) => {
    expect(usedSecondFactor(claims)).toBe(counts)
  })
})

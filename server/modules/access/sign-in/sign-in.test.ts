import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInPaths } from '#contract/access/session.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { ensureAccounts } from '../accounts/ensure-accounts.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
const county = 341221000000
const password = 'Fertig-2020'

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

const visitor = () => new Visitor(server.app)
let count = 0
async function freshAccount(role: 'clerk' | 'village' = 'village') {
  const username = `${role}.${++count}`
  const area = role === 'clerk' ? county : 341221001003
  await ensureAccounts(server.identity, [{ username, name: '测试', role, area, department: null, password }])
  return username
}
const audited = async (action: string) =>
  (
    await sql<{ actorName: string; outcome: string; detail: Record<string, unknown>; address: string }>`
      select actor_name, outcome, detail, address from audit_entry where action = ${action} order by id`.execute(
      t.database.db,
    )
  ).rows

/** Enrols a second factor and answers its secret and backup codes. */
async function enrol(person: Visitor) {
  const { totpURI, backupCodes } = (await person.post(signInPaths.enrol, { password })).json<{
    totpURI: string
    backupCodes: string[]
  }>()
  const secret = decodeBase32(new URL(totpURI).searchParams.get('secret') ?? '')
  const code = async () => (await server.identity.auth.api.generateTOTP({ body: { secret } })).code
  return { code, backupCodes }
}

function decodeBase32(text: string): string {
  const bits = [...text]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('')
}

describe('signing in', () => {
  it('lets the demonstration in with its second factor, and says who it is', async () => {
    const person = await signInDemo(server.app, 'linquan')
    expect((await person.get('/api/me')).json()).toMatchObject({
      username: 'linquan',
      role: 'clerk',
      secondFactor: 'on',
      mustChangePassword: false,
    })
    expect((await audited('session.sign-in')).at(-1)).toMatchObject({
      actorName: 'linquan',
      outcome: 'done',
      detail: { secondFactor: true, method: 'password' },
      address: '127.0.0.1',
    })
  })

  it('gives the cookie to the browser alone, and the token to nobody', async () => {
    const person = visitor()
    const response = await person.enter(await freshAccount(), password)
    expect(response.json()).toEqual({ signedIn: true })
    const cookie = response.cookies.find(({ name }) => name === 'shouwang.session_token')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
    const token = cookie?.value.split('.')[0] ?? ''
    expect(token.length).toBeGreaterThan(20)
    for (const url of ['/api/me', '/api/sessions']) expect((await person.get(url)).body).not.toContain(token)
  })

  it('takes no cookie with another signature, and none of nobody', async () => {
    const person = visitor()
    await person.enter(await freshAccount(), password)
    const cookie = person.cookies.get('shouwang.session_token') ?? ''
    expect((await person.get('/api/me')).statusCode).toBe(200)
    person.cookies.set('shouwang.session_token', `${cookie.slice(0, -3)}AA=`)
    expect((await person.get('/api/me')).statusCode).toBe(401)
    person.cookies.set('shouwang.session_token', cookie.split('.')[0] ?? '')
    expect((await person.get('/api/me')).statusCode).toBe(401)
  })

  it('opens only the paths the contract names', async () => {
    const person = await signInDemo(server.app, 'linquan')
    for (const path of [
      'two-factor/disable',
      'update-user',
      'sign-up/email',
      'sign-in/email',
      'delete-user',
      'list-sessions',
      'link-social',
      'is-username-available',
      'two-factor/get-totp-uri',
      'callback/sso',
    ]) {
      expect([path, (await person.post(`/api/auth/${path}`)).statusCode]).toEqual([path, 404])
    }
    expect((await person.get('/api/auth/get-session')).statusCode).toBe(404)
  })
})

describe('the lockout', () => {
  it('answers an unknown name as a known one, wrong or locked', async () => {
    const known = await freshAccount()
    const answers = async (username: string) => {
      const all: [number, string][] = []
      for (let i = 0; i < 7; i++) {
        const response = await visitor().enter(username, 'Wrong-2020-2020')
        all.push([response.statusCode, response.body])
      }
      return all
    }
    const ofKnown = await answers(known)
    expect(await answers('nobody.at.all')).toEqual(ofKnown)
    expect(ofKnown.map(([status]) => status)).toEqual([401, 401, 401, 401, 429, 429, 429])
    expect(JSON.parse(ofKnown[6]?.[1] ?? '')).toEqual({
      code: 'sign-in-locked',
      message: 'sign-in-locked',
      data: { minutes: 30 },
    })
    expect((await visitor().enter(known, password)).statusCode).toBe(429)
  })

  it('keeps no name that is nobody: it may be a password in the wrong box', async () => {
    await visitor().enter('MyPassword-2020', 'x')
    expect((await audited('session.sign-in')).at(-1)).toMatchObject({
      actorName: 'unknown',
      outcome: 'refused',
    })
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from sign_in_attempt s where s::text ilike '%mypassword%')
        or exists (select from audit_entry a where a::text ilike '%mypassword%') as found`.execute(
      t.database.db,
    )
    expect(rows[0]?.found).toBe(false)
  })

  it('looks at no more than five of fifty guesses made at once', async () => {
    const username = await freshAccount()
    const guesses = Array.from({ length: 50 }, (_, i) => visitor().enter(username, `Guess-2020-${i}`))
    const answers = (await Promise.all(guesses)).map((response) => response.json().code)
    // The fifth tells of the lock it caused; whatever came after was not looked at.
    expect(answers.filter((code) => code === 'sign-in-failed')).toHaveLength(4)
    expect(answers.filter((code) => code === 'sign-in-locked')).toHaveLength(46)
    expect((await audited('session.lock')).filter(({ actorName }) => actorName === username)).toHaveLength(1)
  })

  it('forgets failures after a success and after the time of the lock', async () => {
    const username = await freshAccount()
    for (let i = 0; i < 4; i++) await visitor().enter(username, 'Wrong-2020-2020')
    expect((await visitor().enter(username, password)).statusCode).toBe(200)
    for (let i = 0; i < 5; i++) await visitor().enter(username, 'Wrong-2020-2020')
    expect((await visitor().enter(username, password)).statusCode).toBe(429)
    await sql`update sign_in_attempt set locked_until = now() - interval '1 second'
      where name_key = ${server.identity.attemptKey(username)}`.execute(t.database.db)
    expect((await visitor().enter(username, password)).statusCode).toBe(200)
  })

  it('gives no guess back for a request that was none', async () => {
    const username = await freshAccount()
    const noGuess = async () => (await visitor().enter(username, 'x'.repeat(300))).json().code
    for (let i = 0; i < 4; i++) {
      expect(await noGuess()).toBe('password-weak')
      expect((await visitor().enter(username, 'Wrong-2020-2020')).json().code).toBe('sign-in-failed')
    }
    expect((await visitor().enter(username, 'Wrong-2020-2020')).json().code).toBe('sign-in-locked')
  })

  it('takes about as long for an unknown name as for a wrong password', async () => {
    const known = await freshAccount()
    // Nearly all of it is the hashing of the password, here; by the processor's clock nothing else on the machine counts.
    const time = async (username: string) => {
      const start = process.cpuUsage()
      await visitor().enter(username, 'Wrong-2020-2020')
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    const pairs: [number, number][] = []
    for (let i = 0; i < 4; i++) pairs.push([await time(known), await time(`unknown.${i}`)])
    const ratio = Math.min(...pairs.map(([a]) => a)) / Math.min(...pairs.map(([, b]) => b))
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })
})

describe('the second factor', () => {
  it('is required of an officer before anything else', async () => {
    const username = await freshAccount('clerk')
    const person = visitor()
    await person.enter(username, password)
    expect((await person.get('/api/me')).json()).toMatchObject({ secondFactor: 'required' })
    for (const url of [
      '/api/clues',
      '/api/overview',
      '/api/divisions/341221000000',
      '/api/exports/01900000-0000-7000-8000-000000000000/file',
      '/api/sessions',
    ]) {
      const response = await person.get(url)
      expect([url, response.statusCode, response.json().code]).toEqual([url, 403, 'second-factor-required'])
    }
    const { code } = await enrol(person)
    expect((await person.get('/api/me')).json()).toMatchObject({ secondFactor: 'required' })
    expect((await person.post(signInPaths.verifyCode, { code: '000000' })).json().code).toBe('code-wrong')
    expect((await person.post(signInPaths.verifyCode, { code: await code() })).statusCode).toBe(200)
    expect((await person.get('/api/me')).json()).toMatchObject({ secondFactor: 'on' })
    expect((await person.get('/api/clues')).statusCode).toBe(200)
  })

  it('is then required at every sign-in; a backup code works once', async () => {
    const username = await freshAccount('clerk')
    const first = visitor()
    await first.enter(username, password)
    const { code, backupCodes } = await enrol(first)
    await first.post(signInPaths.verifyCode, { code: await code() })

    const second = visitor()
    expect((await second.enter(username, password)).json()).toEqual({ twoFactorRedirect: true })
    expect((await second.get('/api/me')).statusCode).toBe(401)
    expect((await second.post(signInPaths.verifyBackupCode, { code: backupCodes[0] })).statusCode).toBe(200)
    expect((await second.get('/api/me')).json()).toMatchObject({ secondFactor: 'on' })

    const third = visitor()
    await third.enter(username, password)
    expect((await third.post(signInPaths.verifyBackupCode, { code: backupCodes[0] })).json().code).toBe(
      'code-wrong',
    )
  })

  it('is a code that works once, also for somebody who is in already', async () => {
    const username = await freshAccount('clerk')
    const first = visitor()
    await first.enter(username, password)
    const { code } = await enrol(first)
    const shown = await code()
    expect((await first.post(signInPaths.verifyCode, { code: shown })).statusCode).toBe(200)
    const second = visitor()
    await second.enter(username, password)
    expect((await second.post(signInPaths.verifyCode, { code: shown })).json().code).toBe('code-wrong')
    expect((await first.post(signInPaths.verifyCode, { code: shown })).json().code).toBe('code-wrong')
    await sql`update used_code set used_at = now() - interval '11 minutes'`.execute(t.database.db)
    expect((await second.post(signInPaths.verifyCode, { code: shown })).statusCode).toBe(200)
  })

  it('is shown before anything about the sign-in is changed', async () => {
    const username = await freshAccount('clerk')
    const person = visitor()
    await person.enter(username, password)
    const { code } = await enrol(person)
    await person.post(signInPaths.verifyCode, { code: await code() })
    // As a single sign-on without a second factor leaves it.
    await sql`update auth_session set second_factor = false`.execute(t.database.db)
    for (const [path, body] of [
      [signInPaths.newBackupCodes, { password }],
      [signInPaths.enrol, { password }],
      [signInPaths.changePassword, { currentPassword: password, newPassword: 'Anders-2020-xy' }],
    ] as const)
      expect([path, (await person.post(path, body)).json().code]).toEqual([path, 'second-factor-required'])
  })

  it('locks after five wrong codes, whatever challenge they belong to', async () => {
    const username = await freshAccount('clerk')
    const first = visitor()
    await first.enter(username, password)
    const { code } = await enrol(first)
    await first.post(signInPaths.verifyCode, { code: await code() })
    const codes: string[] = []
    for (let i = 0; i < 6; i++) {
      const person = visitor()
      await person.enter(username, password)
      codes.push((await person.post(signInPaths.verifyCode, { code: '000000' })).json().code)
    }
    expect(codes.slice(0, 4)).toEqual(Array(4).fill('code-wrong'))
    expect(codes.slice(4)).toEqual(['sign-in-locked', 'sign-in-locked'])
  })

  it('is no code without a first step', async () => {
    expect((await visitor().post(signInPaths.verifyCode, { code: '123456' })).json().code).toBe(
      'challenge-ended',
    )
  })
})

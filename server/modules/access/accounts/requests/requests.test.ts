import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HalfCode } from '#contract/access/accounts.ts'
import { agree, choosePassword, installAccount } from '#test/harness/accounts.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let system: Visitor
let leader: Visitor
let township: Visitor
let security: Visitor
const county = 341221000000
const village = 341221001003

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, undefined, {
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
  })
  const people = ['xitong', 'linquan-lingdao', 'chengguan', 'anquan']
  ;[system, leader, township, security] = (await Promise.all(
    people.map((name) => signInDemo(server.app, name)),
  )) as [Visitor, Visitor, Visitor, Visitor]
})
afterAll(async () => {
  await server.close()
  await t.close()
})

let count = 0
const newName = (role: string) => `${role}.wanted${++count}`
const idOf = async (username: string) =>
  (await sql<{ id: string }>`select id from auth_user where username = ${username}`.execute(t.database.db))
    .rows[0]?.id ?? ''
const entries = async (action: string, ref: string) =>
  (
    await sql<{ actorName: string; after: unknown }>`
      select actor_name, after from audit_entry
      where action = ${action} and object_ref = ${ref} and outcome = 'done' order by id`.execute(
      t.database.db,
    )
  ).rows

it('waits for a second person; the person chooses the password with the halves of both, and nobody else has both', async () => {
  const wanted = (
    await township.post('/api/accounts', {
      ...{ username: newName('village'), name: '新人', role: 'village', area: village },
    })
  ).json<HalfCode>()
  const { username, code: first } = wanted
  expect(await idOf(username)).toBe('')
  expect((await leader.get('/api/accounts/requests')).json()).toMatchObject({
    toDecide: 1,
    rows: [{ id: wanted.id, kind: 'create', username, state: 'pending', mayDecide: true }],
  })
  expect((await township.get('/api/accounts/requests')).json()).toMatchObject({ toDecide: 0 })
  const [other] = await agree(leader, wanted.id)
  const second = other?.code ?? ''
  const id = await idOf(username)
  expect(await entries('accounts.create', id)).toMatchObject([
    { actorName: 'linquan-lingdao', after: { role: 'village', area: village } },
  ])
  const { rows } = await sql<{ found: boolean }>`
    select bool_or(strpos(a::text, ${first}) > 0 or strpos(a::text, ${second}) > 0) as found
    from audit_entry a`.execute(t.database.db)
  expect(rows[0]?.found).toBe(false)

  const person = new Visitor(server.app)
  expect((await person.enter(username, first)).json().code).toBe('sign-in-failed')
  const choose = async (codes: object) =>
    (await choosePassword(person, { username, first, second, ...codes })).json()
  // Neither half alone, twice, the wrong way round, nor those of somebody else.
  for (const codes of [{ second: '' }, { second: first }, { first: second, second: first }])
    expect((await choose(codes)).code).toBe('enrolment-wrong')
  await township.post(`/api/accounts/${id}/unlock`)
  expect((await choose({ username: 'chengguan-cun' })).code).toBe('enrolment-wrong')
  expect((await choose({ username: 'nobody-at-all' })).code).toBe('enrolment-wrong')
  expect(await choose({ password: 'kurz' })).toMatchObject({
    code: 'password-weak',
    data: { problems: ['too-short', 'too-simple'] },
  })
  expect(await choose({ password: `X1-${username}` })).toMatchObject({
    data: { problems: ['contains-username'] },
  })
  // As people type it.
  const typed = `${first.toLowerCase().replace('-', ' ')} `
  expect(await choose({ first: typed, password: 'Neues-2020-a' })).toEqual({ chosen: true })
  expect((await choose({ password: 'Neues-2020-b' })).code).toBe('enrolment-wrong')
  expect((await person.enter(username, 'Neues-2020-a')).statusCode).toBe(200)
  expect((await person.get('/api/clues')).statusCode).toBe(200)
})

it('is decided by another duty whose area holds it, once, in time, and for somebody who still may', async () => {
  const request = async (by: Visitor, body: object) =>
    (await by.post('/api/accounts', { name: '新人', ...body })).json<HalfCode & { request: string }>()
  const decide = async (by: Visitor, id: string, approve = true, reason = '') =>
    (await by.post('/api/accounts/requests/decide', { ids: [id], approve, reason })).json<{ code: string }>()
      .code
  const clerk = await request(leader, { username: newName('clerk'), role: 'clerk', area: county })
  expect(await decide(leader, clerk.id)).toBe('same-person')
  expect(await decide(township, clerk.id)).toBe('not-allowed')
  await installAccount(server.identity, {
    ...{ username: 'fuyang-lingdao', name: '市领导', role: 'leader', area: 341200000000 },
  })
  const city = new Visitor(server.app)
  await city.enter('fuyang-lingdao', 'Chunfeng-2020')
  // Without its second factor nobody decides; another leader is of the same duty as the first.
  expect(await decide(city, clerk.id)).toBe('second-factor-required')
  await sql`update auth_session set second_factor = true where user_id = (
    select id from auth_user where username = 'fuyang-lingdao')`.execute(t.database.db)
  expect(await decide(city, clerk.id)).toBe('approver-unfit')
  const twice = await leader.post('/api/accounts', {
    ...{ username: clerk.username, name: '新人', role: 'clerk', area: county },
  })
  expect(twice.json().code).toBe('request-pending')
  expect(await decide(security, clerk.id, false)).toBe('reason-required')
  expect(await decide(security, clerk.id, false, '查无此人')).toBeUndefined()
  expect(await decide(security, clerk.id)).toBe('request-not-pending')
  const elsewhere = await request(system, { username: newName('clerk'), role: 'clerk', area: 341222000000 })
  expect(await decide(leader, elsewhere.id)).toBe('not-found')

  const late = await request(township, { username: newName('village'), role: 'village', area: village })
  await sql`update account_request set expires_at = now() where id = ${late.id}::uuid`.execute(t.database.db)
  expect(await decide(leader, late.id)).toBe('request-not-pending')
  const again = await request(township, { username: late.username, role: 'village', area: village })
  // Whoever requested it is suspended meanwhile: nothing is made for them.
  const id = await idOf('chengguan')
  await sql`update account set state = 'suspended', suspended_at = now() where user_id = ${id}`.execute(
    t.database.db,
  )
  expect(await decide(leader, again.id)).toBe('account-not-yours')
  await sql`update account set state = 'active', suspended_at = null where user_id = ${id}`.execute(
    t.database.db,
  )
  expect(await idOf(late.username)).toBe('')
  expect(await decide(leader, again.id)).toBeUndefined()
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { securityLimits } from '#server/assembly.ts'
import { findAlarms } from '#server/modules/audit/alarms.ts'
import { auditorOf } from '#server/platform/audit.ts'
import { choosePassword } from '#test/harness/accounts.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { Visitor } from '#test/harness/sign-in.ts'
import { firstAccounts } from './first.ts'

const { open: openFirst, enrolAgain } = firstAccounts

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, undefined, { limits: { signInsPerMinute: 100 } })
  // As a fresh installation: nobody is there yet.
  await sql`update account set state = 'suspended', suspended_at = now()`.execute(t.database.db)
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const deps = () => ({
  identity: server.identity,
  audit: auditorOf({ id: null, name: 'root', role: 'cli', area: null }),
})
const alarms = async () => {
  await findAlarms({ database: t.database }, securityLimits(server.deps.clock))
  const { rows } = await t.database.pool.query(
    `select detail -> 'accounts' -> 0 ->> 'action' as action, detail -> 'accounts' -> 0 ->> 'username' as username
     from audit_alarm where kind = 'account-change' order by from_at`,
  )
  return rows
}

it('the first of each duty is made at the machine, once; its person chooses the password', async () => {
  const made = await openFirst(deps(), { username: 'guanli', name: '系统管理员', role: 'system-admin' })
  const person = new Visitor(server.app)
  expect((await choosePassword(person, made)).statusCode).toBe(200)
  await person.enter('guanli', 'Chunfeng-2020')
  expect((await person.get('/api/me')).json()).toMatchObject({
    ...{ role: 'system-admin', secondFactor: 'required', mustChangePassword: false },
  })
  await expect(
    openFirst(deps(), { username: 'guanli.er', name: '另一个', role: 'system-admin' }),
  ).rejects.toMatchObject({ code: 'account-state', details: { account: 'guanli' } })
  await openFirst(deps(), { username: 'anquan.yi', name: '安全管理员', role: 'security-admin' })
  await expect(openFirst(deps(), { username: 'guanli', name: '领导', role: 'leader' })).rejects.toMatchObject(
    { code: 'username-taken' },
  )
  expect(await alarms()).toEqual([
    { action: 'accounts.first', username: 'guanli' },
    { action: 'accounts.first', username: 'anquan.yi' },
  ])
})

it('an administrator nobody is left to help enrols anew; others are helped by two people', async () => {
  const person = new Visitor(server.app)
  await person.enter('guanli', 'Chunfeng-2020')
  const code = await enrolAgain(deps(), { username: 'guanli', reason: '手机和密码都丢了' })
  expect((await person.get('/api/me')).statusCode).toBe(401)
  expect((await person.enter('guanli', 'Chunfeng-2020')).json().code).toBe('sign-in-failed')
  expect((await choosePassword(person, { ...code, password: 'Xiatian-2020' })).statusCode).toBe(200)
  expect((await person.enter('guanli', 'Xiatian-2020')).statusCode).toBe(200)
  await sql`update account set state = 'active', suspended_at = null from auth_user u
    where u.id = account.user_id and u.username = 'linquan'`.execute(t.database.db)
  await expect(enrolAgain(deps(), { username: 'linquan', reason: '试试' })).rejects.toMatchObject({
    code: 'account-not-yours',
  })
  await expect(enrolAgain(deps(), { username: 'nobody', reason: '试试' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect((await alarms()).at(-1)).toEqual({ action: 'accounts.enrol', username: 'guanli' })
})

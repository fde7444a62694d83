import { utils, write } from '@e965/xlsx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Account, AccountFileResult, AccountRow, HalfCode } from '#contract/access/accounts.ts'
import { signInPaths } from '#contract/access/session.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { agree, choosePassword, installAccount } from '#test/harness/accounts.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { suspendAccount } from './operations.ts'

const auditor = systemAuditor()

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let system: Visitor
let leader: Visitor
let township: Visitor
let security: Visitor
const county = 341221000000
const street = 341221001000
const otherStreet = 341221002000
const village = 341221001003
const fileHeaders = {
  host: 'shouwang.test',
  origin: 'http://shouwang.test',
  'content-type': 'application/octet-stream',
}

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
const newName = (role: string) => `${role}.new${++count}`
/** Requested by one, agreed to by the security administrator, and the password chosen by the person. */
async function create(by: Visitor, role: string, area: number) {
  const wanted = (
    await by.post('/api/accounts', { username: newName(role), name: '新人', role, area })
  ).json<HalfCode>()
  const [other] = await agree(security, wanted.id)
  const { username, code: first } = wanted
  const password = 'Neues-2020-0'
  const fields = { username, first, second: other?.code ?? '', password }
  expect((await choosePassword(new Visitor(server.app), fields)).statusCode).toBe(200)
  return { id: await idOf(username), username, password }
}
/** A change that takes a second person, carried out. */
async function change(by: Visitor, id: string, action: string, body: object = {}) {
  const wanted = await act(by, id, action, body)
  if (wanted.statusCode !== 200) return wanted
  const { id: half, request = half } = wanted.json<{ id?: string; request?: string }>()
  return security.post('/api/accounts/requests/decide', { ids: [request], approve: true })
}
const act = (by: Visitor, id: string, action: string, body: object = {}) =>
  by.post(`/api/accounts/${id}/${action}`, { reason: '岗位调整', ...body })
const get = async (by: Visitor, id: string) => (await by.get(`/api/accounts/${id}`)).json<Account>()
const idOf = async (username: string) =>
  (await sql<{ id: string }>`select id from auth_user where username = ${username}`.execute(t.database.db))
    .rows[0]?.id ?? ''
const entries = async (action: string, ref: string) =>
  (
    await sql<{ actorName: string; before: unknown; after: unknown; reason: string | null }>`
      select actor_name, before, after, reason from audit_entry
      where action = ${action} and object_ref = ${ref} and outcome = 'done' order by id`.execute(
      t.database.db,
    )
  ).rows

describe('making accounts', () => {
  it('keeps the rules for passwords when one is changed', async () => {
    const made = await create(township, 'village', village)
    const person = new Visitor(server.app)
    await person.enter(made.username, made.password)
    const renew = (newPassword: string, currentPassword = made.password) =>
      person.post(signInPaths.changePassword, { currentPassword, newPassword })
    expect((await renew(made.password)).json()).toMatchObject({ data: { problems: ['used-before'] } })
    expect((await renew('Neues-2020-a', 'wrong')).json().code).toBe('password-wrong')
    expect((await renew('Neues-2020-a')).statusCode).toBe(200)
    for (let i = 1; i <= 4; i++) {
      expect((await renew(`Neues-2020-a${i}`, `Neues-2020-a${i === 1 ? '' : i - 1}`)).statusCode).toBe(200)
    }
    expect((await renew('Neues-2020-a', 'Neues-2020-a4')).json()).toMatchObject({
      data: { problems: ['used-before'] },
    })
    expect((await renew('Neues-2020-a5', 'Neues-2020-a4')).statusCode).toBe(200)
    expect((await renew('Neues-2020-a', 'Neues-2020-a5')).statusCode).toBe(200)
  })

  it('refuses what the requester may not assign, a taken name, a wrong level, a missing department', async () => {
    const refused = async (by: Visitor, body: object) =>
      (
        await by.post('/api/accounts', {
          username: newName('x'),
          name: '新人',
          role: 'clerk',
          area: county,
          ...body,
        })
      ).json<{ code: string }>().code
    expect(await refused(township, { role: 'clerk', area: street })).toBe('role-not-grantable')
    expect(await refused(leader, { role: 'leader' })).toBe('role-not-grantable')
    expect(await refused(leader, { role: 'audit-admin' })).toBe('role-not-grantable')
    expect(await refused(leader, { area: 341222000000 })).toBe('role-not-grantable')
    expect(await refused(system, { role: 'village' })).toBe('area-wrong-level')
    expect(await refused(system, { role: 'department' })).toBe('department-required')
    expect(await refused(system, { username: 'linquan' })).toBe('username-taken')
    expect(await refused(system, { area: 341299000000 })).toBe('not-found')
    const clerk = await signInDemo(server.app, 'linquan')
    expect(await refused(clerk, {})).toBe('not-allowed')
  })
})

describe('looking at accounts', () => {
  it('shows those of the area and what may be done to each', async () => {
    const { rows, total } = (await township.get('/api/accounts?size=200')).json<{
      rows: AccountRow[]
      total: number
    }>()
    expect(rows).toHaveLength(total)
    for (const row of rows) expect(Math.floor(row.area.code / 1000)).toBe(Math.floor(street / 1000))
    expect(rows.find(({ username }) => username === 'chengguan')?.actions).toEqual([])
    expect(rows.find(({ username }) => username === 'chengguan-cun')?.actions).toContain('suspend')
    const search = (query: string) => township.get(`/api/accounts?${query}`)
    expect((await search('q=chengguan-c')).json().total).toBe(1)
    expect((await search(`area=${county}`)).json().total).toBe(total)
    expect((await search('area=341222000000')).json().total).toBe(0)
  })

  it('knows nothing of accounts elsewhere', async () => {
    const id = await idOf('anhui')
    expect((await township.get(`/api/accounts/${id}`)).statusCode).toBe(404)
    expect((await act(township, id, 'suspend')).statusCode).toBe(404)
    expect((await act(leader, await idOf('linquan-lingdao'), 'suspend')).json().code).toBe(
      'account-not-yours',
    )
  })
})

describe('the life of an account', () => {
  it('ends every session at once when suspended, and lets in again when resumed', async () => {
    const made = await create(township, 'village', village)
    const person = new Visitor(server.app)
    await person.enter(made.username, made.password)
    expect((await person.get('/api/me')).statusCode).toBe(200)
    expect((await act(township, made.id, 'suspend')).statusCode).toBe(200)
    expect((await person.get('/api/me')).statusCode).toBe(401)
    expect((await person.enter(made.username, made.password)).json().code).toBe('account-suspended')
    expect((await person.enter(made.username, 'Wrong-2020-20')).json().code).toBe('sign-in-failed')
    expect((await act(township, made.id, 'suspend')).json().code).toBe('account-state')
    expect(await get(township, made.id)).toMatchObject({
      state: 'suspended',
      suspended: { by: 'chengguan', reason: '岗位调整' },
    })
    await act(township, made.id, 'resume')
    expect((await person.enter(made.username, made.password)).statusCode).toBe(200)
    expect(await entries('accounts.suspend', made.id)).toEqual([
      {
        actorName: 'chengguan',
        before: { state: 'active' },
        after: { state: 'suspended' },
        reason: '岗位调整',
      },
    ])
  })

  it('moves to another place or kind, never across the separated duties', async () => {
    const made = await create(leader, 'clerk', county)
    expect((await change(leader, made.id, 'move', { role: 'checker' })).statusCode).toBe(200)
    expect(await get(leader, made.id)).toMatchObject({ role: 'checker', area: { code: county } })
    expect((await act(leader, made.id, 'move', { area: 341222000000 })).json().code).toBe(
      'role-not-grantable',
    )
    for (const role of ['audit-admin', 'system-admin']) {
      expect((await act(system, made.id, 'move', { role })).json().code).toBe('role-not-grantable')
    }
    const audit = await create(system, 'audit-admin', county)
    expect((await act(system, audit.id, 'move', { role: 'clerk' })).json().code).toBe('role-not-grantable')
    expect((await act(leader, audit.id, 'suspend')).json().code).toBe('account-not-yours')
  })

  it('lifts a lock', async () => {
    const made = await create(township, 'village', village)
    const person = new Visitor(server.app)
    for (let i = 0; i < 5; i++) await person.enter(made.username, 'Wrong-2020-20')
    expect((await person.enter(made.username, made.password)).json().code).toBe('sign-in-locked')
    expect((await get(township, made.id)).lockedUntil).not.toBeNull()
    await act(township, made.id, 'unlock')
    expect((await person.enter(made.username, made.password)).statusCode).toBe(200)
  })

  it('gets a new password and a new second factor from above; all sessions end', async () => {
    const made = await create(township, 'village', village)
    const person = new Visitor(server.app)
    await person.enter(made.username, made.password)
    const wanted = (await act(township, made.id, 'reset-password')).json<HalfCode>()
    // Requested is not done: whoever works goes on working.
    expect((await person.get('/api/me')).statusCode).toBe(200)
    const [other] = await agree(security, wanted.id)
    expect((await person.get('/api/me')).statusCode).toBe(401)
    expect((await person.enter(made.username, made.password)).json().code).toBe('sign-in-failed')
    const codes = { username: made.username, first: wanted.code, second: other?.code ?? '' }
    expect((await choosePassword(person, { ...codes, password: made.password })).json()).toMatchObject({
      data: { problems: ['used-before'] },
    })
    await choosePassword(person, { ...codes, password: 'Neues-2020-neu' })
    expect((await person.enter(made.username, 'Neues-2020-neu')).statusCode).toBe(200)

    const id = await idOf('linquan-shenhe')
    const checker = await signInDemo(server.app, 'linquan-shenhe')
    await change(leader, id, 'reset-second-factor')
    expect((await checker.get('/api/me')).statusCode).toBe(401)
    await checker.enter('linquan-shenhe', 'shouwang-2020')
    expect((await checker.get('/api/me')).json()).toMatchObject({ secondFactor: 'required' })
  })

  it('never leaves the province without a system administrator, not even when two are suspended at once', async () => {
    const other = await create(system, 'system-admin', 340000000000)
    const third = await create(system, 'system-admin', 340000000000)
    await act(system, third.id, 'suspend')
    // The other suspends the first: allowed, it is left itself; alone it cannot be suspended by anybody.
    const deps = {
      ...server.deps,
      work: server.roles.work,
      audit: auditor,
      identity: server.identity,
      handover: [],
    }
    const manager = (userId: string) =>
      ({
        userId,
        role: 'system-admin',
        area: 340000000000,
        scope: { from: 340000000000, to: 349999999999 },
      }) as const
    const first = await idOf('xitong')
    const both = await Promise.allSettled([
      suspendAccount(deps, manager(other.id), first, '试验'),
      suspendAccount(deps, manager(first), other.id, '试验'),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await sql`update account set state = 'active', suspended_at = null where user_id = ${first}`.execute(
      t.database.db,
    )
    system = await signInDemo(server.app, 'xitong')
  })
})

describe('handing over', () => {
  const work = (households: number) => ({
    ...{ 'household-access': households, 'planned-visits': 0, measures: 0, corrections: 0, exports: 0 },
    ...{ 'waiting-clues': 0, 'waiting-visits': 0, 'waiting-cases': 0 },
  })
  it('moves the households of a helper, first as a trial', async () => {
    const from = await idOf('chengguan-bangfu')
    for (const household of [71, 72, 73]) {
      await insertHousehold(t.database.db, 341221, household, { village })
      await sql`insert into household_access (county, household_id, village, user_id, kind)
        values (341221, ${household}, ${village}, ${from}, 'helper')`.execute(t.database.db)
    }
    const install = (role: 'helper' | 'village', area: number) =>
      installAccount(server.identity, { username: newName(role), name: '新人', role, area })
    const to = await install('helper', street)
    const elsewhere = await install('helper', otherStreet)
    const stranger = await install('village', village)
    expect((await act(township, from, 'handover', { to: stranger.id })).json().code).toBe('handover-target')
    expect((await act(system, from, 'handover', { to: elsewhere.id })).json().code).toBe('handover-target')
    expect((await get(township, from)).openWork).toEqual(work(3))
    expect((await act(township, from, 'handover', { to: to.id, dryRun: true })).json()).toEqual({
      handover: null,
      moved: work(3),
      dryRun: true,
    })
    expect((await get(township, to.id)).openWork).toEqual(work(0))
    expect((await act(township, from, 'handover', { to: to.id })).json().moved).toEqual(work(3))
    expect((await get(township, from)).openWork).toEqual(work(0))
    expect((await get(township, to.id)).openWork).toEqual(work(3))
    expect(await entries('accounts.handover', from)).toMatchObject([{ after: { moved: work(3) } }])
  })
})

describe('a file of accounts', () => {
  const send = async (by: Visitor, rows: string[], query = '') => {
    const response = await server.app.inject({
      method: 'PUT',
      url: `/api/accounts/file?name=accounts.csv${query}`,
      headers: { cookie: by.cookie, ...fileHeaders },
      payload: Buffer.from(['用户名,姓名,角色,区划代码,部门', ...rows].join('\r\n')),
    })
    return { status: response.statusCode, ...response.json<AccountFileResult & { code: string }>() }
  }

  it('reports of every row what is wrong and how to mend it, and makes nothing', async () => {
    const result = await send(leader, [
      'bulk.ok,张三,经办,341221,',
      'b,李四,经办,341221,',
      'linquan,王五,经办,341221,',
      'bulk.twice,赵六,审核,341221000000,',
      'BULK.TWICE,钱七,审核,341221000000,',
      'bulk.role,孙八,县长,341221,',
      'bulk.area,周九,经办,341299,',
      'bulk.above,吴十,领导,341221,',
      'bulk.dept,郑一,部门数据员,341221,',
      'bulk.dept2,郑二,部门数据员,341221,水产',
      ',郑三,经办,341221,',
    ])
    expect(result.requested).toEqual([])
    expect(result.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '3 用户名 username-form',
      '4 用户名 username-taken',
      '5 用户名 username-twice',
      '6 用户名 username-twice',
      '7 角色 role-unknown',
      '8 区划代码 area-unknown',
      '9 角色 role-not-grantable',
      '10 部门 department-required',
      '11 部门 department-unknown',
      '12 用户名 missing',
    ])
    for (const { text } of result.problems) expect(text.zh).toMatch(/[，。：]/)
    expect(result).toMatchObject({ rows: 11, good: 1 })
    expect(await idOf('bulk.ok')).toBe('')
  })

  it('requests the good ones when the others are to be passed over; one decision makes them, each with its own code', async () => {
    const rows = ['bulk.a,张三,经办,341221,', 'bulk.b,李四,数据员,341221,yb', 'bulk.c,李五,县长,341221,']
    expect((await send(leader, rows, '&dryRun=true&skipBad=true')).requested).toEqual([])
    const { requested } = await send(leader, rows, '&skipBad=true')
    expect(requested.map(({ username }) => username)).toEqual(['bulk.a', 'bulk.b'])
    expect(new Set(requested.map(({ code }) => code)).size).toBe(2)
    const codes = await agree(security, ...requested.map(({ id }) => id))
    const second = new Map(codes.map(({ username, code }) => [username, code]))
    for (const { username, code } of requested) {
      const fields = { username, first: code, second: second.get(username) ?? '' }
      expect((await choosePassword(new Visitor(server.app), fields)).statusCode).toBe(200)
    }
    expect(await entries('accounts.create', await idOf('bulk.a'))).toHaveLength(1)
    expect((await send(leader, rows)).problems[0]?.code).toBe('username-taken')
  })

  it('refuses a file without its columns, one that is none, and who may not', async () => {
    const clerk = await signInDemo(server.app, 'linquan')
    expect((await send(clerk, ['x.y,张三,经办,341221,'])).code).toBe('not-allowed')
    const response = await server.app.inject({
      method: 'PUT',
      url: '/api/accounts/file?name=a.csv',
      headers: { cookie: leader.cookie, ...fileHeaders },
      payload: Buffer.from('姓名,角色\r\n张三,经办\r\n'),
    })
    const list = [
      ['用户名', '姓名', '角色', '区划代码', '部门'],
      ['s.a', '张三', '经办', '341221', ''],
    ]
    const book = utils.book_new()
    for (const name of ['城关镇', '杨桥镇']) utils.book_append_sheet(book, utils.aoa_to_sheet(list), name)
    const several = await server.app.inject({
      method: 'PUT',
      url: '/api/accounts/file?name=a.xlsx',
      headers: { cookie: leader.cookie, ...fileHeaders },
      payload: write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer,
    })
    expect(several.json()).toMatchObject({ code: 'sheets-unclear', data: { same: ['城关镇', '杨桥镇'] } })
    expect(response.json()).toMatchObject({
      code: 'columns-missing',
      data: { columns: ['用户名', '区划代码'] },
    })
  })
})

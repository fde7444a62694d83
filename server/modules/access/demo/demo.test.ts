import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '#contract/access/capabilities.ts'
import { openTestApp } from '#test/harness/app.ts'
import { insertClues } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { ensureDemoAccounts, grantDemoHouseholds } from './demo.ts'
import { demoAccounts } from './demo-accounts.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
const village = 341221001004

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
})
afterAll(async () => {
  await server.close()
  await t.close()
})

describe('the demonstration', () => {
  it('has an account of every role, and each signs in as its page lets it', async () => {
    expect(new Set(demoAccounts.map(({ role }) => role))).toEqual(new Set(roles))
    for (const { username, role } of demoAccounts) {
      const person = await signInDemo(server.app, username)
      const me = (await person.get('/api/me')).json()
      expect([username, me.role, ['on', 'off'].includes(me.secondFactor)]).toEqual([username, role, true])
    }
  })

  it('is made once, and its codes are shown nowhere else', async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from account`.execute(t.database.db)).rows[0]?.n
    await ensureDemoAccounts(server.identity)
    expect(await count()).toBe(demoAccounts.length)
    const body = (await new Visitor(server.app).get('/api/demo-accounts')).json()
    expect(body.accounts).toHaveLength(demoAccounts.length)
    expect(body.accounts[0].secondFactorCode).toMatch(/^\d{6}$/)
  })

  it('shows the accounts and their codes to nobody where it is no demonstration', async () => {
    server.services.demo = false
    const answer = await new Visitor(server.app).get('/api/demo-accounts')
    server.services.demo = true
    expect(answer.json().accounts).toEqual([])
  })

  it('grants its helper fifteen households of a village, and its household one with a clue', async () => {
    for (let n = 1; n <= 18; n++) await insertHousehold(t.database.db, 341221, 900 + n, { village })
    await insertClues(t.database.db, [
      {
        ...{
          household: 940,
          village: 341221001005,
          cause: 'illness',
          level: 'red',
          rules: ['R05'],
          state: 'new',
        },
        ...{ openedOn: '2020-03-01', dueOn: null, clearedOn: null },
      },
    ])
    await grantDemoHouseholds(server.roles.work)
    await grantDemoHouseholds(server.roles.work)
    const { rows } = await sql<{ username: string; kind: string; n: number; area: number }>`
      select u.username, g.kind, count(*) as n, a.area from household_access g join auth_user u on u.id = g.user_id
      join account a on a.user_id = u.id group by 1, 2, 4 order by 1`.execute(t.database.db)
    expect(rows).toEqual([
      { username: 'chengguan-bangfu', kind: 'helper', n: 15, area: 341221001000 },
      { username: 'chengguan-nonghu', kind: 'own', n: 1, area: 341221001005 },
    ])
    const helper = await signInDemo(server.app, 'chengguan-bangfu')
    expect((await helper.get('/api/households?size=50')).json().total).toBe(15)
    const officer = await signInDemo(server.app, 'chengguan-cun')
    expect((await officer.get('/api/me')).json().area.code).toBe(village)
  })
})

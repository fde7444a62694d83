import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Alarm } from '#contract/protection/audit.ts'
import type { ExportRow } from '#contract/protection/exports.ts'
import { securityLimits } from '#server/assembly.ts'
import { findAlarms } from '#server/modules/audit/alarms.ts'
import { rebuildTallies } from '#server/tallies.ts'
import { installAccount } from '#test/harness/accounts.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { mergeHouseholds } from '#test/harness/registry.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { householdsIn } from './households-in.ts'
import { TakenMeter } from './meter.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let clerk: Visitor
let checker: Visitor
const village = 341221001003
const limits = {
  ...{ takenPerDay: 60, takenPerMonth: 100, takenAreaPerDay: 90, takenPageWeight: 5, takenExportWeight: 5 },
  exportApprovalRows: 10,
}

beforeAll(async () => {
  t = await openTestDatabase()
  const wide = { signInsPerMinute: 1000, signInsPerAddressMinute: 1000 }
  server = await openTestApp(t, undefined, { limits: { ...limits, ...wide } })
  await mergeHouseholds(
    t.database,
    Array.from({ length: 120 }, (_, i) => ({
      ...{ householdNo: `G${i}`, headName: `测试${i}`, villageCode: i < 8 ? village : village + 1 },
    })),
  )
  await rebuildTallies(t.database)
  clerk = await signInDemo(server.app, 'linquan')
  checker = await signInDemo(server.app, 'linquan-shenhe')
})
afterAll(async () => {
  await server.close()
  await t.close()
})
beforeEach(async () => {
  await t.database.pool.query('delete from taken')
  await t.database.pool.query('delete from export_item')
  await t.database.pool.query('delete from export')
  forget()
})

/** As after a restart of the server, or on another one: what is known stands in the database alone. */
const forget = () => {
  server.services.taken = new TakenMeter({ ...server.services.exportLimits }, server.deps.clock)
}
const page = (number: number, size = 20, who = clerk) =>
  who.get(`/api/households?size=${size}&page=${number}`)
const codeOf = (answer: { statusCode: number; json<T>(): T }) =>
  answer.statusCode === 200 ? 'answered' : answer.json<{ code: string }>().code
const small = async (who = clerk) =>
  (
    await who.post('/api/exports', {
      ...{ kind: 'households', filter: { households: { area: village } }, purpose: '入户核实' },
    })
  ).json<ExportRow>()

describe('lists that are paged through', () => {
  it('add up by different households; beyond the measure nothing more is answered, what was seen still is', async () => {
    for (const number of [1, 2, 3]) expect(codeOf(await page(number))).toBe('answered')
    for (let again = 0; again < 20; again++) expect(codeOf(await page(2))).toBe('answered')
    const refused = await page(4)
    expect([refused.statusCode, refused.json()]).toMatchObject([
      429,
      { code: 'taken-limit', data: { limit: 60, days: 1 } },
    ])
    expect(refused.body).not.toContain('householdNo')
    expect(codeOf(await page(3))).toBe('answered')
    const { rows } = await t.database.pool.query('select area, listed, points::int from taken')
    expect(rows).toEqual([{ area: 341221, listed: 60, points: 60 }])
  })

  it('go on once a second person agreed, for a day, and by no other word than theirs', async () => {
    for (const number of [1, 2, 3]) await page(number)
    expect(codeOf(await page(4))).toBe('taken-limit')
    const wanted = (await clerk.post('/api/exports/more', { purpose: '年度核查全县' })).json<ExportRow>()
    expect(wanted).toMatchObject({ kind: 'more', state: 'pending', rows: 60, mayDownload: false })
    expect(codeOf(await page(4))).toBe('taken-limit')
    expect(codeOf(await clerk.post(`/api/exports/${wanted.id}/decide`, { approve: true }))).toBe(
      'not-allowed',
    )
    expect(codeOf(await checker.post(`/api/exports/${wanted.id}/decide`, { approve: true }))).toBe('answered')
    expect(codeOf(await page(4))).toBe('answered')
    expect(codeOf(await clerk.get(`/api/exports/${wanted.id}/file`))).not.toBe('answered')
    await t.database.pool.query(`update export set expires_at = requested_at where kind = 'more'`)
    forget()
    expect(codeOf(await page(5))).toBe('taken-limit')
  })

  it('are one sum on every server, and over thirty days', async () => {
    for (const number of [1, 2]) await page(number)
    forget()
    expect(codeOf(await page(3))).toBe('answered')
    forget()
    expect(codeOf(await page(4))).toBe('taken-limit')
    await t.database.pool.query(`update taken set on_day = on_day - 20`)
    forget()
    expect([codeOf(await page(4)), codeOf(await page(5))]).toEqual(['answered', 'answered'])
    expect((await page(6)).json()).toMatchObject({ code: 'taken-limit', data: { limit: 100, days: 30 } })
    await t.database.pool.query(`update taken set on_day = on_day - 20`)
    forget()
    expect(codeOf(await page(6))).toBe('answered')
  })
})

it('household pages weigh more than a row of a list, and once a day', async () => {
  const { rows } = (await page(1, 30)).json<{ rows: { ref: string }[] }>()
  const open = (index: number) => clerk.get(`/api/households/${rows[index]?.ref}`)
  for (const index of [0, 1, 2, 3, 4, 5]) expect(codeOf(await open(index))).toBe('answered')
  expect(codeOf(await open(0))).toBe('answered')
  expect(codeOf(await open(6))).toBe('taken-limit')
  // It is the same person who takes, by whichever way.
  expect((await small()).state).toBe('pending')
})

describe('small exports', () => {
  it('add up: what one alone would get waits for a second person, with an alarm of what was taken together', async () => {
    await t.database.pool.query('delete from audit_entry where id not in (select entry_id from audit_seal)')
    const first = await small()
    expect(first).toMatchObject({ state: 'ready', rows: 8 })
    await page(1, 10)
    const second = await small()
    expect(second).toMatchObject({ state: 'pending', rows: 8 })
    expect((await small()).state).toBe('pending')
    await findAlarms({ database: t.database }, { ...securityLimits(server.deps.clock), ...limits })
    const audit = await signInDemo(server.app, 'shenji')
    const { rows: found } = (await audit.get('/api/audit/alarms?kind[]=taken-together')).json<{
      rows: Alarm[]
    }>()
    expect(found).toMatchObject([
      { count: 90, threshold: 60, detail: { taken: { listed: 10, opened: 0, exported: 8 } } },
    ])
    expect(found[0]?.filter).toMatchObject({ actor: 'linquan' })
    expect(codeOf(await checker.post(`/api/exports/${second.id}/decide`, { approve: true }))).toBe('answered')
    expect(codeOf(await clerk.get(`/api/exports/${second.id}/file`))).toBe('answered')
  })

  it('of colleagues of one area add up as well, and never keep them from reading', async () => {
    const more = ['clerk.two', 'clerk.three'].map(async (username) => {
      const made = await installAccount(server.identity, {
        ...{ username, name: '同事', role: 'clerk', area: 341221000000 },
      })
      const person = new Visitor(server.app)
      await person.enter(made.username, made.password)
      await t.database.pool.query('update auth_session set second_factor = true where user_id = $1', [
        made.id,
      ])
      return person
    })
    const [two, three] = await Promise.all(more)
    expect((await small()).state).toBe('ready')
    expect((await small(two)).state).toBe('ready')
    expect((await small(three)).state).toBe('pending')
    expect(codeOf(await page(1, 20, three))).toBe('answered')
  })

  it('what a list grew by since it was requested counts when it is fetched', async () => {
    const one = await small()
    await t.database.pool.query('update export set row_total = 3 where id = $1', [one.id])
    await t.database.pool.query('delete from taken')
    forget()
    expect(codeOf(await clerk.get(`/api/exports/${one.id}/file`))).toBe('answered')
    const { rows } = await t.database.pool.query('select exported, points::int from taken')
    expect(rows).toEqual([{ exported: 5, points: 25 }])
  })
})

it('households are found wherever they stand in an answer, and those that are none are not', () => {
  const ref = (n: number) => `018f0000-0000-7000-8000-0000000000${n}0`
  const strip = (n: number) => ({ ref: ref(n), householdNo: `G${n}`, county: { code: 341221000000 } })
  const kinds = (answer: unknown) => householdsIn(answer).map(({ opened, county }) => [opened, county])
  expect(kinds({ rows: [{ household: strip(1) }, { household: strip(1) }, strip(2)] })).toEqual([
    [false, 341221],
    [false, 341221],
  ])
  expect(kinds({ ...strip(1), members: [{ ref: ref(3), name: '甲' }] })).toEqual([[true, 341221]])
  expect(kinds({ household: strip(1), others: [{ household: strip(2) }] })).toEqual([
    [true, 341221],
    [false, 341221],
  ])
  expect(kinds({ groups: [{ tasks: [{ household: strip(4) }] }] })).toEqual([[false, 341221]])
  expect(kinds({ ref: ref(1), state: 'held' })).toEqual([])
  expect(kinds(null)).toEqual([])
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Authorisation, OwnRecord } from '#contract/protection/own-record.ts'
import { authorisedScopes } from '#server/modules/procedures/index.ts'
import { openOwnHousehold, ownSecrets } from '#test/harness/own-record.ts'
import type { Visitor } from '#test/harness/sign-in.ts'

type Own = z.infer<typeof OwnRecord>
const { idNumbers, phone } = ownSecrets

let world: Awaited<ReturnType<typeof openOwnHousehold>>
let household: Visitor
let township: Visitor
let county: Visitor
let village: Visitor
/** Officer of another village. */
let elsewhere: Visitor
beforeAll(async () => {
  world = await openOwnHousehold()
  ;({ household, township, county, village, elsewhere } = world.people)
})
afterAll(() => world.close())

const call = (...request: Parameters<typeof world.call>) => world.call(...request)
const read = async () => (await call(household, 'GET', '/api/own-record')).json<Own>()
const correction = { what: '家庭人口数', current: '2 人', wanted: '3 人', explanation: '去年添了一口人' }

describe('the own record', () => {
  it('shows everything on record, masked, with file and date, and what happens next', async () => {
    const record = await read()
    expect(record).toMatchObject({ ref: world.own.ref, headName: '测试甲', phone: '139****0001' })
    expect(record.members.map(({ idNumber }) => idNumber)).toEqual([
      '341221********0010',
      '341221********0028',
    ])
    const dwelling = record.facts.find(({ feed }) => feed === 'dwelling')
    expect(dwelling).toMatchObject({ department: 'ZJ', facts: [{ fileName: '鉴定.xlsx', batch: null }] })
    expect(record.facts.map(({ feed }) => feed)).toContain('household')
    const [first, second] = record.clues.toSorted((a, b) => b.state.localeCompare(a.state))
    expect(first).toMatchObject({ state: 'new', next: { zh: '乡镇、村将上门核实，请等候联系。' } })
    expect(second?.next.zh).toMatch(/^已交.+，将在 2020-03-17 前上门核实。$/)
    expect(record.contact).toEqual({ office: record.township, hotline: '12317' })
    expect(record.authorisationText.text.zh).toContain('可随时撤回')
    // What is agreed to is named where it is read, and nothing else is.
    expect(record.authorisationText.text.zh).toContain('以下信息：{items}。')
    expect(record.authorisationText.text.zh).not.toMatch(/银行|车辆|房产|工商|纳税/)
  })

  it('shows who looked, by surname, role and area; not that one looked oneself', async () => {
    await read()
    expect((await read()).looks).toEqual([])
    expect((await call(township, 'GET', `/api/households/${world.own.ref}`)).statusCode).toBe(200)
    expect((await call(village, 'GET', `/api/households/${world.own.ref}`)).statusCode).toBe(200)
    const [last, before, ...more] = (await read()).looks
    expect(more).toEqual([])
    expect(last?.who).toMatchObject({ name: '城**', role: 'village', area: { level: 'village' } })
    expect(before).toMatchObject({
      action: 'households.get',
      who: { role: 'township', area: { code: 341221001000 } },
    })
    const reads = await sql<{ n: number }>`
      select count(*) as n from audit_entry where action = 'ownRecord.get'
        and household_ref = ${world.own.ref}`.execute(world.t.database.db)
    expect(reads.rows[0]?.n).toBeGreaterThanOrEqual(3)
  })

  it('shows the fetched files it stood in, with their purpose', async () => {
    const requested = await county.post('/api/exports', {
      kind: 'households',
      filter: {},
      purpose: '入户核对名单',
    })
    const { id } = requested.json<{ id: string }>()
    expect((await read()).looks.map(({ action }) => action)).not.toContain('exports.download')
    const file = await county.send('GET', `/api/exports/${id}/file`)
    expect(file.body).toContain('测试甲')
    expect((await read()).looks).toContainEqual(
      expect.objectContaining({
        action: 'exports.download',
        purpose: '入户核对名单',
        who: expect.objectContaining({ role: 'clerk' }),
      }),
    )
  })

  it('is for households alone, and for no other household', async () => {
    for (const visitor of [township, county, village]) {
      expect((await call(visitor, 'GET', '/api/own-record')).statusCode).toBe(403)
    }
    expect((await call(household, 'GET', '/api/corrections')).statusCode).toBe(403)
    expect((await call(household, 'GET', `/api/households/${world.own.ref}`)).statusCode).toBe(403)
  })

  it('is gone with the access to it', async () => {
    const until = (value: string | null) =>
      world.t.database.pool.query(`update household_access set until = $1 where kind = 'own'`, [value])
    await until('2020-01-01')
    expect((await call(household, 'GET', '/api/own-record')).statusCode).toBe(404)
    expect((await call(household, 'POST', '/api/own-record/corrections', correction)).statusCode).toBe(404)
    await until(null)
    expect((await call(household, 'GET', '/api/own-record')).statusCode).toBe(200)
  })
})

describe('the authorisation', () => {
  const authorise = async (scopes: string[], consent: boolean) =>
    (await call(household, 'POST', '/api/own-record/authorisations', { scopes, consent })).json<
      Authorisation[]
    >()

  it('is absent until the household consents, scope by scope, and withdrawn again', async () => {
    const { db } = world.t.database
    expect((await read()).authorisations.map(({ consent, since }) => [consent, since])).toEqual(
      Array(5).fill([false, null]),
    )
    expect((await authorisedScopes(db, world.own)).includes('bank')).toBe(false)
    const after = await authorise(['bank', 'tax', 'bank'], true)
    expect(after.filter(({ consent }) => consent).map(({ scope, way, text }) => [scope, way, text])).toEqual([
      ['bank', 'online', '2020-03-items'],
      ['tax', 'online', '2020-03-items'],
    ])
    expect((await authorisedScopes(db, world.own)).includes('bank')).toBe(true)
    expect((await authorisedScopes(db, world.own)).includes('housing')).toBe(false)
    await authorise(['bank'], false)
    expect((await authorisedScopes(db, world.own)).includes('bank')).toBe(false)
    expect((await authorisedScopes(db, world.own)).includes('tax')).toBe(true)
    const { rows } = await world.t.database.pool.query(
      `select consent from authorisation where scope = 'bank' and household_id = $1 order by id`,
      [world.own.id],
    )
    expect(rows.map(({ consent }) => consent)).toEqual([true, false])
  })

  it('is recorded from paper by who has the household in the area', async () => {
    const url = `/api/households/${world.own.ref}/authorisations`
    const paper = { scopes: ['vehicles'], consent: true, note: `授权书第 3 号，${phone}` }
    expect((await call(elsewhere, 'POST', url, paper)).statusCode).toBe(404)
    expect((await call(household, 'POST', url, paper)).statusCode).toBe(403)
    const after = (await call(village, 'POST', url, paper)).json<Authorisation[]>()
    expect(after.find(({ scope }) => scope === 'vehicles')).toMatchObject({ consent: true, way: 'paper' })
    const shown = (await read()).authorisations.find(({ scope }) => scope === 'vehicles')
    expect(shown).toMatchObject({ consent: true, way: 'paper', by: '城**' })
    const { rows } = await world.t.database.pool.query(
      `select actor_name, reason, household_ref from audit_entry where action = 'corrections.authorise'
        and outcome = 'done'`,
    )
    expect(rows).toEqual([
      { actor_name: 'chengguan-cun', reason: '授权书第 3 号，139****0001', household_ref: world.own.ref },
    ])
  })

  it('is only ever added to, as the steps of a correction are', async () => {
    // Only where they lie may follow a household that moves.
    const contents = { authorisation: 'note', correction_step: 'text' }
    for (const [table, column] of Object.entries(contents)) {
      for (const change of [`delete from ${table}`, `update ${table} set ${column} = ${column}`]) {
        await expect(world.server.roles.work.pool.query(change)).rejects.toThrow(/permission denied/)
        await expect(world.server.roles.app.pool.query(change)).rejects.toThrow(/permission denied/)
      }
    }
  })
})

it('never answered with a full number', () => {
  expect(world.answers.length).toBeGreaterThan(10)
  for (const number of [...idNumbers, phone]) expect(world.answers.join('\n')).not.toContain(number)
})

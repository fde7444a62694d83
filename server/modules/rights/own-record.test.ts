import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Authorisation, Correction, OwnRecord } from '#contract/own-record.ts'
import { giveDemoHouseholds } from '#server/modules/access/index.ts'
import { inTransaction } from '#server/platform/db.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers, openBatch } from '#test/harness/registry.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'
import { isAuthorised } from './authorisation.ts'
import { correctionPart } from './corrections-handover.ts'
import { correctionActions } from './corrections-rules.ts'

type Own = z.infer<typeof OwnRecord>

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let household: Visitor
let township: Visitor
let county: Visitor
let village: Visitor
/** Holds the post of village officer in another village. */
let elsewhere: Visitor
let own: { county: number; id: number; ref: string; village: number }

const idNumbers = ['341221196207150010', '341221196507150028']
const phone = '13956780001'
const answers: string[] = []

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, undefined, {
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
  })
  const { pool } = t.database
  const { rows: villages } = await pool.query<{ code: number }>(
    `select code from division where level = 'village' and code between 341221001000 and 341221001999 order by code limit 2`,
  )
  const [first, second] = villages.map(({ code }) => Number(code))
  if (!first || !second) throw new Error('no villages')
  await mergeHouseholds(t.database, [
    { householdNo: 'G1', villageCode: first, headName: '测试甲', phone },
    { householdNo: 'G2', villageCode: first, headName: '测试乙' },
    { householdNo: 'G3', villageCode: second, headName: '测试丙' },
  ])
  await mergeMembers(
    t.database,
    idNumbers.map((idNumber, i) => ({
      householdNo: 'G1',
      memberNo: `G1-${i}`,
      name: i ? '测试丁' : '测试甲',
      idNumber,
    })),
  )
  const { rows } = await pool.query<typeof own>(
    `select county, id, ref, village from household where household_no = 'G1'`,
  )
  if (!rows[0]) throw new Error('no household')
  own = rows[0]
  const batch = await openBatch(t.database, 'dwelling', '鉴定.xlsx')
  await pool.query(
    `insert into dwelling_survey (county, household_id, batch_id, row_no, assessed_on, grade, lived_in, known_from)
     values ($1, $2, $3, 1, '2019-11-01', 'C', true, '2020-01-05')`,
    [own.county, own.id, batch],
  )
  await pool.query(
    `insert into clue (county, household_id, village, cause, level, signal_level, rules, signals, strongest_signal, why, state,
       opened_on, last_signal_on, assignee, due_on)
     select $1, $2, $3, cause, 'orange', 'orange', '{R01}', 1, 0, '{"zh": "测试", "en": "test"}', state, '2020-03-01',
       '2020-03-01', assignee, due::date
     from (values ('illness', 'new', null::bigint, null), ('housing', 'dispatched', $3::bigint, '2020-03-17')) c (cause, state, assignee, due)`,
    [own.county, own.id, own.village],
  )
  await giveDemoHouseholds(t.database)
  await pool.query(
    `update account set role = 'village', area = $1 where user_id = (select id from auth_user where username = 'chengguan-duiyuan')`,
    [second],
  )
  await pool.query(
    `update account set area = $1 where user_id = (select id from auth_user where username = 'chengguan-cun')`,
    [first],
  )
  const names = ['chengguan-nonghu', 'chengguan', 'linquan', 'chengguan-cun', 'chengguan-duiyuan']
  const people: Visitor[] = []
  for (const name of names) people.push(await signInDemo(server.app, name))
  ;[household, township, county, village, elsewhere] = people as [Visitor, Visitor, Visitor, Visitor, Visitor]
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const idOf = async (username: string) =>
  (await sql<{ id: string }>`select id from auth_user where username = ${username}`.execute(t.database.db))
    .rows[0]?.id ?? ''

async function told(visitor: Visitor, method: 'GET' | 'POST', url: string, body?: unknown) {
  const response = await visitor.send(method, url, body)
  answers.push(response.body)
  return response
}
const read = async () => (await told(household, 'GET', '/api/own-record')).json<Own>()
const wish = { what: '家庭人口数', current: '2 人', wanted: '3 人', explanation: '去年添了一口人' }
async function ask(more: object = {}): Promise<Correction> {
  const response = await told(household, 'POST', '/api/own-record/corrections', { ...wish, ...more })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const act = (visitor: Visitor, id: string, action: string, body: object = {}) =>
  told(visitor, 'POST', `/api/corrections/${id}/${action}`, body)
const propose = (visitor: Visitor, id: string, outcome = 'corrected') =>
  act(visitor, id, 'propose', { outcome, explanation: '已请派出所核对' })
const confirm = (visitor: Visitor, id: string, agree = true, reason = '') =>
  act(visitor, id, 'confirm', { agree, reason })
const codeOf = (response: { json<T>(): T }) => response.json<{ code: string }>().code
const entriesOf = async (ref: string) =>
  (
    await sql<{ action: string; actorName: string; householdRef: string }>`
      select action, actor_name, household_ref from audit_entry where object_ref = ${ref} and outcome = 'done'
        and action <> 'corrections.get' order by id`.execute(t.database.db)
  ).rows

describe('the own record', () => {
  it('tells everything held, masked, with file and date, and what happens next', async () => {
    const record = await read()
    expect(record).toMatchObject({ ref: own.ref, headName: '测试甲', phone: '139****0001' })
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
  })

  it('tells who looked, by surname, role and area; not that one looked oneself', async () => {
    await read()
    expect((await read()).looks).toEqual([])
    expect((await told(township, 'GET', `/api/households/${own.ref}`)).statusCode).toBe(200)
    expect((await told(village, 'GET', `/api/households/${own.ref}`)).statusCode).toBe(200)
    const [last, before, ...more] = (await read()).looks
    expect(more).toEqual([])
    expect(last?.who).toMatchObject({ name: '城**', role: 'village', area: { level: 'village' } })
    expect(before).toMatchObject({
      action: 'households.get',
      who: { role: 'township', area: { code: 341221001000 } },
    })
    const reads = await sql<{ n: number }>`
      select count(*) as n from audit_entry where action = 'ownRecord.get' and household_ref = ${own.ref}`.execute(
      t.database.db,
    )
    expect(reads.rows[0]?.n).toBeGreaterThanOrEqual(3)
  })

  it('tells of files it stood in that were fetched, with their purpose', async () => {
    const asked = await county.post('/api/exports', {
      kind: 'households',
      filter: {},
      purpose: '入户核对名单',
    })
    const { id } = asked.json<{ id: string }>()
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
      expect((await told(visitor, 'GET', '/api/own-record')).statusCode).toBe(403)
    }
    expect((await told(household, 'GET', '/api/corrections')).statusCode).toBe(403)
    expect((await told(household, 'GET', `/api/households/${own.ref}`)).statusCode).toBe(403)
  })

  it('is gone with the access to it', async () => {
    const until = (value: string | null) =>
      t.database.pool.query(`update household_access set until = $1 where kind = 'own'`, [value])
    await until('2020-01-01')
    expect((await told(household, 'GET', '/api/own-record')).statusCode).toBe(404)
    expect((await told(household, 'POST', '/api/own-record/corrections', wish)).statusCode).toBe(404)
    await until(null)
    expect((await told(household, 'GET', '/api/own-record')).statusCode).toBe(200)
  })
})

describe('a correction', () => {
  it('is open, due in the working days of the policy, seen by the area alone', async () => {
    const made = await ask({ feed: 'member' })
    expect(made).toMatchObject({
      ...{ state: 'open', dueOn: '2020-03-31', overdue: false, department: 'FP', assignee: null },
      ...{ mayPropose: false, mayConfirm: false, steps: [{ kind: 'opened', text: wish.explanation }] },
    })
    for (const visitor of [township, county, village]) {
      const found = await told(visitor, 'GET', '/api/corrections')
      expect(found.json<{ rows: Correction[] }>().rows.map(({ id }) => id)).toContain(made.id)
      expect((await told(visitor, 'GET', `/api/corrections/${made.id}`)).json()).toMatchObject({
        mayPropose: true,
        mayConfirm: false,
      })
    }
    expect((await told(elsewhere, 'GET', '/api/corrections')).json()).toEqual({ total: 0, rows: [] })
    expect((await told(elsewhere, 'GET', `/api/corrections/${made.id}`)).statusCode).toBe(404)
    expect((await propose(elsewhere, made.id)).statusCode).toBe(404)
    expect((await read()).corrections.map(({ id }) => id)).toContain(made.id)
  })

  it('refuses a feed that is none', async () => {
    const response = await told(household, 'POST', '/api/own-record/corrections', {
      ...wish,
      feed: 'nothing',
    })
    expect(response.statusCode).toBe(400)
  })

  it('ends as one person proposed and another confirmed, each step written down; the fact stays', async () => {
    const { id } = await ask()
    const facts = async () =>
      (await t.database.pool.query('select * from household_record order by household_id')).rows
    const before = await facts()
    expect((await propose(village, id)).json()).toMatchObject({
      state: 'proposed',
      mayPropose: false,
      mayConfirm: false,
    })
    expect(codeOf(await confirm(village, id))).toBe('same-person')
    const ended = (await confirm(township, id)).json<Correction>()
    expect(ended).toMatchObject({ state: 'corrected', mayPropose: false, mayConfirm: false })
    expect(ended.steps.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['opened', null],
      ['proposed', 'corrected'],
      ['confirmed', 'corrected'],
    ])
    expect(await facts()).toEqual(before)
    expect(await entriesOf(id)).toEqual([
      { action: 'ownRecord.correct', actorName: 'chengguan-nonghu', householdRef: own.ref },
      { action: 'corrections.propose', actorName: 'chengguan-cun', householdRef: own.ref },
      { action: 'corrections.confirm', actorName: 'chengguan', householdRef: own.ref },
    ])
    const shown = (await read()).corrections.find((one) => one.id === id)
    expect(shown?.steps.map(({ by }) => by)).toEqual([expect.stringContaining('农户'), '城**', '城**'])
  })

  it('goes back with a reason and comes again', async () => {
    const { id } = await ask()
    await propose(village, id, 'declined')
    expect(codeOf(await confirm(township, id, false))).toBe('reason-required')
    expect((await confirm(township, id, false, '请附户口簿')).json()).toMatchObject({
      state: 'open',
      mayPropose: false,
      assignee: { name: expect.stringContaining('村') },
    })
    expect(codeOf(await propose(township, id))).toBe('correction-state')
    expect((await propose(village, id, 'forwarded')).statusCode).toBe(200)
    expect((await confirm(county, id)).json()).toMatchObject({ state: 'forwarded' })
  })

  it('is ended by one person neither through the database', async () => {
    const { id } = await ask()
    await propose(village, id)
    const alone = t.database.pool.query(
      `update correction set state = outcome, decided_by = proposed_by, closed_at = now() where id = $1`,
      [id],
    )
    await expect(alone).rejects.toThrow(/check constraint/)
    const unproposed = t.database.pool.query(`update correction set state = 'corrected' where id = $1`, [id])
    await expect(unproposed).rejects.toThrow(/check constraint/)
  })

  it('is confirmed once by two at the same moment', async () => {
    const { id } = await ask()
    await propose(village, id)
    const both = await Promise.all([confirm(township, id), confirm(county, id)])
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  })

  it('takes in each state what the table allows and nothing else', async () => {
    const steps = {
      assign: (id: string) => act(township, id, 'assign'),
      propose: (id: string) => propose(township, id),
      confirm: (id: string) => confirm(township, id),
    }
    for (const [state, allowed] of Object.entries(correctionActions)) {
      for (const [action, step] of Object.entries(steps)) {
        const { id } = await ask()
        if (state !== 'open') await propose(village, id, state === 'proposed' ? 'declined' : state)
        if (state !== 'open' && state !== 'proposed') await confirm(county, id)
        const response = await step(id)
        const isAllowed = (allowed as readonly string[]).includes(action)
        expect([state, action, response.statusCode]).toEqual([state, action, isAllowed ? 200 : 409])
        if (!isAllowed) expect(codeOf(response)).toBe('correction-state')
      }
    }
  })

  it('is given to whoever may handle it and covers the household', async () => {
    const { id } = await ask()
    const given = await act(township, id, 'assign', { account: await idOf('chengguan-cun') })
    expect(given.json()).toMatchObject({
      assignee: { name: expect.stringContaining('村') },
      mayPropose: false,
    })
    expect(codeOf(await propose(township, id))).toBe('correction-state')
    for (const name of ['chengguan-duiyuan', 'chengguan-bangfu', 'linquan', 'nobody']) {
      const response = await act(township, id, 'assign', { account: (await idOf(name)) || 'nobody' })
      expect([name, response.statusCode]).toEqual([name, 404])
    }
    const mine = (await told(village, 'GET', '/api/corrections?mine=true')).json<{ rows: Correction[] }>()
    expect(mine.rows.map((one) => one.id)).toContain(id)
    expect((await act(township, id, 'assign')).json()).toMatchObject({ mayPropose: true })
  })

  it('is overdue past its day', async () => {
    const { id } = await ask()
    await t.database.pool.query(`update correction set due_on = '2020-03-09' where id = $1`, [id])
    const late = (await told(township, 'GET', '/api/corrections?overdue=true')).json<{ rows: Correction[] }>()
    expect(late.rows).toMatchObject([{ id, overdue: true }])
    const all = (await told(township, 'GET', '/api/corrections?size=1')).json<{ rows: Correction[] }>()
    expect(all.rows[0]?.id).toBe(id)
  })

  it('is handed over with the rest of an account’s work', async () => {
    const { id } = await ask()
    const [from, to, outside, by] = await Promise.all(
      ['chengguan-cun', 'chengguan', 'chengguan-duiyuan', 'xitong'].map(idOf),
    )
    await act(village, id, 'assign')
    const move = (userId = '') =>
      inTransaction(server.roles.work, (session) =>
        correctionPart.move(session, from ?? '', { userId, by: by ?? '', reason: '调岗' }),
      )
    const count = (userId = '') =>
      inTransaction(server.roles.work, (session) => correctionPart.count(session, userId))
    const held = await count(from)
    expect(held).toBeGreaterThan(0)
    await expect(move(outside)).rejects.toMatchObject({ code: 'handover-target' })
    expect(await count(from)).toBe(held)
    expect(await move(to)).toBe(held)
    expect(await count(from)).toBe(0)
    const { steps } = (await told(township, 'GET', `/api/corrections/${id}`)).json<Correction>()
    expect(steps.at(-1)).toMatchObject({ kind: 'assigned', text: expect.stringContaining('专干') })
  })

  it('keeps no long number of what was written', async () => {
    const made = await ask({ wanted: `身份证应为 ${idNumbers[1]}`, explanation: `电话 ${phone}` })
    expect(made).toMatchObject({ wanted: '身份证应为 341****0028', steps: [{ text: '电话 139****0001' }] })
    const { rows } = await t.database.pool.query(
      `select c::text || coalesce((select string_agg(s::text, '') from correction_step s), '') ||
         (select string_agg(e::text, '') from audit_entry e) as kept from correction c where id = $1`,
      [made.id],
    )
    for (const number of [...idNumbers, phone]) expect(rows[0].kept).not.toContain(number)
  })
})

describe('the authorisation', () => {
  const authorise = async (scopes: string[], given: boolean) =>
    (await told(household, 'POST', '/api/own-record/authorisations', { scopes, given })).json<
      Authorisation[]
    >()

  it('is nobody’s until given, scope by scope, and taken back again', async () => {
    const { db } = t.database
    expect((await read()).authorisations.map(({ given, since }) => [given, since])).toEqual(
      Array(5).fill([false, null]),
    )
    expect(await isAuthorised(db, own, 'bank')).toBe(false)
    const after = await authorise(['bank', 'tax', 'bank'], true)
    expect(after.filter(({ given }) => given).map(({ scope, way, text }) => [scope, way, text])).toEqual([
      ['bank', 'online', '2020-03'],
      ['tax', 'online', '2020-03'],
    ])
    expect(await isAuthorised(db, own, 'bank')).toBe(true)
    expect(await isAuthorised(db, own, 'housing')).toBe(false)
    await authorise(['bank'], false)
    expect(await isAuthorised(db, own, 'bank')).toBe(false)
    expect(await isAuthorised(db, own, 'tax')).toBe(true)
    const { rows } = await t.database.pool.query(
      `select given from authorisation where scope = 'bank' and household_id = $1 order by id`,
      [own.id],
    )
    expect(rows.map(({ given }) => given)).toEqual([true, false])
  })

  it('is recorded from paper by who has the household in the area', async () => {
    const url = `/api/households/${own.ref}/authorisations`
    const paper = { scopes: ['vehicles'], given: true, note: `授权书第 3 号，${phone}` }
    expect((await told(elsewhere, 'POST', url, paper)).statusCode).toBe(404)
    expect((await told(household, 'POST', url, paper)).statusCode).toBe(403)
    const after = (await told(village, 'POST', url, paper)).json<Authorisation[]>()
    expect(after.find(({ scope }) => scope === 'vehicles')).toMatchObject({ given: true, way: 'paper' })
    const shown = (await read()).authorisations.find(({ scope }) => scope === 'vehicles')
    expect(shown).toMatchObject({ given: true, way: 'paper', by: '城**' })
    const { rows } = await t.database.pool.query(
      `select actor_name, reason, household_ref from audit_entry where action = 'corrections.authorise' and outcome = 'done'`,
    )
    expect(rows).toEqual([
      { actor_name: 'chengguan-cun', reason: '授权书第 3 号，139****0001', household_ref: own.ref },
    ])
  })

  it('is only ever added to, as the steps of a correction are', async () => {
    for (const table of ['authorisation', 'correction_step']) {
      for (const change of [`delete from ${table}`, `update ${table} set county = county`]) {
        await expect(server.roles.work.pool.query(change)).rejects.toThrow(/permission denied/)
        await expect(server.roles.app.pool.query(change)).rejects.toThrow(/permission denied/)
      }
    }
  })
})

it('never answered with a full number', () => {
  expect(answers.length).toBeGreaterThan(60)
  for (const number of [...idNumbers, phone]) expect(answers.join('\n')).not.toContain(number)
})

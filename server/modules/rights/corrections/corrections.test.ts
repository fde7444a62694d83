import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Correction, OwnRecord } from '#contract/protection/own-record.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { openOwnHousehold, ownSecrets } from '#test/harness/own-record.ts'
import type { Visitor } from '#test/harness/sign-in.ts'
import { correctionPart } from './handover.ts'
import { correctionActions } from './rules.ts'

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
async function request(more: object = {}): Promise<Correction> {
  const response = await call(household, 'POST', '/api/own-record/corrections', { ...correction, ...more })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const act = (visitor: Visitor, id: string, action: string, body: object = {}) =>
  call(visitor, 'POST', `/api/corrections/${id}/${action}`, body)
const propose = (visitor: Visitor, id: string, outcome = 'corrected') =>
  act(visitor, id, 'propose', { outcome, explanation: '已请派出所核对' })
const confirm = (visitor: Visitor, id: string, agree = true, reason = '') =>
  act(visitor, id, 'confirm', { agree, reason })
const codeOf = (response: { json<T>(): T }) => response.json<{ code: string }>().code
const entriesOf = async (ref: string) =>
  (
    await sql<{ action: string; actorName: string; householdRef: string }>`
      select action, actor_name, household_ref from audit_entry where object_ref = ${ref} and outcome = 'done'
        and action <> 'corrections.get' order by id`.execute(world.t.database.db)
  ).rows

describe('a correction', () => {
  it('is open, due in the working days of the policy, seen by the area alone', async () => {
    const made = await request({ feed: 'member' })
    expect(made).toMatchObject({
      ...{ state: 'open', dueOn: '2020-03-31', overdue: false, department: 'FP', assignee: null },
      ...{ mayPropose: false, mayConfirm: false, steps: [{ kind: 'opened', text: correction.explanation }] },
    })
    for (const visitor of [township, county, village]) {
      const found = await call(visitor, 'GET', '/api/corrections')
      expect(found.json<{ rows: Correction[] }>().rows.map(({ id }) => id)).toContain(made.id)
      expect((await call(visitor, 'GET', `/api/corrections/${made.id}`)).json()).toMatchObject({
        mayPropose: true,
        mayConfirm: false,
      })
    }
    expect((await call(elsewhere, 'GET', '/api/corrections')).json()).toEqual({ total: 0, rows: [] })
    expect((await call(elsewhere, 'GET', `/api/corrections/${made.id}`)).statusCode).toBe(404)
    expect((await propose(elsewhere, made.id)).statusCode).toBe(404)
    expect((await read()).corrections.map(({ id }) => id)).toContain(made.id)
  })

  it('refuses a feed that is none', async () => {
    const response = await call(household, 'POST', '/api/own-record/corrections', {
      ...correction,
      feed: 'nothing',
    })
    expect(response.statusCode).toBe(400)
  })

  it('ends as one person proposed and another confirmed, each step written down; the fact stays', async () => {
    const { id } = await request()
    const facts = async () =>
      (await world.t.database.pool.query('select * from household_record order by household_id')).rows
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
      { action: 'ownRecord.correct', actorName: 'chengguan-nonghu', householdRef: world.own.ref },
      { action: 'corrections.propose', actorName: 'chengguan-cun', householdRef: world.own.ref },
      { action: 'corrections.confirm', actorName: 'chengguan', householdRef: world.own.ref },
    ])
    const shown = (await read()).corrections.find((one) => one.id === id)
    expect(shown?.steps.map(({ by }) => by)).toEqual([expect.stringContaining('农户'), '城**', '城**'])
  })

  it('goes back with a reason and comes again', async () => {
    const { id } = await request()
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
    const { id } = await request()
    await propose(village, id)
    const alone = world.t.database.pool.query(
      `update correction set state = outcome, decided_by = proposed_by, closed_at = now() where id = $1`,
      [id],
    )
    await expect(alone).rejects.toThrow(/check constraint/)
    const unproposed = world.t.database.pool.query(
      `update correction set state = 'corrected' where id = $1`,
      [id],
    )
    await expect(unproposed).rejects.toThrow(/check constraint/)
  })

  it('is confirmed once by two at the same moment', async () => {
    const { id } = await request()
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
        const { id } = await request()
        if (state !== 'open') await propose(village, id, state === 'proposed' ? 'declined' : state)
        if (state !== 'open' && state !== 'proposed') await confirm(county, id)
        const response = await step(id)
        const isAllowed = (allowed as readonly string[]).includes(action)
        expect([state, action, response.statusCode]).toEqual([state, action, isAllowed ? 200 : 409])
        if (!isAllowed) expect(codeOf(response)).toBe('correction-state')
      }
    }
  })

  it('is assigned to whoever may handle it and covers the household', async () => {
    const { id } = await request()
    const assigned = await act(township, id, 'assign', { account: await world.idOf('chengguan-cun') })
    expect(assigned.json()).toMatchObject({
      assignee: { name: expect.stringContaining('村') },
      mayPropose: false,
    })
    expect(codeOf(await propose(township, id))).toBe('correction-state')
    for (const name of ['chengguan-duiyuan', 'chengguan-bangfu', 'linquan', 'nobody']) {
      const response = await act(township, id, 'assign', { account: (await world.idOf(name)) || 'nobody' })
      expect([name, response.statusCode]).toEqual([name, 404])
    }
    const mine = (await call(village, 'GET', '/api/corrections?mine=true')).json<{ rows: Correction[] }>()
    expect(mine.rows.map((one) => one.id)).toContain(id)
    expect((await act(township, id, 'assign')).json()).toMatchObject({ mayPropose: true })
  })

  it('is overdue past its day', async () => {
    const { id } = await request()
    await world.t.database.pool.query(`update correction set due_on = '2020-03-09' where id = $1`, [id])
    const late = (await call(township, 'GET', '/api/corrections?overdue=true')).json<{ rows: Correction[] }>()
    expect(late.rows).toMatchObject([{ id, overdue: true }])
    const all = (await call(township, 'GET', '/api/corrections?size=1')).json<{ rows: Correction[] }>()
    expect(all.rows[0]?.id).toBe(id)
  })

  it('is handed over with the rest of an account’s work', async () => {
    const { id } = await request()
    const [from, to, outside, by] = await Promise.all(
      ['chengguan-cun', 'chengguan', 'chengguan-duiyuan', 'xitong'].map(world.idOf),
    )
    await act(village, id, 'assign')
    const move = (userId = '') =>
      inTransaction(world.server.roles.work, (session) =>
        correctionPart.move(session, from ?? '', { userId, by: by ?? '', reason: '调岗' }),
      )
    const count = (userId = '') =>
      inTransaction(world.server.roles.work, (session) => correctionPart.count(session, userId))
    const before = await count(from)
    expect(before).toBeGreaterThan(0)
    await expect(move(outside)).rejects.toMatchObject({ code: 'handover-target' })
    expect(await count(from)).toBe(before)
    expect(await move(to)).toHaveLength(before)
    expect(await count(from)).toBe(0)
    const { steps } = (await call(township, 'GET', `/api/corrections/${id}`)).json<Correction>()
    expect(steps.at(-1)).toMatchObject({ kind: 'assigned', text: expect.stringContaining('专干') })
  })

  it('keeps no long number of what was written', async () => {
    const made = await request({ wanted: `身份证应为 ${idNumbers[1]}`, explanation: `电话 ${phone}` })
    expect(made).toMatchObject({ wanted: '身份证应为 341****0028', steps: [{ text: '电话 139****0001' }] })
    const { rows } = await world.t.database.pool.query(
      `select c::text || coalesce((select string_agg(s::text, '') from correction_step s), '') ||
         (select string_agg(e::text, '') from audit_entry e) as kept from correction c where id = $1`,
      [made.id],
    )
    for (const number of [...idNumbers, phone]) expect(rows[0].kept).not.toContain(number)
  })
})

it('never answered with a full number', () => {
  expect(world.answers.length).toBeGreaterThan(10)
  for (const number of [...idNumbers, phone]) expect(world.answers.join('\n')).not.toContain(number)
})

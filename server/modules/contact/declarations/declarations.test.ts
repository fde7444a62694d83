import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  DeclarationForm,
  DeclarationReceipt,
  UnmatchedDeclaration,
} from '#contract/contact/declarations.ts'
import type { Clue } from '#contract/work/clues.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { mergeMembers } from '#test/harness/registry.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { renewDeclarations, startDeclarations, takeUpDeclaration, takeUpWaiting } from './take-up.ts'

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let phone: Visitor
let code: string

/** Numbers of nobody with a sound check digit. */
const known = '341221197001010010'
const unknown = '341221190001010019'
const unheard = '341221197501010017'

beforeAll(async () => {
  world = await openOwnHousehold()
  phone = new Visitor(world.server.app, '10.0.0.1')
  await mergeMembers(world.t.database, [
    { householdNo: 'G1', memberNo: 'G1-9', name: '测试申', idNumber: known },
  ])
  code = world.server.services.vault.householdCode(world.own.ref)
  await startDeclarations(world.server.services, world.server.jobs)
})
afterAll(() => world.close())

const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

function statement(change: Record<string, unknown> = {}) {
  const data = { name: '测试申', idNumber: known, code, cause: 'water', text: '井水发黄，电话13956780001' }
  return { village: world.own.village, request: randomUUID(), ...data, ...change }
}
const send = (body: unknown, from = phone) => from.post('/api/declarations', body)

/** As the queue does, without its waiting. */
async function taken() {
  const waiting = await rows<{ county: number; request: string }>(
    `select county, request from declaration where outcome = 'waiting'`,
  )
  await Promise.all(waiting.map((key) => takeUpDeclaration(world.server.services, key)))
}

test('the page of a village receives its names, the hotline and the causes in plain words, without an account', async () => {
  const form = (await phone.get(`/api/declarations/${world.own.village}`)).json<DeclarationForm>()
  expect(form).toMatchObject({ county: '临泉县', hotline: '12317' })
  expect(form.causes).toHaveLength(12)
  expect(form.causes[0]?.plain.zh).toBe('家里有人生病，看病花钱多')
  expect((await phone.get('/api/declarations/341221000000')).json()).toMatchObject({ code: 'not-found' })
})

test('what a household declares becomes a report of it, once, without long numbers', async () => {
  const filled = statement()
  const first = await send(filled)
  const second = await send(filled)
  expect([first.statusCode, second.json()]).toEqual([200, first.json()])
  await expect
    .poll(() => rows(`select outcome from declaration where request = $1`, [filled.request]), {
      timeout: 15_000,
    })
    .toEqual([{ outcome: 'joined' }])
  const reports = await rows<{ clueId: string; text: string; channel: string }>(
    `select clue_id as "clueId", text, channel from clue_report where request = $1`,
    [filled.request],
  )
  expect(reports).toMatchObject([{ channel: 'self' }])
  expect(reports[0]?.text).not.toContain('13956780001')
  const clue = (await world.people.county.get(`/api/clues/${reports[0]?.clueId}`)).json<Clue>()
  expect(clue).toMatchObject({ channel: 'self', cause: 'water', state: 'new' })
  expect(clue.reports[0]?.by).toContain(first.json<DeclarationReceipt>().receipt)
  await send(statement({ text: '还是没有水' }))
  await taken()
  expect(await rows(`select reports from clue where cause = 'water'`)).toEqual([{ reports: 2 }])
})

test('known, unknown, another name and a wrong code are answered alike; what fits nobody stays sealed', async () => {
  const ways = {
    known: statement(),
    unknown: statement({ idNumber: unknown }),
    name: statement({ name: '测试错' }),
    code: statement({ code: code === '000000' ? '000001' : '000000' }),
  }
  const answers = await Promise.all(Object.values(ways).map((body) => send(body)))
  for (const answer of answers) {
    const { receipt, ...rest } = answer.json<DeclarationReceipt>()
    expect([answer.statusCode, receipt.length, rest]).toEqual([
      200,
      8,
      { dueOn: '2020-03-19', hotline: '12317' },
    ])
    expect(Object.keys(answer.headers).toSorted()).toEqual(Object.keys(answers[0]?.headers ?? {}).toSorted())
  }
  await taken()
  const left = await rows<{ outcome: string }>(
    `select outcome, why, declared_cipher is null as erased from declaration where request = any($1::uuid[])
      order by why nulls first`,
    [Object.values(ways).map(({ request }) => request)],
  )
  expect(left).toEqual([
    { outcome: 'joined', why: null, erased: true },
    { outcome: 'unmatched', why: 'code', erased: false },
    { outcome: 'unmatched', why: 'name', erased: false },
    { outcome: 'unmatched', why: 'number', erased: false },
  ])
  const written = await rows<{ entry: string }>(
    `select to_jsonb(e)::text as entry from audit_entry e where action like 'declarations.%'`,
  )
  const all = written.map(({ entry }) => entry).join()
  for (const secret of [known, unknown, '测试申', '测试错', '井水']) expect(all).not.toContain(secret)
})

test('the village decides whose it is; nobody elsewhere sees it, and what was decided is erased', async () => {
  const { village, elsewhere, township, county, household } = world.people
  const list = async () =>
    (await village.get('/api/unmatched-declarations')).json<{ rows: UnmatchedDeclaration[] }>()
  const { rows: open } = await list()
  expect(open.map(({ why, overdue }) => [why, overdue]).toSorted()).toEqual([
    ['code', false],
    ['name', false],
    ['number', false],
  ])
  expect(JSON.stringify(open)).not.toMatch(/341221197001010010|13956780001/)
  const by = (why: string) => open.find((one) => one.why === why)
  // The number leads to the household under another name, the name to it under another number.
  expect(by('name')?.candidates).toMatchObject([{ ref: world.own.ref, by: 'number', member: '测试申' }])
  expect(by('number')?.candidates).toMatchObject([{ ref: world.own.ref, by: 'name' }])
  expect((await elsewhere.get('/api/unmatched-declarations')).json()).toMatchObject({ total: 0, rows: [] })
  expect((await household.get('/api/unmatched-declarations')).statusCode).toBe(403)
  const decide = (who: Visitor, why: string, body: Record<string, unknown>) =>
    who.post(`/api/unmatched-declarations/${by(why)?.request}`, body)
  const whose = { as: 'household', household: world.own.ref }
  expect((await decide(elsewhere, 'name', whose)).statusCode).toBe(404)
  const [other] = await rows<{ ref: string }>(`select ref from household where household_no = 'G3'`)
  expect((await decide(village, 'name', { ...whose, household: other?.ref })).statusCode).toBe(404)
  expect((await decide(village, 'number', { as: 'awaited' })).json()).toMatchObject({
    code: 'reason-required',
  })

  const matched = (await decide(village, 'name', whose)).json<{ clue: string }>()
  const clue = (await county.get(`/api/clues/${matched.clue}`)).json<Clue>()
  expect(clue.reports.at(-1)?.by).toContain(by('name')?.receipt)
  await decide(township, 'code', { as: 'dismissed', note: '本人说没有报过' })
  await decide(village, 'number', { as: 'awaited', note: '新迁入，电话13956780001' })
  expect(await list()).toMatchObject({
    total: 1,
    rows: [{ state: 'awaited', note: '新迁入，电话139****0001' }],
  })
  expect((await decide(village, 'name', whose)).statusCode).toBe(404)
  const left = await rows(`select outcome from declaration where declared_cipher is not null`)
  expect(left).toEqual([{ outcome: 'awaited' }])
})

test('what the register lacked is matched by itself once it has the person; what nobody decided on is erased', async () => {
  const { database } = world.t
  const night = (day: string) => inTransaction(database, ({ db }) => renewDeclarations(db, day))
  expect(await night('2020-03-11')).toEqual({ found: 0, lapsed: 0 })
  await mergeMembers(database, [{ householdNo: 'G2', memberNo: 'G2-9', name: '测试申', idNumber: unknown }])
  expect(await night('2020-03-12')).toEqual({ found: 1, lapsed: 0 })
  await takeUpWaiting(world.server.services, world.server.jobs)
  await taken()
  const reports = await rows(
    `select h.household_no from clue_report r join household h on h.id = r.household_id where r.channel = 'self'
      and h.household_no = 'G2'`,
  )
  expect(reports).toHaveLength(1)
  const answer = await send(statement({ name: '测试错', idNumber: unheard }))
  expect(answer.statusCode).toBe(200)
  await taken()
  expect(await night('2020-09-20')).toEqual({ found: 0, lapsed: 1 })
  expect(await rows(`select from declaration where declared_cipher is not null`)).toEqual([])
  // The person is nobody's again for the tests that follow.
  await rows(
    `delete from person_index where name = '测试申' and household_id = (select id from household
      where household_no = 'G2')`,
  )
})

test('the time of the answer does not distinguish a known household from an unknown one', async () => {
  await rows('update declaration set sender = null')
  const measured: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const call = async (kind: 'known' | 'unknown') => {
    await rows('update declaration set sender = null')
    const body = statement(kind === 'known' ? {} : { idNumber: unknown })
    const from = performance.now()
    await send(body)
    measured[kind].push(performance.now() - from)
  }
  // The quickest of many, in turns: whatever else the machine does only makes an answer slower.
  for (let i = 0; i < 20; i++) {
    await call('known')
    await call('unknown')
  }
  const [one, other] = [Math.min(...measured.known), Math.min(...measured.unknown)]
  expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(1.6)
  await taken()
})

test('an ID number that is none is refused, and a sixth declaration of one number in a day, whoever it is', async () => {
  const wrong = await send(statement({ idNumber: '341221190001010018' }))
  expect(wrong.json()).toMatchObject({ code: 'bad-request' })
  for (const idNumber of [known, unknown]) {
    await rows('update declaration set sender = null')
    const codes = []
    for (let i = 0; i < 6; i++) codes.push((await send(statement({ idNumber }))).statusCode)
    expect(codes).toEqual([200, 200, 200, 200, 200, 429])
  }
  await taken()
})

test('an address may declare so often in an hour and no more', async () => {
  const limited = await openTestApp(world.t, undefined, { http: { declarationsPerHour: 2 } })
  const from = (address: string) => new Visitor(limited.app, address)
  await rows('update declaration set sender = null')
  const codes = []
  for (let i = 0; i < 3; i++) codes.push((await send(statement(), from('10.0.0.2'))).statusCode)
  expect(codes).toEqual([200, 200, 429])
  expect((await send(statement(), from('10.0.0.3'))).statusCode).toBe(200)
  expect((await from('10.0.0.2').get(`/api/declarations/${world.own.village}`)).statusCode).toBe(200)
  await limited.close()
  await taken()
})

test('a card is shown to who works with the household, and to nobody else', async () => {
  const address = `/api/contact-cards?household=${world.own.ref}`
  const card = (await world.people.village.get(address)).json()
  expect(card.rows).toMatchObject([{ code, headName: '测试甲' }])
  expect((await world.people.elsewhere.get(address)).statusCode).toBe(404)
  expect((await world.people.household.get(address)).statusCode).toBe(403)
  const leader = await signInDemo(world.server.app, 'linquan-lingdao')
  expect((await leader.get(address)).statusCode).toBe(403)
  await rows(`update household set risk = 'open' where id = $1`, [world.own.id])
  const sheet = `/api/contact-cards?village=${world.own.village}`
  expect((await world.people.township.get(sheet)).json().rows).toHaveLength(1)
  expect((await world.people.elsewhere.get(sheet)).json().rows).toEqual([])
  expect((await world.people.township.get('/api/contact-cards')).statusCode).toBe(400)
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FieldDevice, FieldSync } from '#contract/work/field.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { Visitor } from '#test/harness/sign-in.ts'

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let people: World['people']
let nobody: Visitor
/** The village's officer was sent to the household; the township's was not. */
let visit: string

beforeAll(async () => {
  world = await openOwnHousehold()
  people = world.people
  nobody = new Visitor(world.server.app)
  const { rows } = await world.t.database.pool.query<{ id: string }>(
    'select id from clue where household_id = $1',
    [world.own.id],
  )
  const clues = rows.map(({ id }) => id)
  const sent = { clues, visitor: await world.idOf('chengguan-cun') }
  expect((await people.county.send('POST', '/api/visits/assign', sent)).statusCode).toBe(200)
  const list = await people.village.get('/api/visits?mine=true')
  visit = list.json<{ rows: { id: string }[] }>().rows[0]?.id ?? ''
})
afterAll(() => world.close())

async function register(who: Visitor, device: string = randomUUID()) {
  const answer = await who.post('/api/field/devices', { device, name: 'Chrome 120 · Android 9' })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('token')])
  return { device, token: answer.json<{ token: string }>().token }
}
const sync = (who: Visitor, device: string) => who.get(`/api/field/sync?device=${device}`)
const stateOf = async (device: string, token: string, who = nobody) =>
  (await who.post('/api/field/devices/status', { device, token })).json<{ state: string; now: string }>()
const devicesOf = async (who: Visitor) => (await who.get('/api/field/devices')).json<FieldDevice[]>()
const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code
const entries = async (action: string) =>
  (
    await world.t.database.pool.query<{ household_ref: string | null; row_count: number | null }>(
      `select household_ref, row_count from audit_entry where action = $1 and outcome = 'done' order by at`,
      [action],
    )
  ).rows

test('a device takes its owner’s planned visits along, with what is known, and nobody else’s', async () => {
  const { device } = await register(people.village)
  const taken = (await sync(people.village, device)).json<FieldSync>()
  expect(taken.visits.map(({ id }) => id)).toEqual([visit])
  expect(taken).toMatchObject({ on: '2020-03-10', demo: true, hotline: '12317' })
  expect(taken.visits[0]).toMatchObject({
    ...{ mayReport: true, visitor: { mine: true }, state: 'planned' },
    card: { members: [{ name: '测试甲' }, { name: '测试丁' }] },
  })
  const text = JSON.stringify(taken)
  for (const secret of ['341221196207150010', '13956780001']) expect(text).not.toContain(secret)

  const other = await register(people.township)
  expect((await sync(people.township, other.device)).json<FieldSync>().visits).toEqual([])
  // That the household came onto a telephone is written down once; that the telephone called, each time.
  await sync(people.village, device)
  expect(
    (await entries('field.sync')).map(({ household_ref, row_count }) => [household_ref, row_count]),
  ).toEqual([
    [world.own.ref, null],
    [null, 1],
    [null, 0],
    [null, 1],
  ])
})

test('a device is its owner’s alone: to others it is as if it were not there', async () => {
  const { device, token } = await register(people.village)
  for (const whose of [device, randomUUID()]) {
    const answers = [
      await sync(people.township, whose),
      await people.township.post(`/api/field/devices/${whose}/revoke`),
    ]
    expect(answers.map((answer) => [answer.statusCode, codeOf(answer)])).toEqual([
      [404, 'not-found'],
      [404, 'not-found'],
    ])
  }
  expect((await devicesOf(people.township)).map((one) => one.device)).not.toContain(device)
  // The same id of somebody else is another device, and leaves this one as it is.
  const theirs = await register(people.township, device)
  expect(theirs.token).not.toBe(token)
  expect((await stateOf(device, token)).state).toBe('active')
  expect((await people.township.post(`/api/field/devices/${device}/revoke`)).statusCode).toBe(200)
  expect([(await stateOf(device, token)).state, (await stateOf(device, theirs.token)).state]).toEqual([
    'active',
    'revoked',
  ])
})

test('who makes no visits has no device, and without a session there is none', async () => {
  const body = { device: randomUUID(), name: '' }
  const answers = [
    await people.household.post('/api/field/devices', body),
    await people.county.post('/api/field/devices', body),
    await nobody.post('/api/field/devices', body),
    await nobody.get(`/api/field/sync?device=${body.device}`),
    await nobody.get('/api/field/devices'),
  ]
  expect(answers.map((answer) => codeOf(answer))).toEqual([
    ...['not-allowed', 'not-allowed', 'not-signed-in', 'not-signed-in', 'not-signed-in'],
  ])
})

test('a revoked device learns of it without a session, takes nothing any more and is never made good again', async () => {
  const { device, token } = await register(people.village)
  expect((await people.village.post(`/api/field/devices/${device}/revoke`)).statusCode).toBe(200)
  expect((await people.village.post(`/api/field/devices/${device}/revoke`)).statusCode).toBe(200)
  expect((await stateOf(device, token)).state).toBe('revoked')
  expect(codeOf(await sync(people.village, device))).toBe('device-revoked')
  const again = await people.village.post('/api/field/devices', { device, name: '' })
  expect([again.statusCode, codeOf(again)]).toEqual([403, 'device-revoked'])
  expect((await devicesOf(people.village)).find((one) => one.device === device)?.revokedAt).not.toBeNull()
})

test('the public answer reveals to nobody which devices there are', async () => {
  const { device, token } = await register(people.village)
  const gone = await register(people.village)
  await people.village.post(`/api/field/devices/${gone.device}/revoke`)
  const unknown = [
    await stateOf(randomUUID(), 'x'),
    await stateOf(randomUUID(), token),
    await stateOf(device, 'x'),
    await stateOf(device, ''),
    await stateOf(device, gone.token),
    await stateOf(gone.device, 'x'),
    await stateOf(gone.device, token),
    await stateOf(device, 'x', people.village),
  ]
  expect(unknown.map((answer) => [Object.keys(answer), answer.state])).toEqual(
    unknown.map(() => [['state', 'now'], 'unknown']),
  )
  expect((await stateOf(device, token)).state).toBe('active')
})

test('a lost answer costs nothing: the device registers once more, and only the last token counts', async () => {
  const first = await register(people.village)
  const second = await register(people.village, first.device)
  expect([
    (await stateOf(first.device, first.token)).state,
    (await stateOf(first.device, second.token)).state,
  ]).toEqual(['unknown', 'active'])
  const { rows } = await world.t.database.pool.query<{ n: string }>(
    'select count(*) as n from field_device where device = $1 and token_digest like $2',
    [first.device, `%${second.token}%`],
  )
  // Only the digest is kept.
  expect(Number(rows[0]?.n)).toBe(0)
})

test('a suspended account’s devices are to be erased as well', async () => {
  const { device, token } = await register(people.elsewhere)
  const owner = await world.idOf('chengguan-duiyuan')
  const set = (state: string) =>
    world.t.database.pool.query(
      `update account set state = $2, suspended_at = case $2 when 'suspended' then now() end where user_id = $1`,
      [owner, state],
    )
  await set('suspended')
  expect((await stateOf(device, token)).state).toBe('revoked')
  await set('active')
  expect((await stateOf(device, token)).state).toBe('active')
})

test('a visit that went to somebody else leaves the device, and is written down anew when it comes back', async () => {
  const { device } = await register(people.village)
  const visits = async () => (await sync(people.village, device)).json<FieldSync>().visits.map(({ id }) => id)
  expect(await visits()).toEqual([visit])
  const { rows } = await world.t.database.pool.query<{ id: string }>(
    'select id from clue where household_id = $1',
    [world.own.id],
  )
  const send = async (username: string) => {
    const sent = { clues: rows.map(({ id }) => id), visitor: await world.idOf(username), reason: '换人' }
    expect((await people.county.send('POST', '/api/visits/assign', sent)).statusCode).toBe(200)
  }
  const before = (await entries('field.sync')).filter(({ household_ref }) => household_ref).length
  await send('chengguan')
  expect(await visits()).toEqual([])
  await send('chengguan-cun')
  expect(await visits()).toEqual([visit])
  expect((await entries('field.sync')).filter(({ household_ref }) => household_ref).length).toBe(before + 1)
})

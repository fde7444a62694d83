import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeclarationPlaces } from '#contract/contact/declarations.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { mergeMembers } from '#test/harness/registry.ts'
import { Visitor } from '#test/harness/sign-in.ts'
import { takeUpDeclaration } from './take-up.ts'

const known = '341221197001010010'
let world: Awaited<ReturnType<typeof openOwnHousehold>>
let phone: Visitor
beforeAll(async () => {
  world = await openOwnHousehold()
  phone = new Visitor(world.server.app, '10.0.0.1')
  await mergeMembers(world.t.database, [
    { householdNo: 'G1', memberNo: 'G1-9', name: '测试申', idNumber: known },
  ])
})
afterAll(() => world.close())

test('a cause is enough: the report says what the household chose', async () => {
  const { village, ref, county } = world.own
  const request = randomUUID()
  const sent = await phone.post('/api/declarations', {
    ...{ village, request, name: '测试申', idNumber: known, cause: 'illness', text: '  ' },
    code: world.server.services.vault.householdCode(ref),
  })
  expect(sent.statusCode).toBe(200)
  await takeUpDeclaration(world.server.services, { county, request })
  const { rows } = await world.t.database.pool.query<{ text: string }>(
    'select text from clue_report where request = $1',
    [request],
  )
  expect(rows).toEqual([{ text: '家里有人生病，看病花钱多' }])
})

test('whose code does not open finds the way to the village, without an account', async () => {
  const places = async (area?: number) =>
    (await phone.get(`/api/declaration-places${area ? `?area=${area}` : ''}`)).json<DeclarationPlaces>()
  const cities = await places()
  expect(cities.hotline).toBe('12317')
  expect(cities.places.every(({ level }) => level === 'city')).toBe(true)
  const township = await places(341_221_001_000)
  expect(township.path.map(({ level }) => level)).toEqual(['province', 'city', 'county', 'township'])
  expect(township.places).toContainEqual(
    expect.objectContaining({ code: world.own.village, level: 'village' }),
  )
  expect((await phone.get('/api/declaration-places?area=341999000000')).statusCode).toBe(404)
})

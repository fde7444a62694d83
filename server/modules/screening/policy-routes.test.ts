import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Policy } from '#contract/feeds/policy.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let visitor: Visitor
beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, '2020-03-10')
  visitor = await signInDemo(server.app, 'linquan')
})
afterAll(async () => {
  await server.close()
  await t.close()
})

async function read(query = ''): Promise<Policy> {
  const response = await visitor.get(`/api/policy${query}`)
  expect(response.statusCode).toBe(200)
  return response.json()
}

test('the pack in force today comes first, with its days, measures and check list', async () => {
  const policy = await read()
  expect(policy).toMatchObject({
    ...{ id: 'anhui-2020', from: '2019-01-01', to: '2020-12-31', inForce: true, day: '2020-03-10' },
    categories: ['unstable', 'marginal'],
  })
  expect(policy.packs.map(({ id, inForce }) => [id, inForce])).toEqual([
    ['anhui-2020', true],
    ['national-2021', false],
  ])
  expect(policy.measures.causes.find(({ cause }) => cause === 'housing')).toMatchObject({
    types: ['housing', 'relocation'],
    source: { article: '措施对应', status: 'verified' },
  })
  expect(policy.checklist.map(({ id }) => id)).toContain('N10')
  for (const { openSignals } of policy.rules) expect(openSignals).toBe(0)
})

test('another pack shows the figures of its own days and counts no household', async () => {
  const policy = await read('?pack=national-2021')
  expect(policy).toMatchObject({ id: 'national-2021', to: null, inForce: false, day: '2021-01-01' })
  const line = policy.parameters.find(({ key }) => key === 'monitoringLine')
  expect(line?.values.find(({ current }) => current)).toMatchObject({ value: 600_000, from: '2021-01-01' })
  expect(policy.rules.map(({ id }) => id)).toEqual(expect.arrayContaining(['R22', 'R27', 'R31']))
  for (const { openSignals } of policy.rules) expect(openSignals).toBeNull()
})

test('a pack that is not there is not found', async () => {
  expect((await visitor.get('/api/policy?pack=anhui-1999')).statusCode).toBe(404)
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { csvOf, openIntake, registerPeople, settlement, type TestIntake } from '#test/harness/intake.ts'
import { createBatch } from '../receiving/create-batch.ts'
import { receiveFile, type Sender } from '../receiving/receive-file.ts'
import { getBatch, listFeeds, listRejects, listReviews, searchBatches } from './batch-view.ts'
import { refuseBatch, releaseBatch } from './decide-batch.ts'
import { decideReviews } from './decide-reviews.ts'
import { rejectFile } from './reject-file.ts'

const areas = [
  340_000_000_000, 341_200_000_000, 341_221_000_000, 341_221_001_000, 341_222_000_000, 340_100_000_000,
]
const departments = [null, 'YB', 'FP', 'JY']
let t: TestDatabase
let intake: TestIntake
let sent: { ref: string; area: number; department: string }[]

beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  const people = await registerPeople(t.database, intake, 12)
  for (const [i, area] of areas.entries()) {
    const rows = people.map((person, k) => settlement(person, `S${i}-${k}`))
    await intake.deliver('medical-settlement', csvOf('medical-settlement', rows), { area })
    const enrolled = people.map(({ name, idNumber }, k) => ({
      name,
      idNumber,
      term: '2020春',
      school: `测试小学${i}`,
      stage: '小学',
      status: k < 6 ? '在校' : '不知道',
      reportedOn: '2020-03-01',
    }))
    await intake.deliver('school-enrolment', csvOf('school-enrolment', enrolled), { area })
  }
  const { rows } = await t.database.pool.query('select ref, area, department from batch')
  sent = rows
  expect(new Set(sent.map(({ area }) => area)).size).toBe(areas.length)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const account = fc.record({ area: fc.constantFrom(...areas), department: fc.constantFrom(...departments) })
const scopeOf = ({ area, department }: { area: number; department: string | null }) => ({
  scope: areaScope(area),
  department,
})
const mayShow = (scope: ReturnType<typeof scopeOf>, batch: (typeof sent)[number]) =>
  batch.area >= scope.scope.from &&
  areaScope(batch.area).to <= scope.scope.to &&
  (scope.department === null || scope.department === batch.department)

describe('who sees which batch', () => {
  it('lists exactly those of the area and department, and counts no others', async () => {
    await fc.assert(
      fc.asyncProperty(account, fc.integer({ min: 1, max: 5 }), async (one, size) => {
        const scope = scopeOf(one)
        const expected = sent.filter((batch) => mayShow(scope, batch)).map(({ ref }) => ref)
        const { total, rows } = await searchBatches(intake.deps, scope, {}, { page: 1, size: 200 })
        expect(rows.map(({ ref }) => ref).sort()).toEqual(expected.sort())
        expect(total).toBe(expected.length)
        const first = await searchBatches(intake.deps, scope, {}, { page: 1, size })
        expect(first.total).toBe(expected.length)
        expect(first.rows).toHaveLength(Math.min(size, expected.length))
      }),
      { numRuns: 40 },
    )
  })

  it('gives no way into a batch of another', async () => {
    await fc.assert(
      fc.asyncProperty(account, fc.nat(), async (one, pick) => {
        const scope = scopeOf(one)
        const batch = sent[pick % sent.length]
        if (!batch || mayShow(scope, batch)) return
        const { deps } = intake
        const verdict = { by: 'nobody', reason: 'x' }
        const decision = { rowNos: [1], decision: 'accepted', by: 'nobody' } as const
        const ways = [
          getBatch(deps, scope, batch.ref),
          listRejects(deps, scope, batch.ref, { page: 1, size: 10 }),
          listReviews(deps, scope, batch.ref, { page: 1, size: 10 }),
          rejectFile(deps, scope, batch.ref),
          releaseBatch(deps, scope, batch.ref, verdict),
          refuseBatch(deps, scope, batch.ref, verdict),
          decideReviews(deps, scope, batch.ref, decision),
        ]
        for (const way of await Promise.allSettled(ways)) {
          expect(way).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('lets a sender import neither for an area beyond its own nor for the feed of another department', async () => {
    const { Readable } = await import('node:stream')
    const sender: Sender = {
      userId: null,
      ...scopeOf({ area: 341_221_000_000, department: 'YB' }),
      area: 341_221_000_000,
    }
    const body = csvOf('medical-settlement', [settlement({ name: '测试甲甲', idNumber: '' }, 'X')])
    const { upload, sheets } = await receiveFile(intake.deps, sender, {
      name: 'x.csv',
      body: Readable.from([Buffer.from(body)]),
    })
    expect(sheets[0]?.guesses.every(({ feed }) => feed.startsWith('medical'))).toBe(true)
    expect(sheets[0]?.guesses[0]).toMatchObject({ feed: 'medical-settlement', missingRequired: [] })
    const create = (request: { feed: string; area?: number }) =>
      createBatch(intake.deps, sender, { upload, ...request })
    await expect(create({ feed: 'school-enrolment' })).rejects.toMatchObject({ code: 'not-allowed' })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...areas), async (area) => {
        const inside = area >= 341_221_000_000 && area <= 341_221_999_999
        if (inside) return
        await expect(create({ feed: 'medical-settlement', area })).rejects.toMatchObject({
          code: 'not-allowed',
        })
      }),
    )
    await expect(
      createBatch(intake.deps, { ...sender, userId: 'someone-else' }, { upload, feed: 'medical-settlement' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('offers a department its own feeds', () => {
    expect(listFeeds('YB').map(({ code }) => code)).toEqual(['medical-settlement', 'medical-insurance'])
    expect(listFeeds(null)).toHaveLength(14)
  })
})

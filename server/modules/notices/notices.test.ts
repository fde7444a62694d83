import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notice } from '#contract/work/notices.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import type { Visitor } from '#test/harness/sign-in.ts'

let world: Awaited<ReturnType<typeof openOwnHousehold>>
beforeAll(async () => {
  world = await openOwnHousehold()
  const { county, id } = world.own
  const { db } = world.t.database
  const now = world.server.services.clock.now()
  await sql`
    update clue set level = 'red', opened_on = ${world.server.services.clock.today()}::date
    where county = ${county} and household_id = ${id} and cause = 'illness'`.execute(db)
  await sql`
    insert into clue_event (county, clue_id, household_id, village, at, kind, details)
    select county, id, household_id, village, ${now}::timestamptz, 'opened', '{}' from clue
    where county = ${county} and household_id = ${id} and cause = 'illness'`.execute(db)
  const county_ = await world.idOf('linquan')
  await sql`
    insert into export (kind, filter, purpose, requested_by, requester_area, requested_at, row_total, state, decided_by,
      decided_at, expires_at)
    values ('clues', '{}', '核对', ${county_}, 341221000000, ${now}, 1, 'declined', ${await world.idOf('linquan-shenhe')},
      ${now}, ${now})`.execute(db)
})
afterAll(() => world.close())

const digest = async (who: Visitor) =>
  (await who.get('/api/notices')).json<{ unread: number; rows: Notice[]; work: object | null }>()

test('a new red clue and a decision about one’s own request are told to whom they concern', async () => {
  const { county, village, elsewhere, household } = world.people
  const kinds = async (who: Visitor) => (await digest(who)).rows.map(({ kind }) => kind).toSorted()
  expect(await kinds(county)).toEqual(['export-decided', 'red-clue'])
  expect(await kinds(village)).toEqual(['red-clue'])
  expect(await kinds(elsewhere)).toEqual([])
  expect(await kinds(household)).toEqual([])
  const { rows, work } = await digest(county)
  expect(rows.find(({ kind }) => kind === 'red-clue')).toMatchObject({
    household: { ref: world.own.ref },
    what: 'illness',
    isNew: true,
  })
  const { counts } = (await county.get('/api/workbench')).json<{ counts: Record<string, number> }>()
  const { overdue, today, soon, escalated } = counts
  expect(work).toEqual({ overdue, today, soon, escalated })
})

test('what one has read is no longer new, for oneself alone', async () => {
  const { county, village } = world.people
  const unread = async (who: Visitor) =>
    (await who.get('/api/notices/unread')).json<{ unread: number }>().unread
  expect([await unread(county), await unread(village)]).toEqual([2, 1])
  const [newest] = (await digest(county)).rows
  const answer = await county.post('/api/notices/read', { until: newest?.at })
  expect(answer.json()).toEqual({ unread: 0 })
  expect([await unread(county), await unread(village)]).toEqual([0, 1])
  expect((await digest(county)).rows.some(({ isNew }) => isNew)).toBe(false)
  // A page that was open for long takes nothing back.
  await county.post('/api/notices/read', { until: '2020-01-01T00:00:00Z' })
  expect(await unread(county)).toBe(0)
})

test('a visit that was returned is news for who made it, one that was called off for nobody', async () => {
  const { village } = world.people
  const { county, id } = world.own
  const { db } = world.t.database
  const now = world.server.services.clock.now()
  const visitor = await world.idOf('chengguan-cun')
  await sql`
    with v as (
      insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on)
      values (${county}, ${id}, ${world.own.village}, 'verify', 'planned', ${visitor},
        ${now}::timestamptz - interval '1 hour', '2020-03-17') returning id)
    update clue c set state = 'verifying', visit_id = v.id from v
    where c.county = ${county} and c.household_id = ${id} and c.cause = 'housing'`.execute(db)
  await sql`
    insert into clue_event (county, clue_id, household_id, village, at, kind, details)
    select county, id, household_id, village, ${now}::timestamptz, 'again', '{"reason": "没见到人"}' from clue
    where county = ${county} and household_id = ${id} and cause = 'housing'`.execute(db)
  const returned = async () => (await digest(village)).rows.filter(({ kind }) => kind === 'visit-returned')
  expect(await returned()).toMatchObject([{ household: { ref: world.own.ref }, what: 'verify' }])
  await sql`update visit set planned_at = ${now}::timestamptz + interval '1 minute' where county = ${county}`.execute(
    db,
  )
  expect(await returned()).toEqual([])
})

import type { LightMyRequestResponse } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

/** Whoever made or reset an account decides nothing for it, wherever a second person decides; nor it for them. */
type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
const people: Record<string, Visitor> = {}

beforeAll(async () => {
  world = await openOwnHousehold()
  for (const name of [
    'linquan',
    'linquan-shenhe',
    'chengguan',
    'chengguan-cun',
    'xitong',
    'anquan',
    'shenji',
  ])
    people[name] = await signInDemo(world.server.app, name)
  people.household = world.people.household
}, 60_000)
afterAll(() => world.close())
afterEach(() => query('delete from account_tie'))

const query = async (text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows
const as = (name: string): Visitor => {
  const person = people[name]
  if (!person) throw new Error(name)
  return person
}
const post = (name: string, path: string, body: object) => as(name).post(`/api${path}`, body)
const codeOf = (answer: LightMyRequestResponse) =>
  answer.statusCode === 200 ? 'decided' : answer.json<{ code: string; data?: { guard?: string } }>().code

async function tie(account: string, maker: string, until = "now() + interval '1 day'") {
  await query(
    `insert into account_tie (user_id, maker, request_id, kind, until)
     values ($1, $2, gen_random_uuid(), 'create', ${until})`,
    [await world.idOf(account), await world.idOf(maker)],
  )
}

interface Decision {
  what: string
  requests: string
  decides: string
  /** Brings it about; answers how it is decided. */
  prepare(): Promise<() => Promise<LightMyRequestResponse>>
}

const decisions: Decision[] = [
  {
    ...{ what: 'an export', requests: 'linquan', decides: 'linquan-shenhe' },
    async prepare() {
      const [one] = await query(
        `insert into export (kind, filter, purpose, requested_by, requester_area, requested_at, row_total, row_limit,
           state, expires_at)
         values ('households', '{"households":{}}', '核对', $1, 341221000000, '2020-03-10', 900, 200, 'pending',
           '2020-03-17') returning id`,
        [await world.idOf('linquan')],
      )
      return () => post('linquan-shenhe', `/exports/${one.id}/decide`, { approve: true })
    },
  },
  {
    ...{ what: 'a run of retention', requests: 'xitong', decides: 'anquan' },
    async prepare() {
      const { digest } = (await as('xitong').get('/api/retention')).json()
      const { id } = (await post('xitong', '/retention/runs', { digest })).json()
      return () => post('anquan', `/retention/runs/${id}/decide`, { approve: false, reason: '暂不' })
    },
  },
  {
    ...{ what: 'a correction', requests: 'chengguan', decides: 'linquan' },
    async prepare() {
      const wanted = { what: '家庭人口数', current: '2 人', wanted: '3 人', explanation: '添了一口人' }
      const { id } = (await post('household', '/own-record/corrections', wanted)).json()
      await post('chengguan', `/corrections/${id}/propose`, { outcome: 'declined', explanation: '查无此事' })
      return () => post('linquan', `/corrections/${id}/confirm`, { agree: true, reason: '' })
    },
  },
  {
    ...{ what: 'the report of a visit', requests: 'chengguan-cun', decides: 'chengguan' },
    async prepare() {
      const { county, id, village } = world.own
      const by = await world.idOf('chengguan-cun')
      const [visit] = await query(
        `insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on, reported_on,
           decision_due_on)
         values ($1, $2, $3, 'track', 'reported', $4, now(), '2020-03-12', '2020-03-10', '2020-03-12') returning id`,
        [county, id, village, by],
      )
      await query(
        `insert into visit_report (county, visit_id, household_id, village, report, by_user, reported_at, started_at,
           ended_at, clock_ahead_seconds, second_visitor, remark, new_risks)
         values ($1, $2, $3, $4, gen_random_uuid(), $5, now(), now(), now(), 0, '李四', '', '[]')`,
        [county, visit.id, id, village, by],
      )
      return () => post('chengguan', `/visits/${visit.id}/decide`, { decisions: [], again: '再去一次' })
    },
  },
  {
    ...{ what: 'an alarm', requests: 'linquan', decides: 'shenji' },
    async prepare() {
      const [one] = await query(
        `insert into audit_alarm (kind, actor_id, actor_name, actor_area, from_at, to_at, count, threshold, bucket)
         values ('night-access', $1, 'linquan', 341221000000, now(), now(), 9, 5, gen_random_uuid()) returning id`,
        [await world.idOf('linquan')],
      )
      return () => post('shenji', `/audit/alarms/${one.id}/acknowledge`, { reason: '查过了' })
    },
  },
]

describe('a tie between accounts', () => {
  it.each(decisions)(
    'keeps $decides from deciding $what of $requests, either way round, until it ends',
    async (one) => {
      const decide = await one.prepare()
      await tie(one.requests, one.decides)
      const refused = await decide()
      expect([codeOf(refused), refused.json().data?.account]).toEqual(['account-tied', one.requests])
      await query('delete from account_tie')
      await tie(one.decides, one.requests)
      expect(codeOf(await decide())).toBe('account-tied')
      await query(`update account_tie set until = now()`)
      expect(codeOf(await decide())).toBe('decided')
    },
  )

  it('is seen in the register of exports before anybody tries', async () => {
    await decisions[0]?.prepare()
    const waiting = async () => (await as('linquan-shenhe').get('/api/exports?toDecide=true')).json().toDecide
    expect(await waiting()).toBe(1)
    await tie('linquan', 'linquan-shenhe')
    expect(await waiting()).toBe(0)
  })
})

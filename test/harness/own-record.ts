import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { grantDemoHouseholds } from '#server/modules/access/index.ts'
import { rebuildTallies } from '#server/tallies.ts'
import { openTestApp } from './app.ts'
import { openTestDatabase } from './database.ts'
import { mergeHouseholds, mergeMembers, openBatch } from './registry.ts'
import { signInDemo, type Visitor } from './sign-in.ts'

/** What must never be answered nor kept in the clear. */
export const ownSecrets = { idNumbers: ['341221196207150010', '341221196507150028'], phone: '13956780001' }

export interface OwnPlace {
  county: number
  id: number
  ref: string
  village: number
}

/**
 * A server with one household that has an account, its officers, and an officer of another village. `told` asks and keeps every
 * answer.
 */
export async function openOwnHousehold() {
  const t = await openTestDatabase()
  const server = await openTestApp(t, undefined, {
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
  })
  const { pool, db } = t.database
  const { rows: villages } = await pool.query<{ code: number }>(
    `select code from division where level = 'village' and code between 341221001000 and 341221001999 order by code
      limit 2`,
  )
  const [first, second] = villages.map(({ code }) => Number(code))
  if (!first || !second) throw new Error('no villages')
  const own = await fillHousehold(t.database, first, second)
  await grantDemoHouseholds(t.database)
  await pool.query(
    `update account set area = $1 where user_id = (select id from auth_user where username = 'chengguan-cun')`,
    [first],
  )
  await pool.query(
    `update account set role = 'village', area = $1 where user_id = (select id from auth_user
      where username = 'chengguan-duiyuan')`,
    [second],
  )
  const answers: string[] = []
  return {
    t,
    server,
    own,
    answers,
    people: {
      household: await signInDemo(server.app, 'chengguan-nonghu'),
      township: await signInDemo(server.app, 'chengguan'),
      county: await signInDemo(server.app, 'linquan'),
      village: await signInDemo(server.app, 'chengguan-cun'),
      elsewhere: await signInDemo(server.app, 'chengguan-duiyuan'),
    },
    async call(
      visitor: Visitor,
      method: 'GET' | 'POST',
      url: string,
      body?: unknown,
    ): Promise<LightMyRequestResponse> {
      const response = await visitor.send(method, url, body)
      answers.push(response.body)
      return response
    },
    async idOf(username: string): Promise<string> {
      const { rows } = await sql<{ id: string }>`
        select id from auth_user where username = ${username}`.execute(db)
      return rows[0]?.id ?? ''
    },
    close: async () => {
      await server.close()
      await t.close()
    },
  }
}

async function fillHousehold(
  database: Parameters<typeof mergeHouseholds>[0],
  village: number,
  other: number,
): Promise<OwnPlace> {
  const { pool } = database
  await mergeHouseholds(database, [
    { householdNo: 'G1', villageCode: village, headName: '测试甲', phone: ownSecrets.phone },
    { householdNo: 'G2', villageCode: village, headName: '测试乙' },
    { householdNo: 'G3', villageCode: other, headName: '测试丙' },
  ])
  await mergeMembers(
    database,
    ownSecrets.idNumbers.map((idNumber, i) => ({
      householdNo: 'G1',
      memberNo: `G1-${i}`,
      name: i ? '测试丁' : '测试甲',
      idNumber,
    })),
  )
  const { rows } = await pool.query<OwnPlace>(
    `select county, id, ref, village from household where household_no = 'G1'`,
  )
  const own = rows[0]
  if (!own) throw new Error('no household')
  const batch = await openBatch(database, 'dwelling', '鉴定.xlsx')
  await pool.query(
    `insert into dwelling_survey (county, household_id, village, batch_id, row_no, assessed_on, grade, lived_in,
      known_from)
     values ($1, $2, $4, $3, 1, '2019-11-01', 'C', true, '2020-01-05')`,
    [own.county, own.id, batch, own.village],
  )
  await pool.query(
    `insert into clue (county, household_id, village, cause, level, signal_level, rules, signals, strongest_signal, why,
      state,
       opened_on, last_signal_on, assignee, due_on)
     select $1, $2, $3, cause, 'orange', 'orange', '{R01}', 1, 0, '{"zh": "测试", "en": "test"}', state, '2020-03-01',
       '2020-03-01', assignee, due::date
     from (values ('illness', 'new', null::bigint, null), ('housing', 'dispatched', $3::bigint, '2020-03-17')) c (cause,
       state, assignee, due)`,
    [own.county, own.id, own.village],
  )
  await rebuildTallies(database)
  return own
}

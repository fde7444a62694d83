import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Letter } from '#contract/contact/letters.ts'
import type { Case, StepInput } from '#contract/work/cases.ts'
import type { Visit } from '#contract/work/visits.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let people: World['people'] & { checker: Visitor }

beforeAll(async () => {
  world = await openOwnHousehold()
  people = { ...world.people, checker: await signInDemo(world.server.app, 'linquan-shenhe') }
})
afterAll(() => world.close())

const on = (day: string) => {
  world.server.services.clock = clockAt(day)
}
const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

async function call<R>(who: Visitor, method: 'GET' | 'POST', path: string, body?: unknown): Promise<R> {
  const answer = await who.send(method, `/api${path}`, body)
  expect([answer.statusCode, path, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, path, ''])
  return answer.json<R>()
}
const step = (who: Visitor, id: string, input: StepInput) =>
  call<Case>(who, 'POST', `/cases/${id}/step`, { input })

/** What the household reads; its officers read the same. */
async function letters(): Promise<Letter[]> {
  const own = await call<{ letters: Letter[] }>(people.household, 'GET', '/own-record/letters')
  const office = await call<{ letters: Letter[] }>(
    people.village,
    'GET',
    `/households/${world.own.ref}/letters`,
  )
  expect(office).toEqual(own)
  for (const { title, paragraphs, sms, call } of own.letters) {
    const all = [title, sms, call, ...paragraphs.map(({ text }) => text)]
    for (const { zh, en } of all) expect(zh + en).not.toMatch(/[{}]|undefined|null/)
    expect(sms.zh + sms.en).not.toMatch(/生病|\bill\b|元|yuan|测试甲/)
  }
  return own.letters
}
const kinds = async () => (await letters()).map(({ kind }) => kind)
const find = (all: Letter[], kind: string) => {
  const { paragraphs = [], noticeBy } = all.find((one) => one.kind === kind) ?? {}
  return { text: paragraphs.map(({ text }) => text.zh).join(' '), noticeBy }
}

async function decide(findings: (clues: Visit['clues']) => unknown[]) {
  const clues = await rows<{ id: string }>(
    'select id from clue where household_id = $1 and closed_on is null',
    [world.own.id],
  )
  const ids = clues.map(({ id }) => id)
  const { visitors } = await call<{ visitors: { id: string; name: string }[] }>(
    people.county,
    'GET',
    `/visits/visitors?clue=${ids[0]}`,
  )
  const visitor = visitors.find(({ name }) => name.includes('村信息员'))?.id ?? ''
  await call(people.county, 'POST', '/visits/assign', { clues: ids, visitor })
  const planned = await letters()
  const list = await call<{ rows: Visit[] }>(people.village, 'GET', '/visits?mine=true')
  const visit = await call<Visit>(people.village, 'GET', `/visits/${list.rows[0]?.id}`)
  const decisions = findings(visit.clues)
  await call(people.village, 'POST', `/visits/${visit.id}/report`, {
    ...{ version: visit.version, report: randomUUID(), secondVisitor: '城关街道驻村队员 演示' },
    ...{
      startedAt: '2020-03-10T01:00:00Z',
      endedAt: '2020-03-10T02:00:00Z',
      findings: decisions,
      photos: [],
    },
    ...{ met: visit.card.members[0]?.ref, incomePerHeadFen: 420_000, rigidSpendingFen: 0, remark: '' },
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      ...{ item, result: 'good' },
    })),
    signatures: [
      {
        who: 'household',
        name: '测试甲',
        strokes: [
          [
            [1, 2],
            [30, 40],
          ],
        ],
      },
    ],
    position: null,
  })
  const reported = await letters()
  await call(people.township, 'POST', `/visits/${visit.id}/decide`, { decisions })
  return { planned, reported }
}

test('a clue, the visit, and what became of it', async () => {
  expect(await kinds()).toEqual(['flagged'])
  const { text } = find(await letters(), 'flagged')
  expect(text).toContain('看病花钱多')
  expect(text).toContain('3月10日（星期二）前')
  on('2020-03-11')
  const late = find(await letters(), 'flagged').text
  expect(late).toContain('对不住')
  expect(late).not.toContain('3月10日')
  on('2020-03-10')
  const { planned, reported } = await decide((clues) =>
    clues.map(({ id, cause }) =>
      cause === 'illness'
        ? { clue: id, outcome: 'confirm', note: '' }
        : { clue: id, outcome: 'exclude', reason: 'cost-reimbursed', note: '' },
    ),
  )
  expect(planned.map(({ kind }) => kind)).toEqual(['visit-planned'])
  expect(find(planned, 'visit-planned').text).toContain('村信息员')
  expect(reported.map(({ kind }) => kind)).toEqual(['visited'])
  const after = await letters()
  expect(after.map(({ kind }) => kind)).toEqual(['authorise', 'excluded'])
  const excluded = find(after, 'excluded')
  expect(excluded.noticeBy).toBe('2020-03-17')
  expect(excluded.text).toContain('已经报销')
  expect(excluded.text).toContain('这封信要在3月17日（星期二）前送到')
})

test('from the paper to the list of help', async () => {
  const { rows: cases } = await call<{ rows: Case[] }>(people.village, 'GET', '/cases')
  const id = cases[0]?.id ?? ''
  const members = await rows<{ ref: string }>('select ref from person where household_id = $1', [
    world.own.id,
  ])
  await step(people.village, id, {
    ...{ step: 'authorise', signatories: members.map(({ ref }) => ref), scopes: ['vehicles'] },
    signedOn: '2020-03-10',
  })
  expect(await kinds()).toEqual(['review', 'excluded'])
  await step(people.county, id, { step: 'compare' })
  await step(people.village, id, {
    ...{ step: 'review', meetingOn: '2020-03-10', due: 30, present: 25, agreed: 20, minutes: '' },
  })
  expect(await kinds()).toEqual(['review', 'excluded'])
  on('2020-03-13')
  await step(people.village, id, { step: 'publicity', from: '2020-03-13', place: '村口公告栏' })
  expect(find(await letters(), 'publicity').text).toContain('贴在村口公告栏')
  on('2020-03-18')
  const audit = { step: 'township-audit', agree: true, opinion: '属实', notKin: true } as const
  await step(people.township, id, audit)
  expect(await kinds()).toEqual(['publicity', 'excluded'])
  await step(people.checker, id, { step: 'county-approval', agree: true, opinion: '同意', notKin: true })
  expect((await kinds()).toSorted()).toEqual(['approved', 'excluded'])
  await step(people.village, id, { step: 'announce', on: '2020-03-18', place: '村口公告栏' })
  await step(people.township, id, { step: 'enter', mark: '' })
  expect((await kinds())[0]).toBe('entered')
  expect(find(await letters(), 'entered').text).toContain('3月28日（星期六）前')
  await rows(`insert into measure (county, household_id, village, plan_id, type, title, responsible, starts_on, state,
    made_by, made_at)
    select county, household_id, village, id, 'health', '门诊慢病', '村医', '2020-03-19', 'planned',
      (select id from auth_user limit 1),
      '2020-03-19T02:00:00Z' from plan`)
  expect((await kinds())[0]).toBe('plan')
})

test('the end of the risk, and its return', async () => {
  on('2020-05-10')
  await rows(`update visit_report set reported_at = '2020-05-09T02:00:00Z', met_person = null`)
  const opened = await call<{ case: string }>(people.county, 'POST', '/cases/resolutions', {
    ...{ household: world.own.ref, way: 'natural', grounds: 'moved-away', reason: '随子女迁出' },
  })
  expect((await kinds())[0]).toBe('resolving')
  const id = opened.case
  await step(people.village, id, {
    ...{ step: 'review', meetingOn: '2020-05-10', due: 10, present: 9, agreed: 9, minutes: '' },
  })
  await step(people.village, id, { step: 'publicity', from: '2020-05-10', place: '村口' })
  on('2020-05-18')
  await step(people.township, id, { step: 'township-audit', agree: true, opinion: '属实', notKin: true })
  await step(people.checker, id, { step: 'county-approval', agree: true, opinion: '同意', notKin: true })
  await step(people.village, id, { step: 'announce', on: '2020-05-18', place: '村口' })
  await step(people.township, id, { step: 'enter', mark: '' })
  expect((await kinds())[0]).toBe('resolved')
  on('2020-06-20')
  await call(people.village, 'POST', '/clues/reports', {
    ...{ household: world.own.ref, cause: 'accident', text: '车祸', request: randomUUID() },
  })
  expect((await kinds()).slice(0, 2)).toEqual(['flagged', 'resolved'])
  await decide((clues) => clues.map(({ id: clue }) => ({ clue, outcome: 'confirm', note: '' })))
  const { rows: cases } = await call<{ rows: Case[] }>(people.village, 'GET', '/cases')
  const again = cases[0]?.id ?? ''
  await call(people.township, 'POST', `/cases/${again}/drop`, { reason: '试' })
  const dropped = find(await letters(), 'refused')
  // The Dragon Boat Festival lies between, and a Sunday that is worked.
  expect(dropped.noticeBy).toBe('2020-06-29')
  expect(dropped.text).toContain('不用再办')
  await rows(
    `update category_spell set risk = 'open', opened_because = 'reopened' where until_on is null and household_id = $1`,
    [world.own.id],
  )
  expect(await kinds()).toContain('reopened')
})

test('nobody else reads them, and who reads them is written down', async () => {
  expect((await people.elsewhere.get(`/api/households/${world.own.ref}/letters`)).statusCode).toBe(404)
  expect((await people.household.get(`/api/households/${world.own.ref}/letters`)).statusCode).toBe(403)
  const looks = await rows<{ n: number }>(
    `select count(*)::integer as n from audit_entry where action = 'letters.list' and household_ref = $1`,
    [world.own.ref],
  )
  expect(looks[0]?.n).toBeGreaterThan(5)
})

import { hash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnRecord } from '#contract/protection/own-record.ts'
import type { Case, StepInput } from '#contract/work/cases.ts'
import type { Clue } from '#contract/work/clues.ts'
import type { Visit } from '#contract/work/visits.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { barePhoto, cameraPhoto } from '#test/harness/photo.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let people: World['people'] & { checker: Visitor }
let clue: string
const announced = randomUUID()

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

/** Code of the refusal, and the guard where there is one. */
async function refused(who: Visitor, path: string, body: unknown): Promise<string> {
  const answer = await who.send('POST', `/api${path}`, body)
  const { code, data } = answer.json<{ code: string; data?: { guard?: string } }>()
  return data?.guard ? `${code} ${data.guard}` : code
}

const step = (who: Visitor, id: string, input: StepInput) =>
  call<Case>(who, 'POST', `/cases/${id}/step`, { input })
const stepRefused = (who: Visitor, id: string, input: StepInput) =>
  refused(who, `/cases/${id}/step`, { input })

/** What somebody has to do, in all groups of their bench. */
async function tasksOf(who: Visitor): Promise<string[]> {
  const groups = ['overdue', 'today', 'soon', 'later']
  const benches = await Promise.all(
    groups.map((group) => call<{ tasks: { what: string }[] }>(who, 'GET', `/workbench?group=${group}`)),
  )
  return benches.flatMap(({ tasks }) => tasks.map(({ what }) => what))
}

/** A report of everything being well, but for what is said about the clues. */
function reportOf(visit: Visit, findings: unknown[]) {
  return {
    ...{
      version: visit.version,
      report: randomUUID(),
      startedAt: '2020-03-10T01:00:00Z',
      endedAt: '2020-03-10T02:00:00Z',
    },
    ...{
      secondVisitor: '城关街道驻村队员 演示',
      met: visit.card.members[0]?.ref ?? null,
      findings,
      photos: [announced],
    },
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      item,
      result: 'good',
    })),
    ...{ incomePerHeadFen: 420_000, rigidSpendingFen: 1_800_000, remark: '', position: null },
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
  }
}

test('a cadre’s worry joins the open clue of that cause; the same request twice is one report', async () => {
  const message = {
    household: world.own.ref,
    cause: 'illness',
    text: '住院花了两万多，电话13956780001',
    request: randomUUID(),
  }
  const first = await call<{ clue: string; appended: boolean }>(
    people.village,
    'POST',
    '/clues/reports',
    message,
  )
  await call(people.village, 'POST', '/clues/reports', message)
  const story = await call<Clue>(people.county, 'GET', `/clues/${first.clue}`)
  expect([first.appended, story.reports.length, story.channel]).toEqual([true, 1, 'rule'])
  expect(story.reports[0]?.text).not.toContain('13956780001')
  expect(await refused(people.elsewhere, '/clues/reports', { ...message, request: randomUUID() })).toBe(
    'not-found',
  )
  clue = first.clue
})

test('several clues of a household are one visit of a named person, reported once and decided by another', async () => {
  const clues = (
    await rows<{ id: string }>('select id from clue where household_id = $1', [world.own.id])
  ).map(({ id }) => id)
  const { visitors } = await call<{ visitors: { id: string; name: string }[] }>(
    people.county,
    'GET',
    `/visits/visitors?clue=${clue}`,
  )
  const visitor = visitors.find(({ name }) => name.includes('村信息员'))?.id ?? ''
  const elsewhere = await world.idOf('chengguan-duiyuan')
  expect(await refused(people.county, '/visits/assign', { clues, visitor: elsewhere })).toBe('visitor-unfit')
  const effect = await call(people.county, 'POST', '/visits/assign', { clues, visitor })
  expect(effect).toMatchObject({ visits: 1, clues: 2, skipped: 0 })
  const list = await call<{ rows: Visit[] }>(people.village, 'GET', '/visits?mine=true')
  expect(list.rows.map(({ clues: inside }) => inside.length)).toEqual([2])
  const id = list.rows[0]?.id ?? ''
  const visit = await call<Visit>(people.village, 'GET', `/visits/${id}`)
  expect(visit.card.members).toHaveLength(2)

  const findings = clues.map((one) =>
    one === clue
      ? { clue: one, outcome: 'confirm', note: '肝病长期治疗' }
      : { clue: one, outcome: 'exclude', reason: 'fact-wrong', note: '房屋已修缮' },
  )
  const report = reportOf(visit, findings)
  expect(await refused(people.village, `/visits/${id}/report`, { ...report, findings: [] })).toBe(
    'bad-request',
  )
  expect(await refused(people.village, `/visits/${id}/report`, { ...report, version: 9 })).toBe(
    'visit-changed',
  )
  expect(await refused(people.township, `/visits/${id}/report`, report)).toBe('visit-changed')
  expect(
    await refused(people.village, `/visits/${id}/report`, {
      ...report,
      secondVisitor: '城关街道村信息员 演示',
    }),
  ).toBe('case-guard two-visitors')
  const solved = findings.map((one) => ({ ...one, outcome: 'solved', reason: null }))
  const proof = { department: 'ZJ', doneOn: '2020-03-09', document: '危改验收单' }
  for (const wrong of [null, { ...proof, doneOn: '2020-03-11' }]) {
    const claimed = { ...report, findings: solved.map((one) => ({ ...one, proof: wrong })) }
    expect(await refused(people.village, `/visits/${id}/report`, claimed)).toBe('reason-required')
  }
  await call(people.village, 'POST', `/visits/${id}/report`, report)
  await call(people.village, 'POST', `/visits/${id}/report`, report)
  expect(await rows('select 1 from visit_report')).toHaveLength(1)

  expect(await refused(people.village, `/visits/${id}/decide`, { decisions: findings })).toBe('not-allowed')
  expect(await refused(people.township, `/visits/${id}/decide`, { decisions: [] })).toBe('bad-request')
  const unproven = findings.map((one) => ({ ...one, outcome: 'solved', reason: null, note: '已修' }))
  expect(await refused(people.township, `/visits/${id}/decide`, { decisions: unproven })).toBe(
    'reason-required',
  )
  const decided = await call<Visit>(people.township, 'POST', `/visits/${id}/decide`, { decisions: findings })
  expect(decided.state).toBe('decided')
  expect(decided.decided?.decisions.map(({ outcome }) => outcome).toSorted()).toEqual(['confirm', 'exclude'])
  expect(decided.decided?.case).toMatch(/^[0-9a-f-]{36}$/)
  const own = `household=${world.own.ref}`
  const all = await call<{ total: number }>(people.township, 'GET', `/visits?${own}&state[]=decided`)
  expect(all.total).toBe(1)
  const who = await call<{ visitors: unknown[] }>(people.township, 'GET', `/visits/visitors?${own}`)
  expect(who.visitors.length).toBeGreaterThan(0)
  expect((await people.elsewhere.get(`/api/visits/visitors?${own}`)).statusCode).not.toBe(200)
  const states = await rows<{ state: string }>(
    'select state from clue where household_id = $1 order by state',
    [world.own.id],
  )
  expect(states.map(({ state }) => state)).toEqual(['confirmed', 'excluded'])
})

test('a photo arrives in parts, goes on where it broke off, and is kept whole or not at all', async () => {
  const [visit] = await rows<{ id: string }>('select id from visit')
  const photo = cameraPhoto({ padding: 70_000 })
  const id = announced
  const sendAs = (who: Visitor, photoId: string, offset: number, bytes: Buffer) =>
    world.server.app.inject({
      method: 'PUT',
      url: `/api/visits/${visit?.id}/photos/${photoId}?size=${photo.length}&offset=${offset}&sha256=${hash('sha256', photo)}`,
      headers: {
        ...{ host: 'shouwang.test', origin: 'http://shouwang.test', cookie: who.cookie },
        'content-type': 'application/octet-stream',
      },
      payload: bytes,
    })
  const send = (offset: number, bytes: Buffer) => sendAs(people.village, id, offset, bytes)
  // Nobody adds to the evidence of a visit: not who was not there, and nothing the report did not announce.
  for (const [who, photoId] of [
    [people.township, id],
    [people.village, randomUUID()],
  ] as const)
    expect((await sendAs(who, photoId, 0, photo)).json()).toMatchObject({ code: 'not-allowed' })
  expect(await rows('select 1 from visit_photo')).toEqual([])
  expect((await send(0, photo.subarray(0, 40_000))).json()).toMatchObject({ received: 40_000 })
  expect((await send(0, photo.subarray(0, 40_000))).json()).toMatchObject({ received: 40_000 })
  expect((await send(60_000, photo.subarray(60_000))).json()).toMatchObject({
    code: 'photo-offset',
    data: { received: 40_000 },
  })
  expect((await send(40_000, Buffer.alloc(photo.length - 40_000, 1))).json()).toMatchObject({
    code: 'photo-wrong',
  })
  expect((await send(0, photo)).json()).toMatchObject({ received: photo.length })
  const shown = await people.township.get(`/api/visits/${visit?.id}/photos/${id}`)
  // What a camera wrote beside the picture is nobody's to keep.
  expect(shown.rawPayload.equals(barePhoto)).toBe(true)
  expect((await people.elsewhere.get(`/api/visits/${visit?.id}/photos/${id}`)).statusCode).toBe(404)
  expect(await rows('select 1 from visit_photo_part')).toEqual([])
})

test('an identification passes every guard in its order, and no forbidden short cut', async () => {
  const { rows: cases } = await call<{ rows: Case[] }>(people.village, 'GET', '/cases')
  const id = cases[0]?.id ?? ''
  expect(cases[0]).toMatchObject({ kind: 'identification', step: 'authorise', causes: ['illness'] })
  on('2020-03-12')
  const review = {
    step: 'review',
    meetingOn: '2020-03-12',
    due: 30,
    present: 25,
    agreed: 20,
    minutes: '',
  } as const
  const audit = { step: 'township-audit', agree: true, opinion: '情况属实', notKin: false } as const
  const approval = { step: 'county-approval', agree: true, opinion: '同意纳入', notKin: false } as const
  expect(await stepRefused(people.county, id, { step: 'compare' })).toBe('case-guard step-order')
  expect(await stepRefused(people.county, id, review)).toBe('not-allowed')
  expect(await stepRefused(people.village, id, review)).toBe('case-guard step-order')
  const members = await rows<{ ref: string }>('select ref from person where household_id = $1', [
    world.own.id,
  ])
  const alone: StepInput = {
    ...{ step: 'authorise', scopes: ['vehicles'], signedOn: '2020-03-10' },
    signatories: members.slice(0, 1).map(({ ref }) => ref),
  }
  expect(await stepRefused(people.village, id, alone)).toBe('case-guard adult-unsigned')
  await step(people.village, id, {
    ...{
      step: 'authorise',
      signatories: members.map(({ ref }) => ref),
      scopes: ['vehicles'],
      signedOn: '2020-03-10',
    },
  })
  const [batch] = await rows<{ id: number }>('select id from batch limit 1')
  const [person] = await rows<{ id: number }>('select id from person where household_id = $1 limit 1', [
    world.own.id,
  ])
  await rows(
    `insert into asset_record (county, household_id, village, person_id, batch_id, row_no, item, detail, found_on,
      known_from)
     values ($1, $2, $5, $3, $4, 1, 'N02', '小汽车一辆', '2020-03-01', now()),
       ($1, $2, $5, $3, $4, 2, 'N09', '存款', '2020-03-01', now())`,
    [world.own.county, world.own.id, person?.id, batch?.id, world.own.village],
  )
  const compared = await step(people.county, id, { step: 'compare' })
  // Deposits may not be looked at: the household agreed to vehicles alone.
  expect(compared.flags.map(({ item }) => item)).toEqual(['N02'])
  expect(await stepRefused(people.village, id, { ...review, present: 19 })).toBe('case-guard quorum')
  await step(people.village, id, review)
  on('2020-03-13')
  await step(people.village, id, { step: 'publicity', from: '2020-03-13', place: '村务公开栏' })
  expect(await stepRefused(people.township, id, audit)).toBe('case-guard flags-unexplained')
  const flag = compared.flags[0]?.id ?? ''
  expect(await tasksOf(people.village)).toContain('explain-flag')
  const explained = { explanation: '残疾人代步车，2015 年购买' }
  await call(people.village, 'POST', `/cases/${id}/flags/${flag}/explain`, explained)
  expect(await stepRefused(people.township, id, audit)).toBe('case-guard publicity-days')
  on('2020-03-18')
  await call(people.village, 'POST', `/cases/${id}/objections`, { by: '村民', text: '他家有车' })
  expect(await stepRefused(people.township, id, audit)).toBe('case-guard open-objection')
  expect(await tasksOf(people.village)).not.toContain('explain-flag')
  expect(await tasksOf(people.township)).toContain('objection')
  expect(await tasksOf(people.county)).toContain('decide-flag')
  const objected = await call<Case>(people.village, 'GET', `/cases/${id}`)
  const answer = { outcome: 'dismissed', finding: '代步车' }
  const objection = `/cases/${id}/objections/${objected.objections[0]?.id}`
  expect(await refused(people.village, objection, answer)).toBe('case-guard same-person')
  await call(people.township, 'POST', objection, answer)
  await step(people.township, id, audit)
  // Taken down after the days were over; not after the audit.
  const late = { by: '村民', text: '他家有房' }
  expect(await refused(people.village, `/cases/${id}/objections`, late)).toBe('case-guard step-order')
  expect(await stepRefused(people.checker, id, approval)).toBe('case-guard flags-undecided')
  await call(people.county, 'POST', `/cases/${id}/flags/${flag}/decide`, {
    decision: 'accepted',
    reason: '属代步',
  })
  expect(await stepRefused(people.county, id, approval)).toBe('not-allowed')
  await rows("update case_flag set decision = 'barred' where id = $1", [flag])
  expect(await stepRefused(people.checker, id, approval)).toBe('case-guard flags-veto')
  const barred = await call<Case>(people.checker, 'GET', `/cases/${id}`)
  expect(barred.checks.filter(({ passed }) => !passed).map(({ guard }) => guard)).toEqual(['flags-veto'])
  await rows("update case_flag set decision = 'accepted' where id = $1", [flag])
  await step(people.checker, id, approval)
  await step(people.village, id, { step: 'announce', on: '2020-03-18', place: '村务公开栏' })
  const entered = await step(people.township, id, { step: 'enter', mark: '' })
  expect(entered.state).toBe('entered')
  const [household] = await rows('select category, risk from household where id = $1', [world.own.id])
  expect(household).toEqual({ category: 'unstable', risk: 'open' })
  expect(
    await rows('select 1 from plan where household_id = $1 and closed_on is null', [world.own.id]),
  ).toHaveLength(1)
  expect(await refused(people.township, `/cases/${id}/drop`, { reason: '试' })).toBe('case-guard case-ended')
})

test('a resolution is refused until every machine guard has passed, and what ends naturally needs a reason', async () => {
  on('2020-05-10')
  const trial = { household: world.own.ref, way: 'helped', dryRun: true }
  const { checks } = await call<{ checks: { guard: string; passed: boolean }[] }>(
    people.township,
    'POST',
    '/cases/resolutions',
    trial,
  )
  const failed = checks.filter(({ passed }) => !passed).map(({ guard }) => guard)
  expect(failed).toEqual(
    expect.arrayContaining(['visit-missing', 'months-since', 'income-unknown', 'no-measure']),
  )
  expect(await refused(people.township, '/cases/resolutions', { ...trial, dryRun: false })).toBe(
    'case-guard visit-missing',
  )
  const natural = { household: world.own.ref, way: 'natural' }
  const gone = { ...natural, grounds: 'moved-away', reason: '整户迁出' }
  expect(await refused(people.township, '/cases/resolutions', { ...natural, reason: '整户迁出' })).toBe(
    'reason-required',
  )
  expect(await refused(people.township, '/cases/resolutions', gone)).toBe('case-guard visit-missing')
  const order = { household: world.own.ref, purpose: 'resolve', visitor: await world.idOf('chengguan-cun') }
  const seeing = async (met: string | null) => {
    const { id } = await call<Visit>(people.county, 'POST', '/visits', { ...order, dueOn: '2020-05-12' })
    const visit = await call<Visit>(people.village, 'GET', `/visits/${id}`)
    await call(people.village, 'POST', `/visits/${id}/report`, { ...reportOf(visit, []), met })
  }
  const [member] = await rows<{ ref: string }>('select ref from person where household_id = $1', [
    world.own.id,
  ])
  await seeing(member?.ref ?? '')
  expect(await refused(people.township, '/cases/resolutions', gone)).toBe('case-guard members-left')
  await seeing(null)
  const opened = await call<{ case: string }>(people.township, 'POST', '/cases/resolutions', {
    ...gone,
  })
  const review = {
    step: 'review',
    meetingOn: '2020-05-10',
    due: 10,
    present: 9,
    agreed: 4,
    minutes: '',
  } as const
  const ended = await step(people.village, opened.case, review)
  expect([ended.state, ended.step]).toEqual(['refused', null])
})

test('the household reads on its own page all that was done about it, by nobody’s name', async () => {
  const { work } = await call<OwnRecord>(people.household, 'GET', '/own-record')
  expect(work.visits.at(-1)).toMatchObject({
    ...{ purpose: 'verify', state: 'decided', incomePerHeadFen: 420_000 },
    ...{ photos: 1, signed: true, located: false },
  })
  expect(work.visits.at(-1)?.items.find(({ item }) => item === 'food')?.result).toBe('good')
  expect(work.cases.map(({ kind }) => kind)).toContain('identification')
  expect(work.spells.map(({ risk }) => risk)).toContain('open')
  expect(work.clues.map(({ state }) => state)).toContain('excluded')
  expect(JSON.stringify(work)).not.toContain('演示')
})

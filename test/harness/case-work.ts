import { randomUUID } from 'node:crypto'
import type { StepInput } from '#contract/work/cases.ts'
import type { Visit } from '#contract/work/visits.ts'
import { clockAt } from '#server/platform/clock.ts'
import type { openOwnHousehold } from './own-record.ts'
import { signInDemo, type Visitor } from './sign-in.ts'

export type World = Awaited<ReturnType<typeof openOwnHousehold>>
export type People = World['people'] & { checker: Visitor }

/** Officers of a world with the ways to ask it, and the way of a clue up to a monitored household. */
export async function openCaseWork(world: World) {
  const people: People = { ...world.people, checker: await signInDemo(world.server.app, 'linquan-shenhe') }
  const { pool } = world.t.database

  const on = (day: string) => {
    world.server.services.clock = clockAt(day)
  }
  const rows = async <R>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as R[]

  async function call<R>(who: Visitor, method: 'GET' | 'POST', path: string, body?: unknown): Promise<R> {
    const answer = await who.send(method, `/api${path}`, body)
    if (answer.statusCode !== 200)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body.slice(0, 600)}`)
    return answer.json<R>()
  }

  /** Code of the refusal, and the guard where there is one. */
  async function refused(who: Visitor, path: string, body: unknown): Promise<string> {
    const answer = await who.send('POST', `/api${path}`, body)
    const { code, data } = answer.json<{ code: string; data?: { guard?: string } }>()
    return data?.guard ? `${code} ${data.guard}` : code
  }

  const step = (who: Visitor, id: string, input: StepInput) =>
    call<{ state: string; step: string | null }>(who, 'POST', `/cases/${id}/step`, { input })

  /** Sends the village's clerk to the household, who finds all else well, and lets the township decide. */
  async function visit(day: string, purpose: 'verify' | 'resolve'): Promise<void> {
    on(day)
    const visitor = await world.idOf('chengguan-cun')
    if (purpose === 'verify') {
      const clues = await rows<{ id: string }>('select id from clue where household_id = $1', [world.own.id])
      await call(people.county, 'POST', '/visits/assign', { clues: clues.map(({ id }) => id), visitor })
    } else {
      await call(people.township, 'POST', '/visits', {
        ...{ household: world.own.ref, purpose, visitor, dueOn: day },
      })
    }
    const { rows: planned } = await call<{ rows: Visit[] }>(people.village, 'GET', '/visits?mine=true')
    const one = await call<Visit>(people.village, 'GET', `/visits/${planned[0]?.id}`)
    const findings = one.clues.map(({ id, cause }) =>
      cause === 'illness'
        ? { clue: id, outcome: 'confirm', note: '长期治疗' }
        : { clue: id, outcome: 'exclude', reason: 'fact-wrong', note: '已修缮' },
    )
    await call(people.village, 'POST', `/visits/${one.id}/report`, reportOf(one, day, findings))
    await call(people.township, 'POST', `/visits/${one.id}/decide`, { decisions: findings })
  }

  /** From the open clues of the household to the entered identification; the household is monitored from the last day on. */
  async function enterHousehold(): Promise<string> {
    await visit('2020-03-10', 'verify')
    const { rows: cases } = await call<{ rows: { id: string }[] }>(people.village, 'GET', '/cases')
    const id = cases[0]?.id ?? ''
    const members = await rows<{ ref: string }>('select ref from person where household_id = $1', [
      world.own.id,
    ])
    const signatories = members.map(({ ref }) => ref)
    await step(people.village, id, {
      ...{ step: 'authorise', signatories, scopes: ['vehicles'], signedOn: '2020-03-10' },
    })
    await step(people.county, id, { step: 'compare' })
    await passOn(id, { reviewed: '2020-03-12', over: '2020-03-18' })
    return id
  }

  /** The steps that identification and resolution have in common, from the review to the end. */
  async function passOn(id: string, { reviewed, over }: { reviewed: string; over: string }): Promise<void> {
    on(reviewed)
    const review = { meetingOn: reviewed, due: 30, present: 25, agreed: 20, minutes: '' }
    await step(people.village, id, { step: 'review', ...review })
    await step(people.village, id, { step: 'publicity', from: reviewed, place: '村务公开栏' })
    on(over)
    const opinion = { agree: true, opinion: '同意', notKin: false }
    await step(people.township, id, { step: 'township-audit', ...opinion })
    await step(people.checker, id, { step: 'county-approval', ...opinion })
    await step(people.village, id, { step: 'announce', on: over, place: '村务公开栏' })
    await step(people.township, id, { step: 'enter', mark: '' })
  }

  return { people, on, rows, call, refused, step, visit, enterHousehold, passOn }
}

/** A report of everything being well, but for what is said about the clues. */
function reportOf(visit: Visit, day: string, findings: unknown[]) {
  return {
    ...{ version: visit.version, report: randomUUID(), findings, photos: [], position: null, remark: '' },
    ...{ startedAt: `${day}T01:00:00Z`, endedAt: `${day}T02:00:00Z`, secondVisitor: '驻村队员 演示' },
    met: visit.card.members[0]?.ref ?? null,
    items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
      ...{ item, result: 'good' },
    })),
    ...{ incomePerHeadFen: 420_000, rigidSpendingFen: 1_800_000, signatures: [] },
  }
}

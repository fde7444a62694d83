import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cause } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import { reconcile } from '#server/modules/classification/operations.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { compareTallies } from '#server/tallies.ts'
import { requestOf } from '#test/harness/case-attempts.ts'
import { type Accepted, CaseOracle } from '#test/harness/case-oracle.ts'
import { openTestClue } from '#test/harness/clues.ts'
import { testDeps } from '#test/harness/database.ts'
import { idNumber } from '#test/harness/intake.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'
import { mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'
import { tallyDifferences } from '#test/harness/tally-differences.ts'

// People of every office do the right thing or anything else, in any order, on any day. Whatever the server accepts is judged by an
// oracle that knows only what was accepted before; the register of spells and its figures are looked at by themselves.

const province = 340_000_000_000
const names = ['village', 'township', 'county', 'checker', 'leader'] as const
type Name = (typeof names)[number]
let world: Awaited<ReturnType<typeof openOwnHousehold>>
let people: Record<Name, Visitor>
const refusals = new Map<string, number>()
const ends = new Map<string, number>()

beforeAll(async () => {
  world = await openOwnHousehold()
  const { app } = world.server
  people = {
    ...world.people,
    checker: await signInDemo(app, 'linquan-shenhe'),
    leader: await signInDemo(app, 'linquan-lingdao'),
  }
})
afterAll(() => world.close())

const rows = async <R>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query(text, values)).rows as R[]

interface Place {
  county: number
  id: number
  ref: string
  members: string[]
  surname: string
  findings: number
}

let made = 0
/** A household of two with a clue, in the village of the others. */
async function addHousehold(): Promise<Place> {
  made += 1
  const householdNo = `M${made}`
  // Some bear the surname of the village's and township's people, some that of the county's.
  const surname = ['机', '城', '临'][made % 3] ?? '机'
  const findings = made % 2
  await mergeHouseholds(world.t.database, [
    { householdNo, villageCode: Number(world.own.village), headName: `${surname}${made}` },
  ])
  await mergeMembers(
    world.t.database,
    [1, 2].map((n) => ({
      householdNo,
      memberNo: `${householdNo}-${n}`,
      name: `${surname}${made}之${n}`,
      idNumber: idNumber(500 + made * 2 + n),
    })),
  )
  const [found] = await rows<{ county: number; id: number; ref: string }>(
    'select county, id, ref from household where household_no = $1',
    [householdNo],
  )
  if (!found) throw new Error('no household')
  const members = await rows<{ ref: string }>('select ref from person where household_id = $1', [found.id])
  await rows(
    `insert into asset_record (county, household_id, village, person_id, batch_id, row_no, item, detail, found_on,
      known_from)
     select p.county, p.household_id, p.village, min(p.id), (select min(id) from batch), 1, 'N02', '小汽车一辆',
       '2020-03-01', now()
     from person p where p.household_id = $1 and $2 = 1 group by p.county, p.household_id, p.village`,
    [found.id, findings],
  )
  return { ...found, surname, findings, members: members.map(({ ref }) => ref) }
}

const addClue = ({ county, id }: Place, cause: Cause, day: string) =>
  openTestClue(world.t.database, { county, id, village: world.own.village }, cause, day)

/** What somebody tries: the next thing in the right way by the right person, or anything by anybody. */
const Attempt = fc.record({
  proper: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
  days: fc.constantFrom(0, 0, 0, 1, 2, 3, 8, 12, 30),
  who: fc.constantFrom(...names),
  what: fc.constantFrom(
    ...(['authorise', 'compare', 'review', 'publicity', 'township-audit', 'county-approval'] as const),
    ...(['announce', 'enter', 'object', 'answer', 'drop', 'pause', 'resolve', 'clue'] as const),
    ...(['pause', 'green', 'explain', 'decide'] as const),
  ),
  good: fc.boolean(),
  n: fc.nat(40),
})
type Attempt = typeof Attempt extends fc.Arbitrary<infer T> ? T : never

/** Who does a step properly. */
const owner: Record<string, Name> = {
  ...{ authorise: 'village', compare: 'county', review: 'village', publicity: 'village' },
  ...{ 'township-audit': 'township', 'county-approval': 'checker', announce: 'village', enter: 'county' },
}

interface Running {
  id: string
  step: string | null
  state: string
  kind: string
  paused: boolean
}

class Run {
  readonly place: Place
  readonly oracle: CaseOracle
  day = '2020-03-10'
  /** The last refusal was that whoever should decide had a hand in it. */
  private stuck = false

  constructor(place: Place) {
    this.place = place
    this.oracle = new CaseOracle(place)
  }

  async attempt(attempt: Attempt) {
    this.day = addDays(this.day, attempt.days)
    if (this.day > '2021-12-20') this.day = '2021-12-20'
    world.server.services.clock = clockAt(this.day)
    const running = await this.current()
    if (attempt.proper) await this.goOn(attempt, running)
    else if (attempt.what !== 'drop' || attempt.n % 6 === 0)
      await this.try(attempt.who, attempt.what, attempt, running)
  }

  /** The case that runs, or the one that ended last. */
  private async current() {
    const [found] = await rows<Running>(
      `select id, step, state, kind, paused_on is not null as paused from case_file where household_id = $1
        order by state = 'running' desc, opened_on desc, id desc limit 1`,
      [this.place.id],
    )
    return found
  }

  private async goOn(attempt: Attempt, running?: Running) {
    if (running?.state === 'running' && running.step) {
      const open = await rows(`select 1 from case_objection where case_id = $1 and outcome is null`, [
        running.id,
      ])
      if (open.length > 0)
        if (attempt.n % 2 === 0) await this.try('township', 'answer', { ...attempt, good: true }, running)
      if (running.paused && attempt.n % 3 > 0)
        await this.try('township', 'pause', { ...attempt, good: true }, running)
      else if (attempt.n % 19 === 0) await this.try('township', 'pause', { ...attempt, good: false }, running)
      if (attempt.n % 2 === 0) await this.clear(running, attempt)
      // Nobody is left to decide it: it begins anew.
      if (this.stuck) await this.try('county', 'drop', attempt, running)
      // Now and then the right person says no; a township does what its village has nobody for, and must not decide it then.
      const own = owner[running.step] ?? 'village'
      const who = own === 'village' && attempt.n % 7 === 0 ? 'township' : own
      await this.try(who, running.step, { ...attempt, good: attempt.n % 12 > 0 }, running)
      return
    }
    const [{ risk } = { risk: 'none' }] = await rows<{ risk: string }>(
      'select risk from household where id = $1',
      [this.place.id],
    )
    if (risk !== 'open') return this.verify(attempt)
    if (attempt.n % 3 > 0) await this.lookIn(attempt.n % 8 === 0)
    await this.try('village', 'resolve', { ...attempt, good: true }, running)
  }

  /** What a step needs beside it: the village explains a finding, the county decides it, somebody looks in once more. */
  private async clear({ step, kind, ...running }: Running, attempt: Attempt) {
    const found = this.place.findings > 0
    if (found && step === 'township-audit') await this.try('village', 'explain', attempt, running)
    if (step === 'township-audit' && attempt.n % 9 === 0)
      await this.try('village', 'object', attempt, running)
    if (step !== 'county-approval') return
    if (found) await this.try('county', 'decide', { ...attempt, good: attempt.n % 12 > 0 }, running)
    if (kind === 'resolution') await this.lookIn(attempt.n % 8 === 0)
  }

  /** Somebody goes and sees whether anybody is left. */
  private async lookIn(met: boolean) {
    const visitor = await world.idOf('chengguan-cun')
    const order = { household: this.place.ref, purpose: 'resolve', visitor, dueOn: this.day }
    const planned = await people.county.post('/api/visits', order)
    expect([planned.statusCode, planned.body]).toEqual([200, expect.anything()])
    const { id, version } = planned.json<{ id: string; version: number }>()
    await this.report({ id, version }, { met, findings: [] })
    this.oracle.looked(this.day, met)
  }

  private async report(
    visit: { id?: string | undefined; version?: number | undefined },
    { met, findings }: { met: boolean; findings: unknown[] },
  ) {
    const reported = await people.village.post(`/api/visits/${visit.id}/report`, {
      ...{ version: visit.version, report: randomUUID(), remark: '', position: null, photos: [], findings },
      ...{ startedAt: `${this.day}T01:00:00Z`, endedAt: `${this.day}T02:00:00Z` },
      ...{ secondVisitor: '驻村队员', met: met ? this.place.members[0] : null, incomePerHeadFen: 900_000 },
      rigidSpendingFen: 100_000,
      items: ['food', 'clothing', 'education', 'medical', 'housing', 'water', 'income'].map((item) => ({
        item,
        result: 'good',
      })),
      signatures: [{ who: 'household', name: '测', strokes: [[[1, 2]]] }],
    })
    expect([reported.statusCode, reported.body]).toEqual([200, expect.anything()])
  }

  /** From a clue to a settled visit in one go: the visit's own guards have their own tests. */
  private async verify({ n }: Attempt) {
    const cause = (['illness', 'schooling', 'disability'] as const)[n % 3] ?? 'illness'
    await addClue(this.place, cause, this.day)
    const clues = (
      await rows<{ id: string }>(
        `select id from clue where household_id = $1 and state = 'new' and visit_id is null`,
        [this.place.id],
      )
    ).map(({ id }) => id)
    if (clues.length === 0) return
    const visitor = await world.idOf('chengguan-cun')
    const sent = await people.county.post('/api/visits/assign', { clues, visitor, reason: '测试' })
    expect([sent.statusCode, sent.body]).toEqual([200, expect.anything()])
    const [visit] = await rows<{ id: string; version: number }>(
      `select id, version from visit where household_id = $1 and state = 'planned'`,
      [this.place.id],
    )
    const findings = clues.map((clue) => ({ clue, outcome: 'confirm', note: '属实' }))
    await this.report({ id: visit?.id, version: visit?.version }, { met: true, findings })
    const own = await people.village.post(`/api/visits/${visit?.id}/decide`, { decisions: findings })
    expect(own.statusCode).not.toBe(200)
    const decided = await people.township.post(`/api/visits/${visit?.id}/decide`, { decisions: findings })
    expect([decided.statusCode, decided.body]).toEqual([200, expect.anything()])
    this.oracle.visited(await this.current(), 'village', this.day)
  }

  private async try(who: Name, what: string, attempt: Attempt, running?: { id: string; state: string }) {
    const { ref: household, members } = this.place
    const id = running?.id ?? randomUUID()
    const { path, body } = requestOf(what, attempt, {
      ...{ day: this.day, household, members, id },
      ...(await this.open(running)),
    })
    const answer = await people[who].post(path, body)
    if (answer.statusCode === 200) {
      this.stuck = false
      const done: Accepted = { who, what, body, day: this.day, ended: running?.state !== 'running' }
      const after = await this.current()
      expect(this.oracle.judge(done, running?.id, after)).toEqual([])
      if (what === 'green') await this.expectHelp()
      if (after && after.state !== 'running' && after.state !== running?.state)
        ends.set(`${after.kind} ${after.state}`, (ends.get(`${after.kind} ${after.state}`) ?? 0) + 1)
    } else {
      expect([answer.statusCode < 500, answer.body]).toEqual([true, expect.anything()])
      const { code, data } = answer.json<{ code: string; data?: { guard?: string } }>()
      const name = data?.guard ?? code
      this.stuck = name === 'same-person' && what === 'township-audit'
      refusals.set(name, (refusals.get(name) ?? 0) + 1)
    }
  }

  /** Help first: the plan is open, and its first measure a matter of days. */
  private async expectHelp() {
    const [plan] = await rows<{ soon: boolean }>(
      `select first_measure_due_on <= $2::date + 3 as soon from plan where household_id = $1 and closed_on is null`,
      [this.place.id, this.day],
    )
    expect(plan).toEqual({ soon: true })
  }

  private async open(running?: { id: string }) {
    if (!running) return {}
    const [objection] = await rows<{ id: string }>(
      'select id from case_objection where case_id = $1 and outcome is null limit 1',
      [running.id],
    )
    const [flag] = await rows<{ id: string }>('select id from case_flag where case_id = $1 limit 1', [
      running.id,
    ])
    return { objection: objection?.id, flag: flag?.id }
  }
}

test('whatever people try in whatever order, no guard is passed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Attempt, { minLength: 60, maxLength: 80 }), async (attempts) => {
      const run = new Run(await addHousehold())
      for (const attempt of attempts) await run.attempt(attempt)
    }),
    { numRuns: 12, seed: 20_200_217, endOnFailure: true },
  )
  // The runs came through to the ends and met the guards; otherwise they would prove nothing.
  expect([...ends.keys()]).toEqual(
    expect.arrayContaining(['identification entered', 'resolution entered', 'identification refused']),
  )
  for (const guard of [
    'step-order',
    'publicity-days',
    'open-objection',
    'same-person',
    'quorum',
    'case-ended',
    'kin-undeclared',
    'late-unexplained',
    'case-paused',
    'day-wrong',
    'flags-unexplained',
    'flags-undecided',
    'flags-veto',
    'visit-missing',
    'members-left',
  ])
    expect([guard, (refusals.get(guard) ?? 0) > 0]).toEqual([guard, true])
})

test('after all of it no spells overlap, and every figure reconciles between any two days', async () => {
  const overlapping = await rows(`
    select 1 from category_spell a join category_spell b on a.county = b.county and a.household_id = b.household_id
      and a.id < b.id
    where daterange(a.from_on, a.until_on) && daterange(b.from_on, b.until_on)`)
  expect(overlapping).toEqual([])
  const [households] = await rows<{ n: number }>(
    'select count(*)::int as n from household where closed_on is null',
  )
  const [open] = await rows<{ n: number }>(
    'select count(distinct household_id)::int as n from category_spell where until_on is null',
  )
  expect(open).toEqual(households)
  const [astray] = await rows<{ n: number }>(`
    select count(*)::int as n from household h join category_spell s on s.county = h.county and s.household_id = h.id
      and s.until_on is null
    where (h.category, h.risk) <> (s.category, s.risk)`)
  expect(astray?.n).toBe(0)
  const deps = { database: world.t.database, clock: clockAt('2021-12-31') }
  const day = fc.integer({ min: 0, max: 660 }).map((n) => addDays('2020-03-01', n))
  const sum = (flow: Record<string, number | undefined>) =>
    Object.values(flow).reduce<number>((total, n) => total + (n ?? 0), 0)
  await fc.assert(
    fc.asyncProperty(day, day, async (one, other) => {
      const [from = one, to = other] = [one, other].toSorted()
      const { rows: lines } = await reconcile(deps, areaScope(province), province, { from, to })
      for (const line of lines) expect(line.before + sum(line.in) - sum(line.out)).toBe(line.after)
      const [counted] = await rows<{ n: number }>(
        'select count(*)::int as n from category_spell where from_on <= $1 and (until_on is null or until_on > $1)',
        [to],
      )
      expect(lines.reduce((total, { after }) => total + after, 0)).toBe(counted?.n)
    }),
    { numRuns: 30 },
  )
})

test('what is tallied is what is counted, before and after it is added up', async () => {
  const { database } = world.t
  const rowsOf = async (table: string) =>
    (await rows<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n ?? 0
  const before = { clues: await rowsOf('clue_tally'), spells: await rowsOf('category_tally') }
  for (const round of [1, 2]) {
    for (const [tally, differences] of Object.entries(tallyDifferences))
      expect([round, tally, await rows(differences)]).toEqual([round, tally, []])
    expect(await compareTallies(testDeps(database))).toEqual([])
  }
  expect(await rowsOf('clue_tally')).toBeLessThan(before.clues)
  expect(await rowsOf('category_tally')).toBeLessThan(before.spells)
})

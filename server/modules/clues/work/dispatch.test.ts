import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { getOverview } from '#server/modules/insight/overview.ts'
import { insertClues, listVillages } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { getClue } from '../detail/clue-detail.ts'
import { type Dispatch, dispatchClues } from './dispatch.ts'
import type { Actor } from './locked-clues.ts'
import { recallClues } from './recall.ts'
import { handOverStep, mayHandTo, mayRecall, nextSteps } from './rules.ts'
import { withdrawClues } from './withdraw.ts'

let t: TestDatabase
let villages: number[]
let made = 0
beforeAll(async () => {
  t = await openTestDatabase()
  villages = await listVillages(t.database.db, [341_221], 40)
})
afterAll(() => t.close())

const today = '2020-03-10'
const county = 341_221_000_000
const as = (area: number): Actor => ({ userId: null, area, scope: areaScope(area) })
const toVillage: Omit<Dispatch, 'ids'> = { to: 'village', deadlineWorkingDays: 5, note: '', dryRun: false }
const toTownship: Omit<Dispatch, 'ids'> = { ...toVillage, to: 'township' }
const townshipOf = (village: number) => Math.floor(village / 1000) * 1000
const dispatch = (actor: Actor, request: Dispatch, day = today) =>
  dispatchClues(testDeps(t.database, day), actor, request)
const recall = (actor: Actor, ...ids: string[]) =>
  recallClues(testDeps(t.database, today), actor, ids, '发错了')

/** A new clue in a village; returns its id. */
async function newClue(village: number): Promise<string> {
  made += 1
  await insertClues(t.database.db, [
    {
      ...{ household: made, village, cause: 'illness', level: 'red', rules: ['R05'], state: 'new' },
      ...{ openedOn: '2020-03-01', dueOn: null, clearedOn: null },
    },
  ])
  const { rows } = await sql<{ id: string }>`select id from clue where household_id = ${made}`.execute(
    t.database.db,
  )
  return rows[0]?.id ?? ''
}

const village = (n: number) => villages[n] ?? 0
const read = (id: string) => getClue(testDeps(t.database, today), areaScope(county), id)
const readBy = (actor: Actor, id: string) => getClue(testDeps(t.database, today), actor.scope, id, actor)

describe('the steps of a clue', () => {
  test('every state and hand-over is allowed or refused as the table says', () => {
    const township = 341_221_001_000
    const allowed = [null, township, township + 201].flatMap((assignee) =>
      (Object.keys(nextSteps) as (keyof typeof nextSteps)[]).flatMap((state) =>
        (['township', 'village'] as const).flatMap((to) => {
          const step = handOverStep({ state, assignee }, to)
          return step && (assignee !== null) === (state === 'dispatched')
            ? [`${state} ${assignee ?? '-'} ${to} ${step}`]
            : []
        }),
      ),
    )
    expect(allowed).toEqual([
      'new - township dispatch',
      'new - village dispatch',
      `dispatched ${township} village forward`,
      `dispatched ${township + 201} township redirect`,
    ])
  })

  test('everyone hands over downwards only, and takes back from below only', () => {
    const [of, township, village] = [341_221_000_000, 341_221_001_000, 341_221_001_201]
    expect([of, township, village].map((area) => mayHandTo(area, 'township'))).toEqual([true, false, false])
    expect([of, township, village].map((area) => mayHandTo(area, 'village'))).toEqual([true, true, false])
    expect([of, township, village].map((area) => mayRecall(area, township))).toEqual([true, false, false])
    expect([of, township, village].map((area) => mayRecall(area, village))).toEqual([true, true, false])
  })
})

describe('dispatch', () => {
  test('a dry run previews what would happen and does nothing; the run does just that', async () => {
    const ids = [await newClue(village(0)), await newClue(village(0)), await newClue(village(1))]
    const effect = await dispatch(as(county), { ...toVillage, ids, dryRun: true })
    expect(effect).toEqual({
      clues: 3,
      households: 3,
      townships: 2,
      villages: 2,
      dueOn: '2020-03-17',
      skipped: 0,
      ids: ids.toSorted(),
      receiver: null,
    })
    expect((await read(ids[0] ?? '')).state).toBe('new')
    expect(await dispatch(as(county), { ...toVillage, ids, note: '请入户核实' })).toEqual(effect)
    const clue = await read(ids[0] ?? '')
    expect(clue).toMatchObject({ state: 'dispatched', dueOn: '2020-03-17', overdue: false })
    expect(clue.assignee?.code).toBe(village(0))
    expect(clue.timeline.at(-1)).toMatchObject({
      kind: 'dispatched',
      details: { place: clue.household.village.name, dueOn: '2020-03-17', note: '请入户核实' },
    })
  })

  test('what is dispatched meanwhile is skipped; when nothing is left it is refused', async () => {
    const ids = [await newClue(village(2)), await newClue(village(2))]
    await dispatch(as(county), { ...toVillage, ids: ids.slice(0, 1) })
    expect(await dispatch(as(county), { ...toVillage, ids })).toMatchObject({
      ...{ clues: 1, skipped: 1, ids: [ids[1]] },
    })
    await expect(dispatch(as(county), { ...toVillage, ids })).rejects.toMatchObject({ code: 'clue-state' })
  })

  test('two at once hand a clue over once', async () => {
    const ids = [await newClue(village(2))]
    const outcomes = await Promise.allSettled([
      dispatch(as(county), { ...toVillage, ids }),
      dispatch(as(county), { ...toVillage, ids }),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a township hands on to its village within its own deadline', async () => {
    const at = village(3)
    const ids = [await newClue(at)]
    const township = as(townshipOf(at))
    await expect(dispatch(township, { ...toTownship, ids })).rejects.toMatchObject({ code: 'not-allowed' })
    await dispatch(as(county), { ...toTownship, ids, deadlineWorkingDays: 3 })
    expect((await read(ids[0] ?? '')).assignee).toMatchObject({ code: townshipOf(at), level: 'township' })
    const effect = await dispatch(township, { ...toVillage, ids, deadlineWorkingDays: 10 })
    expect(effect).toMatchObject({ clues: 1, dueOn: '2020-03-13' })
    expect(await read(ids[0] ?? '')).toMatchObject({
      dueOn: '2020-03-13',
      assignee: { code: at, level: 'village' },
    })
  })

  test('a village hands nothing over, and nobody what lies outside', async () => {
    const ids = [await newClue(village(4))]
    await expect(dispatch(as(village(4)), { ...toVillage, ids })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    await expect(dispatch(as(340_828_000_000), { ...toVillage, ids })).rejects.toMatchObject({
      code: 'not-found',
    })
    const mixed = [...ids, '00000000-0000-7000-8000-000000000000']
    await expect(dispatch(as(county), { ...toVillage, ids: mixed })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await read(ids[0] ?? '')).state).toBe('new')
  })

  test('the deadline jumps over the Spring Festival; a year without a calendar is refused', async () => {
    const ids = [await newClue(village(5))]
    const dry = { ...toVillage, ids, dryRun: true }
    expect(await dispatch(as(county), { ...dry, deadlineWorkingDays: 2 }, '2020-01-22')).toMatchObject({
      dueOn: '2020-02-03',
    })
    await expect(dispatch(as(county), dry, '2040-03-01')).rejects.toMatchObject({
      code: 'deadline-invalid',
      details: { year: 2040 },
    })
  })

  test('overdue begins the day after the last day', async () => {
    const ids = [await newClue(village(6))]
    await dispatch(as(county), { ...toVillage, ids, deadlineWorkingDays: 1 })
    const overdueOn = async (day: string) =>
      (await getOverview(testDeps(t.database, day), areaScope(county), village(6))).figures.overdue
    expect((await overdueOn('2020-03-11')).now).toBe(0)
    expect((await overdueOn('2020-03-12')).now).toBe(1)
    await sql`insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed,
      cleared, milliseconds)
      values (now(), '2020-03-01', 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0)`.execute(t.database.db)
    expect((await overdueOn('2020-03-18')).weekAgo).toBe(0)
    expect((await overdueOn('2020-03-19')).weekAgo).toBe(1)
  })
})

describe('recall', () => {
  test('makes it new again and records why', async () => {
    const id = await newClue(village(7))
    await dispatch(as(county), { ...toTownship, ids: [id] })
    expect(await recall(as(county), id)).toEqual({ clues: 1, skipped: 0 })
    const clue = await read(id)
    expect(clue).toMatchObject({ state: 'new', assignee: null, dueOn: null })
    expect(clue.timeline.at(-1)).toMatchObject({ kind: 'recalled', details: { reason: '发错了' } })
    await expect(recall(as(county), id)).rejects.toMatchObject({ code: 'clue-state' })
  })

  test('a township takes back from its village, not what the county gave it', async () => {
    const at = village(8)
    const id = await newClue(at)
    await dispatch(as(county), { ...toTownship, ids: [id] })
    await expect(recall(as(townshipOf(at)), id)).rejects.toMatchObject({ code: 'not-allowed' })
    await dispatch(as(townshipOf(at)), { ...toVillage, ids: [id] })
    expect(await recall(as(townshipOf(at)), id)).toEqual({ clues: 1, skipped: 0 })
    expect(await read(id)).toMatchObject({
      state: 'dispatched',
      assignee: { code: townshipOf(at) },
      dueOn: '2020-03-17',
    })
  })

  test('a whole hand-over is taken back at once; what lies with nobody any more is left alone', async () => {
    const ids = [await newClue(village(10)), await newClue(village(11)), await newClue(village(12))]
    await dispatch(as(county), { ...toTownship, ids: ids.slice(0, 2) })
    expect(await recall(as(county), ...ids)).toEqual({ clues: 2, skipped: 1 })
    for (const id of ids) expect(await read(id)).toMatchObject({ state: 'new', assignee: null, dueOn: null })
  })

  test('what nothing speaks for any more ends with its recall', async () => {
    const id = await newClue(village(9))
    await dispatch(as(county), { ...toVillage, ids: [id] })
    await sql`update clue set signals = 0 where id = ${id}::uuid`.execute(t.database.db)
    expect(await recall(as(county), id)).toEqual({ clues: 1, skipped: 0 })
    expect((await read(id)).state).toBe('cleared')
    expect((await read(id)).timeline.map(({ kind }) => kind)).toEqual(['dispatched', 'recalled', 'cleared'])
  })
})

describe('handing on again, and undoing it', () => {
  const withdraw = (actor: Actor, ...ids: string[]) =>
    withdrawClues(testDeps(t.database, today), actor, ids, '派错了')
  const officers: Record<string, Actor> = {}
  beforeAll(async () => {
    await sql`insert into auth_user (id, name, email)
      values ('c', '县经办', 'c@x.invalid'), ('o', '乡镇专干', 'o@x.invalid')`.execute(t.database.db)
    officers.county = { ...as(county), userId: 'c' }
  })
  const countyOfficer = () => officers.county ?? as(county)

  test('who has it is told by name before and after', async () => {
    const at = village(13)
    const ids = [await newClue(at)]
    await sql`insert into account (user_id, role, area) values ('o', 'township', ${townshipOf(at)})`.execute(
      t.database.db,
    )
    expect((await read(ids[0] ?? '')).receivers.map(({ to, people }) => [to, people])).toEqual([
      ['township', ['乡镇专干']],
      ['village', []],
    ])
    const { receiver } = await dispatch(countyOfficer(), { ...toTownship, ids })
    expect(receiver).toMatchObject({ to: 'township', place: { code: townshipOf(at) }, people: ['乡镇专干'] })
    const { receivers, mayWithdraw } = await readBy(countyOfficer(), ids[0] ?? '')
    expect([receivers.map(({ to }) => to), mayWithdraw]).toEqual([['village'], true])
  })

  test('undone it lies where it lay before, with its day, and that is written down', async () => {
    const at = village(14)
    const id = await newClue(at)
    await dispatch(countyOfficer(), { ...toTownship, ids: [id] })
    await dispatch(countyOfficer(), { ...toVillage, ids: [id], deadlineWorkingDays: 2 })
    expect(await read(id)).toMatchObject({ assignee: { code: at }, dueOn: '2020-03-12' })
    expect(await withdraw(countyOfficer(), id)).toEqual({ clues: 1, skipped: 0 })
    expect(await read(id)).toMatchObject({
      ...{ state: 'dispatched', assignee: { code: townshipOf(at) }, dueOn: '2020-03-17' },
    })
    // Only the newest hand-over is one's own to undo.
    await expect(withdraw(countyOfficer(), id)).rejects.toMatchObject({ code: 'clue-state' })
    const other = await newClue(at)
    await dispatch(countyOfficer(), { ...toVillage, ids: [other] })
    await withdraw(countyOfficer(), other)
    const undone = await read(other)
    expect(undone).toMatchObject({ state: 'new', assignee: null, dueOn: null })
    expect(undone.timeline.at(-1)).toMatchObject({ kind: 'recalled', details: { reason: '派错了' } })
  })

  test('once the receiver has done something, or by another, it is not undone', async () => {
    const at = village(15)
    const [id, kept] = [await newClue(at), await newClue(at)]
    await dispatch(countyOfficer(), { ...toTownship, ids: [id, kept] })
    await expect(withdraw({ ...as(county), userId: 'o' }, id)).rejects.toMatchObject({ code: 'clue-state' })
    await dispatch({ ...as(townshipOf(at)), userId: 'o' }, { ...toVillage, ids: [id] })
    expect(await withdraw(countyOfficer(), id, kept)).toEqual({ clues: 1, skipped: 1 })
    expect((await read(id)).assignee).toMatchObject({ code: at })
    expect((await read(kept)).state).toBe('new')
    await expect(withdraw(as(340_828_000_000), kept)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('undone after nothing speaks for it any more it ends, and its story says so', async () => {
    const id = await newClue(village(14))
    await dispatch(countyOfficer(), { ...toVillage, ids: [id] })
    await sql`update clue set signals = 0 where id = ${id}::uuid`.execute(t.database.db)
    await withdraw(countyOfficer(), id)
    const { state, timeline } = await read(id)
    expect([state, timeline.map(({ kind }) => kind)]).toEqual([
      'cleared',
      ['dispatched', 'recalled', 'cleared'],
    ])
  })

  test('who moved to the place that has it takes nothing back', async () => {
    const at = village(14)
    const id = await newClue(at)
    await dispatch(countyOfficer(), { ...toTownship, ids: [id] })
    const moved = { ...as(townshipOf(at)), userId: 'c' }
    await expect(withdraw(moved, id)).rejects.toMatchObject({ code: 'clue-state' })
    const may = async (who: Actor) => (await readBy(who, id)).mayWithdraw
    expect([await may(moved), await may(countyOfficer())]).toEqual([false, true])
  })

  test('a hand-over that does not say who had it before is not undone', async () => {
    const id = await newClue(village(14))
    await dispatch(countyOfficer(), { ...toVillage, ids: [id] })
    await sql`update clue_event set details = details - 'fromCode' where clue_id = ${id}::uuid`.execute(
      t.database.db,
    )
    await expect(withdraw(countyOfficer(), id)).rejects.toMatchObject({ code: 'clue-state' })
  })

  test('a township that takes it back waits for nobody: it lies as the county gave it', async () => {
    const at = village(14)
    const id = await newClue(at)
    await dispatch(countyOfficer(), { ...toTownship, ids: [id], note: '请核实' })
    await dispatch({ ...as(townshipOf(at)), userId: 'o' }, { ...toVillage, ids: [id] })
    await recall({ ...as(townshipOf(at)), userId: 'o' }, id)
    const { rows } = await sql`select dispatched_by, dispatch_note from clue where id = ${id}::uuid`.execute(
      t.database.db,
    )
    expect(rows).toEqual([{ dispatchedBy: 'c', dispatchNote: '请核实' }])
  })

  test('the county may give it to the township instead of its village, within the day there is', async () => {
    const at = village(16)
    const id = await newClue(at)
    await dispatch(countyOfficer(), { ...toVillage, ids: [id], deadlineWorkingDays: 2 })
    await dispatch(countyOfficer(), { ...toTownship, ids: [id] })
    expect(await read(id)).toMatchObject({ assignee: { code: townshipOf(at) }, dueOn: '2020-03-12' })
  })

  test('nobody handed it on by its day: it is overdue on the list and in the overview alike', async () => {
    const at = village(17)
    const id = await newClue(at)
    await sql`update clue set dispatch_due_on = '2020-03-06' where id = ${id}::uuid`.execute(t.database.db)
    expect(await read(id)).toMatchObject({ state: 'new', dueOn: '2020-03-06', overdue: true })
    const { figures, children } = await getOverview(testDeps(t.database, today), areaScope(county), at)
    expect(figures.overdue.now).toBe(1)
    expect(children).toEqual([])
    await dispatch(countyOfficer(), { ...toVillage, ids: [id] })
    expect((await getOverview(testDeps(t.database, today), areaScope(county), at)).figures.overdue.now).toBe(
      0,
    )
    // A week later the overview still knows that it was overdue then.
    const week = await getOverview(testDeps(t.database, '2020-03-16'), areaScope(county), at)
    expect(week.figures.overdue.weekAgo).toBe(1)
  })
})

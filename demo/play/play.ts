import { sql } from 'kysely'
import { masks } from '#contract/access/masks.ts'
import { addDays, daysBetween } from '#contract/days.ts'
import type { Case, CaseStep, StepInput } from '#contract/work/cases.ts'
import { visitItems } from '#contract/work/visits.ts'
import { dispatchClues, reportHousehold } from '#server/modules/clues/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { decideReport, doStep, getCase, pauseCase } from '#server/modules/procedures/index.ts'
import { type Actor, assignVisitor, getVisit, reportVisit } from '#server/modules/visits/index.ts'
import { auditorOf, systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Platform } from '#server/platform/platform.ts'
import { visitAsBefore } from './past-visits.ts'
import { handOuts, type Player, type Story, stories } from './stories.ts'

type DemoDeps = Pick<Platform, 'database' | 'vault' | 'fileDirectory'>
type Cast = Record<Player, Actor>
type DayOf = (day: string) => string

const usernames: Record<Player, string> = {
  clerk: 'linquan',
  checker: 'linquan-shenhe',
  township: 'chengguan',
  village: 'chengguan-cun',
  team: 'chengguan-duiyuan',
}

/** The stories were written for this day; on another the same days of the week come by. */
const storyDay = '2020-03-10'

/**
 * Fills the benches of the demonstration: the province hands its clues down, and the people of one village report, visit, decide and
 * carry cases on, each on a day, by the same operations that everybody uses. Does nothing once anybody has handed out anything.
 */
export async function playDemoWork(platform: DemoDeps, today = storyDay): Promise<void> {
  const weeks = Math.floor(daysBetween(storyDay, today) / 7)
  const dayOf: DayOf = (day) => addDays(day, weeks * 7)
  const { db } = platform.database
  const { rows: started } =
    await sql`select from clue where state in ('dispatched', 'verifying') limit 1`.execute(db)
  const cast = await findCast(db)
  if (started.length > 0 || !cast) return
  await visitAsBefore(platform.database, today)
  await handOutClues(platform, cast, dayOf)
  const households = await listDemoHouseholds(db, cast.village.area)
  // One family of the village is left alone: not everybody has a worry.
  for (const [i, household] of households.slice(0, -1).entries()) {
    const story = stories[i]
    if (story) await play(platform, cast, datedBy(story, dayOf), household)
  }
}

async function findCast(db: Db): Promise<Cast | undefined> {
  const { rows } = await sql<Actor & { username: string }>`
    select u.id as user_id, u.name, u.username, a.role, a.area from auth_user u join account a on a.user_id = u.id
    where u.username = any(${Object.values(usernames)})`.execute(db)
  const found = Object.entries(usernames).map(([player, username]) => [
    player,
    rows.find((row) => row.username === username),
  ])
  return found.every(([, actor]) => actor) ? (Object.fromEntries(found) as Cast) : undefined
}

/** Without the newest bills of the county where the guided tour hands one out itself. */
async function handOutClues({ database }: DemoDeps, { clerk }: Cast, dayOf: DayOf) {
  const province = { from: 340_000_000_000, to: 349_999_999_999 }
  const county = areaScope(clerk.area)
  for (const { day: planned, to, places, workingDays } of handOuts) {
    const day = dayOf(planned)
    const { rows } = await sql<{ id: string; own: boolean }>`
      select id, village between ${county.from}::bigint and ${county.to}::bigint as own from (
        select id, village, opened_on, rules, state, row_number() over (order by county, household_id,
          cause) % 10 as place from clue
        where closed_on is null
      ) c where state = 'new' and opened_on <= ${day}::date and place = any(${[...places]}::int[])
        and not ('R01' = any(rules) and opened_on >= date_trunc('year', ${day}::date))`.execute(database.db)
    for (const own of [true, false]) {
      const ids = rows.filter((row) => row.own === own).map(({ id }) => id)
      if (ids.length === 0) continue
      const actor = own
        ? { userId: clerk.userId, area: clerk.area, scope: county }
        : { userId: null, area: province.from, scope: province }
      const audit = own ? auditOf(clerk) : systemAuditor()
      await dispatchClues({ database, clock: clockAt(day), audit }, actor, {
        ...{ ids, to, note: '', dryRun: false, deadlineWorkingDays: workingDays },
      })
    }
  }
}

/** The story on its days. */
function datedBy(story: Story, dayOf: DayOf): Story {
  const { visitedOn, settledOn, pausedOn, steps } = story
  return {
    ...story,
    ...{ reportedOn: dayOf(story.reportedOn), visitBy: dayOf(story.visitBy) },
    ...(visitedOn ? { visitedOn: dayOf(visitedOn) } : {}),
    ...(settledOn ? { settledOn: dayOf(settledOn) } : {}),
    ...(pausedOn ? { pausedOn: dayOf(pausedOn) } : {}),
    ...(steps ? { steps: steps.map(([day, who, step]) => [dayOf(day), who, step] as const) } : {}),
  }
}

const auditOf = ({ userId, name, role, area }: Actor) => auditorOf({ id: userId, name, role, area })

interface DemoHousehold {
  ref: string
  people: string[]
}

/** Households of a village nobody looks into yet and no account belongs to. */
async function listDemoHouseholds(db: Db, village: number): Promise<DemoHousehold[]> {
  const { rows } = await sql<DemoHousehold>`
    select h.ref, array(select p.ref::text from person p where p.county = h.county and p.household_id = h.id
      and p.left_on is null
      order by p.id limit 1) as people
    from household h where h.village = ${village} and h.closed_on is null and h.risk = 'none'
      and not exists (select from clue c where c.county = h.county and c.household_id = h.id and c.closed_on is null)
      and not exists (select from household_access g where g.county = h.county and g.household_id = h.id
        and g.kind = 'own')
    order by h.id`.execute(db)
  return rows
}

async function play(platform: DemoDeps, cast: Cast, story: Story, household: DemoHousehold) {
  const as = (player: Player, day: string) => {
    const me = cast[player]
    return {
      me,
      scope: areaScope(me.area),
      deps: { ...platform, clock: clockAt(day), audit: auditOf(me), masks: masks[me.role] },
    }
  }
  const { cause, text, reportedOn, visitBy, visitedOn, settledOn, steps = [], pausedOn } = story
  const reporting = as('village', reportedOn)
  const { clue } = await reportHousehold(
    reporting.deps,
    { ...reporting.me, scope: reporting.scope },
    { household: household.ref, cause, text, forHousehold: false, request: crypto.randomUUID() },
  )
  const sending = as('township', reportedOn)
  const visitor = cast[story.visitor]
  await assignVisitor(sending.deps, sending.scope, sending.me, {
    ...{ clues: [clue], visitor: visitor.userId, dueOn: visitBy, reason: '', dryRun: false },
  })
  if (!visitedOn) return
  const visit = await handIn(as(story.visitor, visitedOn), cast, { clue, people: household.people })
  if (!settledOn) return
  const deciding = as('township', settledOn)
  await decideReport(deciding.deps, deciding.scope, deciding.me, {
    id: visit,
    decisions: [{ clue, outcome: 'confirm', reason: null, note: '情况属实', proof: null }],
  })
  const { rows } = await sql<{
    id: string | null
  }>`select case_id as id from clue where id = ${clue}::uuid`.execute(platform.database.db)
  const id = rows[0]?.id
  if (!id) return
  await carryOn(async () => {
    for (const [day, who, step] of steps) {
      const { deps, scope, me } = as(who, day)
      const { signers } = await getCase(deps, scope, me, id)
      await doStep(deps, scope, me, id, inputOf(step, day, signers))
    }
    if (!pausedOn) return
    const { deps, scope, me } = as('township', pausedOn)
    await pauseCase(deps, scope, me, { id, pause: true, reason: '户主在外就医，回来后再办' })
  })
}

/** A comparison may find something that has to be explained first; then the case stands where it is. */
async function carryOn(work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'case-guard') throw error
  }
}

async function handIn(
  {
    deps,
    scope,
    me,
  }: { deps: Parameters<typeof reportVisit>[0]; scope: { from: number; to: number }; me: Actor },
  cast: Cast,
  { clue, people }: { clue: string; people: readonly string[] },
): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select visit_id as id from clue where id = ${clue}::uuid`.execute(deps.database.db)
  const id = rows[0]?.id ?? ''
  const { version } = await getVisit(deps, scope, me, id)
  const second = me.userId === cast.village.userId ? cast.team : cast.village
  const began = deps.clock.now().getTime() - 3_600_000
  await reportVisit(deps, scope, me, {
    ...{ id, version, report: crypto.randomUUID(), secondVisitor: second.name, met: people[0] ?? null },
    ...{ startedAt: new Date(began).toISOString(), endedAt: new Date(began + 1_800_000).toISOString() },
    items: visitItems.map((item) =>
      item === 'spending' || item === 'self-help'
        ? { item, result: 'problem', note: '开支大，自己应付不了' }
        : { item, result: 'good', note: '' },
    ),
    findings: [{ clue, outcome: 'confirm', reason: null, note: '情况属实', proof: null }],
    ...{ incomePerHeadFen: 480_000, rigidSpendingFen: 1_600_000, newRisks: [], remark: '' },
    ...{ position: null, photos: [], signatures: [] },
  })
  return id
}

function inputOf(step: CaseStep, day: string, signers: Case['signers']): StepInput {
  switch (step) {
    case 'authorise':
      return {
        step,
        signatories: signers.map(({ ref }) => ref),
        scopes: ['vehicles', 'housing', 'business'],
        signedOn: day,
      }
    case 'compare':
      return { step }
    case 'review':
      return { step, meetingOn: day, due: 30, present: 26, agreed: 24, minutes: '同意纳入监测。' }
    case 'publicity':
      return { step, from: day, place: '村务公开栏' }
    case 'township-audit':
    case 'county-approval':
      return { step, agree: true, opinion: '情况属实，同意', notKin: true }
    case 'announce':
      return { step, on: day, place: '村务公开栏' }
    default:
      return { step: 'enter', mark: '' }
  }
}

import { sql } from 'kysely'
import type { Cause, Localized } from '#contract/common.ts'
import type { ClueChannel } from '#contract/work/reports.ts'
import { inScope } from '#server/modules/access/index.ts'
import { addDeadline } from '#server/modules/deadlines/index.ts'
import { type AreaScope, levelOf } from '#server/modules/divisions/index.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { changeClues, noteClues, openClues } from '../writing/clue-writer.ts'

export interface ReportDeps {
  database: Database
  audit: Auditor
  clock: Clock
}

/** Who reports it. */
export interface Reporter {
  userId: string | null
  name: string
  area: number
  scope: AreaScope
}

export interface HouseholdReport {
  household: string
  cause: Cause
  text: string
  forHousehold: boolean
  request: string
}

/**
 * Takes down a worry about a household of the scope: it joins the open clue of that cause, or the confirmed one that is being dealt
 * with, or opens one. The same request twice is one report. Throws `not-found`.
 */
export async function reportHousehold(
  { database, audit, clock }: ReportDeps,
  me: Reporter,
  { household, cause, text, forHousehold, request }: HouseholdReport,
): Promise<{ clue: string; appended: boolean }> {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql<ReportedHousehold>`
      select h.county, h.id, h.village, h.head_name, h.head_pinyin from household h
      where h.ref = ${household}::uuid and h.closed_on is null
        and ${inScope(me.scope, { village: 'h.village', county: 'h.county', household: 'h.id' })} for update`.execute(
      db,
    )
    const [found] = rows
    if (!found) throw new AppError('not-found', { what: 'household' })
    const level = levelOf(me.area)
    const cadre: ClueChannel = level === 'province' || level === 'city' ? 'transfer' : 'cadre'
    const channel = forHousehold ? 'self' : cadre
    const result = await addReport(db, found, {
      ...{ channel, cause, request },
      text: maskNumbers(text),
      by: me,
      now: clock.now(),
      today: clock.today(),
    })
    const { isAgain, ...answer } = result
    // Written down when it first came.
    if (isAgain) audit.nothing()
    else
      await audit.record(db, {
        action: 'clues.report',
        object: { kind: 'clue', ref: answer.clue },
        household,
        after: { channel, cause },
      })
    return answer
  })
}

export interface ReportedHousehold {
  county: number
  id: number
  village: number
  headName: string
  headPinyin: string
}

export interface NewReport {
  channel: ClueChannel
  cause: Cause
  text: string
  by: { userId: string | null; name: string }
  request: string
  now: Date
  today: string
}

/** Inside a transaction that has locked the household. */
export async function addReport(
  db: Db,
  household: ReportedHousehold,
  report: NewReport,
): Promise<{ clue: string; appended: boolean; isAgain: boolean }> {
  const { county, id, village } = household
  const { rows: known } = await sql<{ clueId: string }>`
    select clue_id from clue_report where county = ${county} and request = ${report.request}::uuid`.execute(
    db,
  )
  if (known[0]) return { clue: known[0].clueId, appended: true, isAgain: true }
  const open = await findClueToJoin(db, household, report.cause)
  const clue = open ?? (await openClue(db, household, report))
  await sql`
    insert into clue_report (county, household_id, village, clue_id, channel, at, by_user, by_name, text, request)
    values (${county}, ${id}, ${village}, ${clue}::uuid, ${report.channel}, ${report.now}, ${report.by.userId},
      ${report.by.name}, ${report.text},
      ${report.request}::uuid)`.execute(db)
  if (open)
    await changeClues(db, {
      set: { reports: sql`c.reports + 1`, lastSignalOn: sql`${report.today}::date` },
      where: sql`c.county = ${county} and c.id = ${clue}::uuid`,
    })
  await noteClues(
    db,
    { at: report.now, by: report.by.userId },
    sql`select ${county}::int, ${clue}::uuid, 'reported',
      jsonb_build_object('channel', ${report.channel}::text, 'text', ${report.text}::text)`,
  )
  return { clue, appended: open !== undefined, isAgain: false }
}

/** The open clue of a cause, or the confirmed one whose case runs or whose risk is open. */
async function findClueToJoin(
  db: Db,
  { county, id }: ReportedHousehold,
  cause: Cause,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from clue c join household h on h.county = c.county and h.id = c.household_id
    where c.county = ${county} and c.household_id = ${id} and c.cause = ${cause}
      and (c.closed_on is null or c.state = 'confirmed' and (h.risk = 'open' or exists (
        select from case_file f where f.county = c.county and f.household_id = c.household_id and f.state = 'running')))
    order by c.closed_on is not null, c.closed_on desc limit 1`.execute(db)
  return rows[0]?.id
}

const openings: Record<ClueChannel, Localized> = {
  rule: { zh: '', en: '' },
  self: { zh: '家自己申报：', en: "'s family reported itself: " },
  cadre: { zh: '家，干部排查发现：', en: "'s family, found by a cadre: " },
  petition: { zh: '家来电反映：', en: "'s family called the hotline: " },
  transfer: { zh: '家，上级转办：', en: "'s family, passed on from above: " },
}

async function openClue(
  db: Db,
  { county, id, village, headName, headPinyin }: ReportedHousehold,
  { channel, cause, text, now, today }: NewReport,
): Promise<string> {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const why = {
    zh: `${headName}${openings[channel].zh}${short}`,
    en: `${headName}${openings[channel].en}${short}`,
  }
  const dispatchDueOn = addDeadline(today, county, 'dispatchLimit')
  const [clue] = await openClues(db, {
    values: {
      county: sql`${county}`,
      householdId: sql`${id}`,
      village: sql`${village}`,
      sortName: sql`${`${headPinyin} ${headName}`}`,
      cause: sql`${cause}`,
      level: sql`'yellow'`,
      signalLevel: sql`'yellow'`,
      rules: sql`'{}'`,
      signals: sql`0`,
      reports: sql`1`,
      why: sql`${JSON.stringify(why)}::jsonb`,
      state: sql`'new'`,
      openedOn: sql`${today}::date`,
      lastSignalOn: sql`${today}::date`,
      channel: sql`${channel}`,
      dispatchDueOn: sql`${dispatchDueOn}::date`,
    },
    from: sql`(values (1)) one`,
    event: { kind: sql`'opened'`, at: now, details: sql`'{"level": "yellow", "rules": ""}'::jsonb` },
  })
  return clue?.id ?? ''
}

import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { changeRows } from '#server/platform/projections/change.ts'
import { type HouseholdFollower, makeDue } from '#server/platform/projections/due.ts'
import { clueProjections, clueSpans } from './tallies.ts'

/** Columns of `clue` that a change may set; `level_rank` follows `level` by itself. */
type ClueColumn =
  | 'county'
  | 'id'
  | 'householdId'
  | 'village'
  | 'cause'
  | 'level'
  | 'signalLevel'
  | 'rules'
  | 'signals'
  | 'strongestSignal'
  | 'why'
  | 'state'
  | 'openedOn'
  | 'lastSignalOn'
  | 'closedOn'
  | 'sortName'
  | 'channel'
  | 'reports'
  | 'assignee'
  | 'dueOn'
  | 'dispatchedAt'
  | 'dispatchedBy'
  | 'dispatchNote'
  | 'dispatchDueOn'
  | 'visitId'
  | 'caseId'
  | 'outcomeReason'
  | 'outcomeNote'
  | 'outcomeProof'
  | 'decidedBy'
/** What columns become: over `c`, the clue, and what the change is made from. */
export type ClueValues = Readonly<Partial<Record<ClueColumn, RawBuilder<unknown>>>>

export interface ClueKey {
  county: number
  id: string
  householdId: number
}

/** What the timeline of each changed clue says of it; `kind` and `details` over `old`, `new` and what the change is made from. */
export interface ClueEvent {
  kind: RawBuilder<unknown>
  at: Date
  by?: string | null
  details: RawBuilder<unknown>
}

export interface ClueChange {
  set: ClueValues
  /** Relations beside `clue c`. */
  from?: RawBuilder<unknown>
  where: RawBuilder<unknown>
  event?: ClueEvent
  /** More of every changed clue, over `old`, `new` and `from`. */
  returning?: Returning
}

type Returning = Readonly<Record<string, RawBuilder<unknown>>>

/** What a household's derived rows are made of. */
const spanColumns: readonly ClueColumn[] = ['village', 'openedOn', 'closedOn']
const isMoved = sql`(old.village, old.opened_on, old.closed_on)
  is distinct from (new.village, new.opened_on, new.closed_on)`

/**
 * Changes clues. Answers those that were opened, closed or moved, or all that were changed where more `returning` is wanted. This file
 * alone writes clues and their timelines; what is counted of them follows here.
 */
export async function changeClues<Extra extends object = object>(
  db: Db,
  { set, from, where, event, returning }: ClueChange,
): Promise<(ClueKey & Extra)[]> {
  const columns = Object.keys(set) as ClueColumn[]
  const assignments = columns.map((column) => sql`${sql.ref(column)} = ${set[column]}`)
  const written = columns.map((column) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  return write<Extra>(db, {
    statement: sql`update clue c set ${sql.join(assignments)} ${from ? sql`from ${from}` : sql``} where ${where}`,
    tallies: clueProjections.tallies.filter((tally) =>
      tally.columns.some((column) => written.includes(column)),
    ),
    isMoved: columns.some((column) => spanColumns.includes(column)) ? isMoved : sql`false`,
    event,
    returning,
  })
}

/** Opens clues: `values` of the rows of `from`, a relation with what follows it. Answers them; `returning` is over `new` alone. */
export async function openClues<Extra extends object = object>(
  db: Db,
  {
    values,
    from,
    event,
    returning,
  }: { values: ClueValues; from: RawBuilder<unknown>; event: ClueEvent; returning?: Returning },
): Promise<(ClueKey & Extra)[]> {
  const columns = Object.keys(values) as ClueColumn[]
  return write<Extra>(db, {
    statement: sql`insert into clue (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(columns.map((column) => values[column]))} from ${from}`,
    tallies: clueProjections.tallies,
    isMoved: sql`true`,
    event,
    returning,
  })
}

interface Writing {
  statement: RawBuilder<unknown>
  tallies: typeof clueProjections.tallies
  isMoved: RawBuilder<unknown>
  event: ClueEvent | undefined
  returning: Returning | undefined
}

async function write<Extra extends object>(
  db: Db,
  { statement, tallies, isMoved, event, returning }: Writing,
): Promise<(ClueKey & Extra)[]> {
  const more = Object.entries(returning ?? {})
  const returned = [
    ...[sql`new.county`, sql`new.id`, sql`new.household_id`, sql`new.village`, sql`${isMoved} as is_moved`],
    ...(event ? [sql`${event.kind} as event_kind`, sql`${event.details} as event_details`] : []),
    ...more.map(([name, value]) => sql`${value} as ${sql.ref(name)}`),
  ]
  const answered = ['county', 'id', 'householdId', 'isMoved', ...more.map(([name]) => name)]
  const rows = await changeRows<ClueKey & Extra & { isMoved: boolean }>(db, {
    statement,
    tallies,
    returning: sql.join(returned),
    note:
      event &&
      sql`insert into clue_event (county, household_id, village, clue_id, at, kind, by_user, details)
        select county, household_id, village, id, ${event.at}, event_kind, ${event.by ?? null}, event_details
          from changed order by county, id`,
    answer: sql`select ${sql.join(answered.map((name) => sql.ref(name)))} from changed
      where ${returning ? sql`true` : sql`is_moved`}`,
  })
  const moved = rows.filter((row) => row.isMoved)
  makeDue(db, clueProjections.derived, {
    counties: moved.map(({ county }) => county),
    households: moved.map(({ householdId }) => householdId),
  })
  return rows
}

/** What the registry's spells mean for clues: the days of a household's clues are parted anew. */
export const followSpells: HouseholdFollower = (db, changed) => makeDue(db, [clueSpans], changed)

/** Adds to the timelines of clues what changes nothing else: `rows` selects county, clue, kind and details, in order. */
export async function noteClues(
  db: Db,
  { at, by }: { at: Date | RawBuilder<unknown>; by?: string | null | undefined },
  rows: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    insert into clue_event (county, household_id, village, clue_id, at, kind, by_user, details)
    select x.county, c.household_id, c.village, x.clue, ${at}, x.kind, ${by ?? null}, x.details
    from (select x.*, row_number() over () as n from (${rows}) x (county, clue, kind, details)) x
    join clue c on c.county = x.county and c.id = x.clue order by x.n`.execute(db)
}

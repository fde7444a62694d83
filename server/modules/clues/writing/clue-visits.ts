import { sql } from 'kysely'
import type { ClueFinding } from '#contract/work/visits.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changeClues } from './clue-writer.ts'

/** Who acts on clues, and when. */
export interface ClueActor {
  by: string
  at: Date
}

interface AssignedClue {
  county: number
  id: string
  householdId: number
}

/** The clues go to the visits that were planned for their households; nobody's become their village's. */
export async function assignClues(
  db: Db,
  clues: readonly AssignedClue[],
  visits: readonly (AssignedClue & { dueOn: string })[],
  { by, at }: ClueActor,
): Promise<void> {
  const visitOf = new Map(visits.map((visit) => [visit.householdId, visit]))
  const rows = clues.flatMap(({ county, id, householdId }) => {
    const visit = visitOf.get(householdId)
    return visit ? [{ county, clue: id, visit: visit.id, due: visit.dueOn }] : []
  })
  await changeClues(db, {
    set: {
      state: sql`'verifying'`,
      visitId: sql`x.visit`,
      dueOn: sql`x.due`,
      assignee: sql`coalesce(c.assignee, c.village)`,
      dispatchedAt: sql`coalesce(c.dispatched_at, ${at})`,
      dispatchedBy: sql`coalesce(c.dispatched_by, ${by})`,
    },
    from: sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) x (county int, clue uuid, visit uuid, due date)`,
    where: sql`c.county = x.county and c.id = x.clue`,
  })
}

interface VisitKey {
  county: number
  id: string
}

/** A visit was called off: the clues it would have looked into lie with their places again. */
export async function releaseClues(
  db: Db,
  { county, id }: VisitKey,
  { by, at, reason }: ClueActor & { reason: string },
): Promise<void> {
  await changeClues(db, {
    set: { state: sql`'dispatched'`, visitId: sql`null` },
    where: sql`c.county = ${county} and c.visit_id = ${id}::uuid and c.state = 'verifying'`,
    event: {
      ...{ kind: sql`'again'`, at, by },
      details: sql`jsonb_build_object('reason', ${reason}::text, 'dueOn', new.due_on::text)`,
    },
  })
}

/** Another last day for the clues of a visit; with a reason where somebody goes again. */
export async function postponeClues(
  db: Db,
  { county, id }: VisitKey,
  { due, again }: { due: string; again?: ClueActor & { reason: string } },
): Promise<void> {
  await changeClues(db, {
    set: { dueOn: sql`${due}::date` },
    where: sql`c.county = ${county} and c.visit_id = ${id}::uuid and c.state = 'verifying'`,
    ...(again && {
      event: {
        ...{ kind: sql`'again'`, at: again.at, by: again.by },
        details: sql`jsonb_build_object('reason', ${again.reason}::text, 'dueOn', ${due}::text)`,
      },
    }),
  })
}

export interface DecidedClue extends Pick<ClueFinding, 'clue' | 'reason' | 'note'> {
  state: 'confirmed' | 'excluded' | 'solved'
  proof: unknown
}

/** What was found is decided: the clues end. */
export async function decideClues(
  db: Db,
  county: number,
  decided: readonly DecidedClue[],
  { by, at, today }: ClueActor & { today: string },
): Promise<void> {
  await changeClues(db, {
    set: {
      state: sql`x.state`,
      closedOn: sql`${today}::date`,
      outcomeReason: sql`x.reason`,
      outcomeNote: sql`x.note`,
      outcomeProof: sql`x.proof`,
      decidedBy: sql`${by}`,
    },
    from: sql`jsonb_to_recordset(${JSON.stringify(decided)}::jsonb)
      x (clue uuid, state text, reason text, note text, proof jsonb)`,
    where: sql`c.county = ${county} and c.id = x.clue`,
    event: {
      ...{ kind: sql`x.state`, at, by },
      details: sql`jsonb_strip_nulls(jsonb_build_object('reason', x.reason, 'note', x.note)) || coalesce(x.proof,
        '{}')`,
    },
  })
}

/** The clues belong to a case now. */
export async function linkClues(
  db: Db,
  county: number,
  clues: readonly string[],
  caseId: string | null,
): Promise<void> {
  await changeClues(db, {
    set: { caseId: sql`${caseId}::uuid` },
    where: sql`c.county = ${county} and c.id = any(${[...clues]}::uuid[])`,
  })
}

/** The facts of excluded clues, as they stand: as long as they stay so they open no clue again. */
export async function shieldClues(
  db: Db,
  county: number,
  excluded: readonly string[],
  today: string,
): Promise<void> {
  await sql`
    insert into clue_shield (county, household_id, village, cause, rule, figures, clue_id, since)
    select s.county, s.household_id, c.village, s.cause, s.rule, s.figures, c.id, ${today}::date
    from clue c join signal s on s.county = c.county and s.household_id = c.household_id and s.cause = c.cause
      and s.cleared_on is null
    where c.county = ${county} and c.id = any(${[...excluded]}::uuid[])`.execute(db)
}

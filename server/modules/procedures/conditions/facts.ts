import { listTied } from '#server/modules/access/ties/index.ts'
import type { Actor } from '#server/modules/visits/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import {
  type CaseRecord,
  type EntryRecord,
  type FlagRecord,
  listActors,
  listCaseClues,
  listEntries,
  listFlags,
  listObjections,
  listPeople,
  type ObjectionRecord,
} from '../queries.ts'
import { authorisedScopes } from './authorisation.ts'
import type { CaseFacts } from './rules.ts'

export interface CaseFile {
  record: CaseRecord
  entries: EntryRecord[]
  flags: FlagRecord[]
  objections: ObjectionRecord[]
  clues: Awaited<ReturnType<typeof listCaseClues>>
  people: Awaited<ReturnType<typeof listPeople>>
  scopes: Awaited<ReturnType<typeof authorisedScopes>>
  facts: CaseFacts
}

/** A case with everything its guards and its page look at. */
export async function readCaseFile(db: Db, record: CaseRecord, me: Actor, today: string): Promise<CaseFile> {
  // A step reads it inside its transaction, which is one connection: one question after the other.
  const entries = await listEntries(db, record)
  const flags = await listFlags(db, record)
  const objections = await listObjections(db, record)
  const clues = await listCaseClues(db, record)
  const people = await listPeople(db, record, today)
  const scopes = await authorisedScopes(db, { county: record.county, id: record.householdId })
  const actors = await listActors(db, record)
  const tied = await listTied(db, me.userId)
  const facts: CaseFacts = {
    kind: record.kind,
    step: record.step,
    today,
    actor: { userId: me.userId, name: me.name, role: me.role },
    surnames: new Set(people.map(({ name }) => name.slice(0, 1))),
    actors,
    tied: new Set([...actors].filter((who) => tied.has(who))),
    authorised:
      scopes.length > 0 && entries.some(({ step, result }) => step === 'authorise' && result === 'done'),
    compared: record.comparedAt !== null,
    flags: flags.map(({ explanation, decision }) => ({ explained: explanation !== null, decision })),
    publicityUntil: record.publicityUntil,
    paused: record.pausedOn !== null,
    openObjections: objections.filter(({ outcome }) => outcome === null).length,
  }
  return { record, entries, flags, objections, clues, people, scopes, facts }
}

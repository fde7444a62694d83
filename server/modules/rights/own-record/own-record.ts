import type { z } from 'zod'
import type { Correction, OwnRecord } from '#contract/protection/own-record.ts'
import { readLettersOf } from '#server/modules/contact/index.ts'
import { deadline } from '#server/modules/deadlines/index.ts'
import { getHouseholdPage, readOwnWork } from '#server/modules/dossier/index.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import { getParameter, resolveParameters } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HouseholdScope, RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { type CorrectionViewer, getCorrection, presentAll } from '../corrections/corrections.ts'
import {
  insertCorrection,
  insertStep,
  listCorrectionRecords,
  type NewCorrection,
} from '../corrections/queries.ts'
import { nextOf } from '../words.ts'
import { type AuthorisationChange, changeAuthorisation, listAuthorisations } from './authorisation.ts'
import { findOwnHousehold, listExportLooks, listLooks, listOwnClues, type OwnHousehold } from './queries.ts'

const looksShown = 200
const viewerOf = ({ userId }: Requester): CorrectionViewer => ({ userId, isHousehold: true })

async function getOwn({ database }: RequestDeps, { userId }: Requester): Promise<OwnHousehold> {
  const own = await findOwnHousehold(database.db, userId)
  if (!own) throw new AppError('not-found', { what: 'own-record' })
  return own
}

/**
 * All that is on record about the household of the account, the source of each fact, what is going on and who looked. `deps` sees what
 * is granted to the account alone. Throws `not-found` for an account that has none.
 */
export async function getOwnRecord(
  deps: RequestDeps,
  scope: HouseholdScope,
  me: Requester,
): Promise<z.infer<typeof OwnRecord>> {
  const own = await getOwn(deps, me)
  const { db } = deps.database
  const pack = packOn(deps.clock.today())
  const page = await getHouseholdPage(deps, scope, own.ref)
  const corrections = await listCorrectionRecords(db, scope, { household: own }, { limit: 200, offset: 0 })
  const looks = [
    ...(await listLooks(db, own, me.userId, looksShown)),
    ...(await listExportLooks(deps.work.db, own, looksShown)),
  ]
  deps.audit.describe({ object: { kind: 'household', ref: own.ref }, household: own.ref })
  const { ref, householdNo, headName, village, township, county, phone, members, income } = page
  return {
    ...{ ref, householdNo, headName, village, township, county, phone, members, income },
    // Files hold others' rows too: the household sees their names, and opens none.
    facts: page.facts.map((group) => ({
      ...group,
      facts: group.facts.map((fact) => ({ ...fact, batch: null })),
    })),
    clues: (await listOwnClues(db, own)).map((clue) => {
      const { cause, level, openedOn, state, why } = clue
      return { cause, level, openedOn, state, why, next: nextOf(clue) }
    }),
    work: await readOwnWork(db, own),
    looks: looks.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, looksShown),
    authorisations: await listAuthorisations(db, own, viewerOf(me)),
    authorisationText: pack.authorisation,
    corrections: await presentAll(db, corrections.rows, viewerOf(me), deps.clock.today()),
    contact: { office: township, hotline: pack.hotline },
  }
}

/** The letters to the household where it is now. Throws `not-found` for an account that has none. */
export async function getOwnLetters(deps: RequestDeps, me: Requester) {
  return readLettersOf(deps, await getOwn(deps, me))
}

/**
 * Reports that something is wrong, to be answered within the working days of the policy. Long numbers in the words are masked: the
 * officer reads them from the paper. Throws `not-found`, `bad-request` (no such feed), `deadline-invalid`.
 */
export async function openCorrection(
  deps: RequestDeps,
  scope: HouseholdScope,
  me: Requester,
  { feed, ...words }: Omit<NewCorrection, 'feed'> & { feed?: string | undefined },
): Promise<Correction> {
  const own = await getOwn(deps, me)
  if (feed !== undefined && !findFeed(feed)) throw new AppError('bad-request', { feed })
  const today = deps.clock.today()
  const values = resolveParameters(packOn(today), today, own.county * 1e6)
  const dueOn = deadline(today, getParameter(values, 'correctionLimit'))
  const request = {
    feed: feed ?? null,
    what: maskNumbers(words.what),
    current: maskNumbers(words.current),
    wanted: maskNumbers(words.wanted),
    explanation: maskNumbers(words.explanation),
  }
  const at = deps.clock.now()
  const by = me.userId
  const id = await inTransaction(deps.database, async ({ db }) => {
    const made = await insertCorrection(db, own, request, { by, at, dueOn })
    const key = { county: own.county, id: made }
    await insertStep(db, key, { at, by, kind: 'opened', text: request.explanation })
    await deps.audit.record(db, {
      action: 'ownRecord.correct',
      object: { kind: 'correction', ref: made },
      household: own.ref,
      after: { ...request, dueOn },
    })
    return made
  })
  return getCorrection(deps, scope, viewerOf(me), id)
}

/** Grants or withdraws the household's own consent. Throws `not-found`. */
export async function authoriseOnline(
  deps: RequestDeps,
  me: Requester,
  change: Pick<AuthorisationChange, 'scopes' | 'consent'>,
) {
  const own = await getOwn(deps, me)
  await changeAuthorisation(deps, me, own, {
    ...change,
    action: 'ownRecord.authorise',
    way: 'online',
    note: '',
  })
  return listAuthorisations(deps.database.db, own, viewerOf(me))
}

import { sql } from 'kysely'
import type { Declaration, DeclarationForm, DeclarationReceipt } from '#contract/contact/declarations.ts'
import { dayMs } from '#contract/days.ts'
import { figuresOf, findDeadline } from '#server/modules/deadlines/index.ts'
import { listPath } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { auditorOf } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestOrigin, Services } from '#server/platform/http/rpc.ts'
import { checkDigitOf } from '#server/platform/id-number.ts'
import { enqueueDeclaration, receiptOf } from './take-up.ts'

/** What the page of a village shows; throws `not-found` for a code that is no village. */
export async function getDeclarationForm(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  village: number,
): Promise<DeclarationForm> {
  const path = await listPath(database.db, village)
  const nameOf = (level: string) => path.find((one) => one.level === level)?.name
  const name = nameOf('village')
  if (name === undefined) throw new AppError('not-found', { what: 'village' })
  const { hotline, causes } = packOn(clock.today())
  return {
    ...{ village: name, township: nameOf('township') ?? '', county: nameOf('county') ?? '', hotline },
    causes: causes.map(({ id, plain }) => ({ cause: id, plain })),
  }
}

/**
 * Takes a declaration down, sealed, and answers before anybody has looked whether there is such a household: so neither the
 * answer nor its time can reveal. Throws `not-found` (no such village), `bad-request` (the number is none), `too-many-requests`
 * (more of this ID number in a day than the policy takes, whoever it belongs to).
 */
export async function sendDeclaration(
  { database, vault, clock, jobs }: Pick<Services, 'database' | 'vault' | 'clock' | 'jobs'>,
  origin: RequestOrigin,
  { village, request, ...statement }: Declaration,
): Promise<DeclarationReceipt> {
  const { hotline } = await getDeclarationForm({ database, clock }, village)
  const idNumber = statement.idNumber.toUpperCase()
  if (checkDigitOf(idNumber) !== idNumber.at(-1)) throw new AppError('bad-request', { field: 'idNumber' })
  const county = Math.floor(village / 1e6)
  const today = clock.today()
  const values = figuresOf(today, county)
  const sender = vault.blindIndex(idNumber)
  const sealed = vault.encrypt(JSON.stringify({ ...statement, idNumber }))
  const at = clock.now()
  // A worry is not turned away because the calendar of a year is missing.
  const workingDays = getParameter(values, 'dispatchLimit') + getParameter(values, 'verificationLimit')
  const dueOn = findDeadline(today, workingDays)
  await inTransaction(database, async ({ db }) => {
    await countSender(db, { sender, request, at, most: getParameter(values, 'declarationsPerDay') })
    await sql`
      insert into declaration (county, request, village, at, sender, declared_cipher, due_on)
      values (${county}, ${request}::uuid, ${village}, ${at}, ${sender}::uuid, ${sealed}, ${dueOn}::date)
      on conflict (county, request) do nothing`.execute(db)
    const actor = { id: null, name: 'household', role: 'unknown', area: village, ...origin }
    await auditorOf(actor).record(db, {
      action: 'declarations.send',
      object: { kind: 'declaration', ref: request },
      after: { village },
    })
  })
  await enqueueDeclaration(jobs, { county, request })
  return { receipt: receiptOf(vault, request), dueOn, hotline }
}

/** Refuses one more than a day takes, and forgets whose the older ones were. */
async function countSender(
  db: Db,
  { sender, request, at, most }: { sender: string; request: string; at: Date; most: number },
) {
  const since = new Date(at.getTime() - dayMs)
  await sql`update declaration set sender = null where sender is not null and at < ${since}`.execute(db)
  const { rows } = await sql<{ sent: number }>`
    select count(*) as sent from declaration
    where sender = ${sender}::uuid and request <> ${request}::uuid and at >= ${since}`.execute(db)
  if ((rows[0]?.sent ?? 0) >= most) throw new AppError('too-many-requests', { retryAfterSeconds: 3600 })
}

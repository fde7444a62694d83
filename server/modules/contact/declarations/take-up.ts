import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import { Declaration } from '#contract/contact/declarations.ts'
import { addDays } from '#contract/days.ts'
import { addReport, type ReportedHousehold } from '#server/modules/clues/index.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import { comparableName } from '#server/platform/people/comparable-name.ts'
import type { Platform } from '#server/platform/platform.ts'
import { maskNumbers } from '#server/platform/text.ts'

const queue = 'declarations'
type Deps = Pick<Platform, 'database' | 'vault' | 'clock'>
/** What is kept sealed of a declaration. */
export const Statement = Declaration.omit({ village: true, request: true })

interface Key {
  county: number
  request: string
}

export function enqueueDeclaration(jobs: Pick<Jobs, 'send'>, key: Key): Promise<void> {
  return jobs.send(queue, key)
}

/** Eight digits that belong to the request alone, so that the same one sent again bears the same. */
export function receiptOf(vault: { blindIndex(text: string): string }, request: string): string {
  const digits = Number.parseInt(vault.blindIndex(`receipt/${request}`).slice(0, 8), 16) % 1e8
  return String(digits).padStart(8, '0')
}

/** Works the queue, and what an earlier process left waiting or whose household the register has by now. */
export async function startDeclarations(deps: Deps, jobs: Jobs): Promise<void> {
  await jobs.work(queue, (data) =>
    takeUpDeclaration(deps, { county: Number(data.county), request: String(data.request) }),
  )
  await takeUpWaiting(deps, jobs)
}

/** Queues every declaration that waits; after a night also those whose household has come into the register. */
export async function takeUpWaiting(
  { database }: Pick<Deps, 'database'>,
  jobs: Pick<Jobs, 'send'>,
): Promise<void> {
  const { rows } = await sql<Key>`select county, request from declaration where outcome = 'waiting'`.execute(
    database.db,
  )
  await Promise.all(rows.map((key) => enqueueDeclaration(jobs, key)))
}

/**
 * The night's part, inside its transaction: what was noted as of a household the register lacked waits again once that has the person;
 * what nobody settled in the days of the policy is forgotten.
 */
export async function renewDeclarations(db: Db, today: string): Promise<{ found: number; lapsed: number }> {
  const { rows: counties } = await sql<{ county: number }>`
    select distinct county from declaration where outcome in ('unmatched', 'awaited')`.execute(db)
  const kept = counties.map(({ county }) =>
    addDays(today, -getParameter(figuresOf(today, county), 'declarationKept')),
  )
  const { rows: found } = await sql`
    update declaration d set outcome = 'waiting' from person_index p join household h on h.county = p.county
      and h.id = p.household_id
    where d.outcome = 'awaited' and p.id_index = d.id_index and h.closed_on is null returning 1`.execute(db)
  const { rows: lapsed } = await sql`
    update declaration d set outcome = 'lapsed', declared_cipher = null, id_index = null
    from unnest(${counties.map(({ county }) => county)}::int[], ${kept}::date[]) k (county, since)
    where d.county = k.county and d.outcome in ('unmatched', 'awaited') and d.at < k.since returning 1`.execute(
    db,
  )
  return { found: found.length, lapsed: lapsed.length }
}

/**
 * Looks whose declaration it is and makes it a report of that household; one that fits none stays sealed for the people of its village.
 * One that somebody has vouched for needs no household code. Done twice it does nothing more.
 */
export async function takeUpDeclaration(
  { database, vault, clock }: Deps,
  { county, request }: Key,
): Promise<void> {
  await inTransaction(database, async ({ db }) => {
    const { rows } = await sql<{ village: number; declaredCipher: Buffer; vouched: boolean }>`
      select village, declared_cipher, decided_by is not null as vouched from declaration
      where county = ${county} and request = ${request}::uuid and outcome = 'waiting' for update`.execute(db)
    const [waiting] = rows
    if (!waiting) return
    const statement = Statement.parse(JSON.parse(vault.decrypt(waiting.declaredCipher)))
    const found = await findDeclared(db, vault.blindIndex(statement.idNumber))
    const why = whyNot(statement, found, waiting.vouched || (found && vault.householdCode(found.ref)))
    const joined =
      found && why === null
        ? await addReport(db, found, {
            ...{ channel: 'self', cause: statement.cause, text: wordsOf(statement, clock.today()), request },
            by: { userId: null, name: `${statement.name} ${receiptOf(vault, request)}` },
            ...{ now: clock.now(), today: clock.today() },
          })
        : undefined
    await sql`update declaration set outcome = ${joined ? 'joined' : 'unmatched'}, why = ${why}, id_index = null,
        declared_cipher = case when ${!joined} then declared_cipher end
      where county = ${county} and request = ${request}::uuid`.execute(db)
    await systemAuditor().record(db, {
      action: 'declarations.takeUp',
      object: joined ? { kind: 'clue', ref: joined.clue } : { kind: 'declaration', ref: request },
      after: joined
        ? { channel: 'self', cause: statement.cause }
        : { village: waiting.village, outcome: 'unmatched' },
    })
  })
}

/** What the household said: in its own words, or else what stood beside the cause it chose. */
function wordsOf({ cause, text }: { cause: Cause; text: string }, today: string): string {
  return text === ''
    ? (packOn(today).causes.find(({ id }) => id === cause)?.plain.zh ?? '')
    : maskNumbers(text)
}

type Declared = ReportedHousehold & { ref: string; member: string }

/** What does not fit; null where it does. `code` is the one of the household, or true where somebody vouched. */
function whyNot(
  statement: { name: string; code: string },
  found: Declared | undefined,
  code: string | true | undefined,
) {
  if (!found) return 'number'
  if (code === true) return null
  if (comparableName(found.member) !== comparableName(statement.name)) return 'name'
  return statement.code === code ? null : 'code'
}

async function findDeclared(db: Db, idIndex: string): Promise<Declared | undefined> {
  const { rows } = await sql<Declared>`
    select h.county, h.id, h.ref, h.village, h.head_name, h.head_pinyin, p.name as member
    from person_index p join household h on h.county = p.county and h.id = p.household_id
    where p.id_index = ${idIndex}::uuid and h.closed_on is null for update of h`.execute(db)
  return rows[0]
}

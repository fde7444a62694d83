import { sql } from 'kysely'
import { Declaration } from '#contract/declarations.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Platform } from '#server/platform/platform.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { addReport, type ReportedHousehold } from '../reports.ts'

const queue = 'declarations'
type Deps = Pick<Platform, 'database' | 'vault' | 'clock'>
const Said = Declaration.omit({ village: true, request: true })

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

/** Works the queue, and takes up what an earlier process left waiting. */
export async function startDeclarations(deps: Deps, jobs: Jobs): Promise<void> {
  await jobs.work(queue, (data) =>
    takeUpDeclaration(deps, { county: Number(data.county), request: String(data.request) }),
  )
  const { rows } = await sql<Key>`select county, request from declaration where outcome = 'waiting'`.execute(
    deps.database.db,
  )
  await Promise.all(rows.map((key) => enqueueDeclaration(jobs, key)))
}

/**
 * Looks whose declaration it is and makes it a report of that household; one that fits none leaves a mark without anybody's
 * data. Done twice it does nothing more.
 */
export async function takeUpDeclaration(
  { database, vault, clock }: Deps,
  { county, request }: Key,
): Promise<void> {
  await inTransaction(database, async ({ db }) => {
    const { rows } = await sql<{ village: number; declaredCipher: Buffer }>`
      select village, declared_cipher from declaration
      where county = ${county} and request = ${request}::uuid and outcome = 'waiting' for update`.execute(db)
    const [waiting] = rows
    if (!waiting) return
    const said = Said.parse(JSON.parse(vault.decrypt(waiting.declaredCipher)))
    const found = await findDeclared(db, { idIndex: vault.blindIndex(said.idNumber), name: said.name })
    const household = found && vault.householdCode(found.ref) === said.code ? found : undefined
    const joined =
      household &&
      (await addReport(db, household, {
        ...{ channel: 'self', cause: said.cause, text: maskNumbers(said.text), request },
        by: { userId: null, name: `${said.name} ${receiptOf(vault, request)}` },
        ...{ now: clock.now(), today: clock.today() },
      }))
    await sql`update declaration set outcome = ${joined ? 'joined' : 'unmatched'}, declared_cipher = null
      where county = ${county} and request = ${request}::uuid`.execute(db)
    await systemAuditor().record(db, {
      action: 'declarations.takeUp',
      object: joined ? { kind: 'clue', ref: joined.clue } : { kind: 'declaration', ref: request },
      after: joined
        ? { channel: 'self', cause: said.cause }
        : { village: waiting.village, outcome: 'unmatched' },
    })
  })
}

async function findDeclared(
  db: Db,
  { idIndex, name }: { idIndex: string; name: string },
): Promise<(ReportedHousehold & { ref: string }) | undefined> {
  const { rows } = await sql<ReportedHousehold & { ref: string }>`
    select h.county, h.id, h.ref, h.village, h.head_name, h.head_pinyin
    from person_index p join household h on h.county = p.county and h.id = p.household_id
    where p.id_index = ${idIndex}::uuid and p.name = ${name} and h.closed_on is null for update of h`.execute(
    db,
  )
  return rows[0]
}

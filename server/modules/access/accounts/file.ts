import { sql } from 'kysely'
import type { AccountFileResult, HalfCode } from '#contract/access/accounts.ts'
import type { TableFile } from '#server/platform/files/table-file.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import type { AccountDeps, Manager } from './deps.ts'
import { checkRows, columnOf, namedIn } from './file-rows.ts'
import { findTaken } from './operations.ts'
import { requestAccounts } from './requests/request.ts'

/**
 * `PUT /accounts/file`: checks every row and requests the accounts, all or none unless the bad ones are to be skipped. Rows made by
 * somebody else between check and making end it with `username-taken`, and nothing is made.
 */
export const accountFileStream: StreamHandler = async ({ deps, me, query, body }) => {
  const file = await deps.readTable(
    { name: query.name ?? '', body },
    { isKnown: (header) => columnOf(header) !== undefined, maxRows: deps.identity.limits.accountFileRows },
  )
  const options = { dryRun: query.dryRun === 'true', skipBad: query.skipBad === 'true' }
  return { type: 'application/json', body: JSON.stringify(await takeAccountFile(deps, me, file, options)) }
}

export async function takeAccountFile(
  deps: AccountDeps,
  me: Manager,
  file: TableFile,
  { dryRun, skipBad }: { dryRun: boolean; skipBad: boolean },
): Promise<AccountFileResult> {
  const { usernames, areas } = namedIn(file)
  const { db } = deps.roles.auth
  const { rows: found } = await sql<{ code: number }>`
    select code from division where code = any(${areas}::bigint[])`.execute(db)
  const checked = checkRows(file, me, {
    usernames: new Set(await findTaken(db, usernames)),
    areas: new Set(found.map(({ code }) => code)),
  })
  const good = checked.flatMap(({ wanted }) => wanted ?? [])
  const problems = checked.flatMap((row) => row.problems)
  const makes = !dryRun && good.length > 0 && (problems.length === 0 || skipBad)
  let requested: HalfCode[] = []
  if (makes) requested = await requestAccounts(deps, me, good)
  else deps.audit.nothing()
  return { dryRun, rows: checked.length, good: good.length, problems, requested }
}

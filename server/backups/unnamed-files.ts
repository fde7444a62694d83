import { stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Module } from '#server/manifest/module.ts'
import type { Db } from '#server/platform/database/db.ts'
import { listStoredFiles, sealedPath } from '#server/platform/files/file-keys.ts'
import { abandonedMs, removeStoredFile } from '#server/platform/files/file-store.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Platform } from '#server/platform/platform.ts'
import { modules } from '../modules.ts'

/** Received files that rows of any module name, as a query of `ref` and `sm3`. */
export const storedFiles = sql.join(
  (modules as readonly Module[]).flatMap(({ storedFiles: named }) => named ?? []),
  sql` union all `,
)

const perPage = 500
const queue = 'unnamed-files'

/**
 * Takes away files that no row names: of rows that were never committed, or erased since. A file is kept before its row, so one that
 * is younger than `olderThanMs` may be on its way. Answers how many there were.
 */
export async function removeUnnamed(db: Db, folder: string, olderThanMs = 0): Promise<number> {
  let removed = 0
  let page: string[] = []
  const take = async () => {
    const { rows } = await sql<{ ref: string }>`
      select ref from unnest(${page}::text[]) p (ref) where not exists (
        select from (${storedFiles}) f where f.ref = p.ref)`.execute(db)
    for (const { ref } of rows) await removeStoredFile(folder, ref)
    removed += rows.length
    page = []
  }
  for await (const ref of listStoredFiles(folder)) {
    if (olderThanMs > 0 && !(await isOlder(sealedPath(folder, ref), olderThanMs))) continue
    page.push(ref)
    if (page.length === perPage) await take()
  }
  if (page.length > 0) await take()
  return removed
}

async function isOlder(file: string, ms: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found !== undefined && found.mtimeMs <= Date.now() - ms
}

/** What killed processes kept and never named goes after the start, and once a night. */
export async function startRemovingUnnamed(
  { database, fileDirectory, log }: Platform,
  jobs: Jobs,
): Promise<void> {
  await jobs.work(queue, async () => {
    const removed = await removeUnnamed(database.db, fileDirectory, abandonedMs)
    if (removed > 0) log.warn({ removed }, 'files that no row names')
  })
  await jobs.daily(queue, '40 3 * * *')
  await jobs.send(queue, {})
}

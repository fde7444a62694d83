import { sql } from 'kysely'
import { inSession } from '#server/platform/database/db.ts'
import { clearUnfinishedFiles } from '#server/platform/files/file-store.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { FeedsDeps } from '../deps.ts'
import { fileWorkHere } from './file-work.ts'
import { unfinished } from './intake.ts'
import { dropOrphans } from './tables.ts'

const queue = 'intake'

/** Queues a batch for the worker. */
export function enqueueBatch(jobs: Jobs, batchId: number): Promise<void> {
  return jobs.send(queue, { batchId })
}

/** Works the queue and takes up the batches that an earlier process left on their way. */
export async function startIntake(deps: FeedsDeps, jobs: Jobs): Promise<void> {
  await clearUnfinishedFiles(deps.fileDirectory)
  await inSession(deps.database, ({ client }) => dropOrphans(client))
  const work = deps.fileWork ?? fileWorkHere(deps)
  await jobs.work(queue, async (data) => {
    await work.process(Number(data.batchId))
  })
  for (const batchId of await listUnfinished(deps)) await enqueueBatch(jobs, batchId)
}

/** Batches on their way, oldest first. */
export async function listUnfinished({ database }: Pick<FeedsDeps, 'database'>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from batch where state = any(${[...unfinished]}::text[]) order by id`.execute(database.db)
  return rows.map(({ id }) => id)
}

import { type RawBuilder, sql } from 'kysely'
import type { Due, RetentionPart } from '#server/manifest/retention.ts'
import type { Db } from '#server/platform/database/db.ts'
import { removeStoredFile } from '#server/platform/files/file-store.ts'
import { unfinished } from './pipeline/intake.ts'

/** A reference the file store gave out; batches of the first days name none. */
const isStored = (column: string) => sql`${sql.ref(column)} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`

async function countDue(db: Db, from: RawBuilder<unknown>): Promise<Due> {
  const { rows } = await sql<Due>`select count(*) as due, min(at) as oldest from (${from}) d`.execute(db)
  return rows[0] ?? { due: 0, oldest: null }
}

const neverImported = (before: Date) => sql`
  select u.ref::text as ref, u.received_at as at from upload u
  where u.received_at < ${before} and not exists (select from batch b where b.file_ref = u.ref::text)`

export const uploadRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countDue(db, neverImported(before)),
  async take({ db }, { fileDirectory }, before, limit) {
    const { rows } = await sql<{ ref: string; at: string }>`
      ${neverImported(before)} order by u.received_at, u.ref limit ${limit} for update of u`.execute(db)
    const refs = rows.map(({ ref }) => ref)
    for (const ref of refs) await removeStoredFile(fileDirectory, ref)
    await sql`delete from upload where ref = any(${refs}::uuid[])`.execute(db)
    return refs.length
  },
}

/** Files of which every batch has ended, since the last of them was received. A batch on its way may have to be read again. */
const finishedFiles = (before: Date) => sql`
  select b.file_ref as ref, max(b.received_at) as at from batch b
  where b.file_erased_at is null and ${isStored('b.file_ref')}
  group by b.file_ref
  having max(b.received_at) < ${before} and not bool_or(b.state = any(${[...unfinished, 'held']}::text[]))`

export const fileRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countDue(db, finishedFiles(before)),
  async take({ db }, { fileDirectory }, before, limit) {
    const { rows } = await sql<{
      ref: string
      at: string
    }>`${finishedFiles(before)} order by at, ref limit ${limit}`.execute(db)
    const refs = rows.map(({ ref }) => ref)
    for (const ref of refs) await removeStoredFile(fileDirectory, ref)
    await sql`update batch set file_erased_at = now() where file_ref = any(${refs}::text[])`.execute(db)
    // No other sheet of it can be imported any more.
    await sql`delete from upload where ref = any(${refs}::uuid[])`.execute(db)
    return refs.length
  },
}

/** Files that are kept: of batches, and those sent and not imported yet. */
export const receivedFiles = sql`
  select b.file_ref as ref, b.file_sm3 as sm3 from batch b where b.file_erased_at is null and ${isStored('b.file_ref')}
  union select u.ref::text, u.file_sm3 from upload u`

const rejectedCells = (before: Date) => sql`
  select r.batch_id, r.row_no, b.received_at as at from batch b join batch_reject r on r.batch_id = b.id
  where b.received_at < ${before} and r.row_cipher is not null`

export const rejectRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countDue(db, rejectedCells(before)),
  async take({ db }, _files, before, limit) {
    const { numAffectedRows } = await sql`
      update batch_reject r set row_cipher = null
      from (${rejectedCells(before)} order by r.batch_id, r.row_no limit ${limit}) d
      where r.batch_id = d.batch_id and r.row_no = d.row_no and r.row_cipher is not null`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
}

/** Rows nobody has decided yet are needed to decide them, however old. */
const decidedCells = (before: Date) => sql`
  select v.batch_id, v.row_no, v.decided_at as at from batch_review v
  where v.decision is not null and v.decided_at < ${before} and v.row_cipher is not null`

export const reviewRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countDue(db, decidedCells(before)),
  async take({ db }, _files, before, limit) {
    const { numAffectedRows } = await sql`
      update batch_review v set row_cipher = null
      from (${decidedCells(before)} order by v.batch_id, v.row_no limit ${limit}) d
      where v.batch_id = d.batch_id and v.row_no = d.row_no and v.row_cipher is not null`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
}

import { sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'

import type { FileUnit, UnitProblem } from '#server/modules/feeds/units/index.ts'
import type { FileEncoding, OtherSheet, SheetLayout } from '#server/modules/readers/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { FileBasis } from '../figures/file-basis.ts'
import { type BatchState, unfinished } from '../pipeline/intake.ts'

export interface KeptSheet {
  name: string
  hidden: boolean
  mergesRows: boolean
  headerRow: number
  headers: string[]
  rowEstimate: number
  /** What it says of the unit of its amounts, or why they cannot be taken. */
  unit: FileUnit | null
  unitProblem: UnitProblem | null
  /** What its titles say that the amounts are of. */
  basis?: FileBasis | null
  /** Whether figures stand in the column, by position. */
  numeric: boolean[]
}

export interface UploadRow {
  ref: string
  fileName: string
  fileSize: number
  fileSm3: string
  format: string
  encoding: FileEncoding | null
  sheets: KeptSheet[]
  others: OtherSheet[]
  receivedBy: string | null
}

export async function findUpload(db: Db, ref: string): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select ref, file_name, file_size, file_sm3, format, encoding, sheets, others, received_by
    from upload where ref::text = ${ref}`.execute(db)
  return rows[0]
}

/** The newest batch of the very same bytes that the account may see. */
export async function findSameFile(
  db: Db,
  { scope, department }: { scope: AreaScope; department: string | null },
  sm3: string,
) {
  const { rows } = await sql<{ batch: string; receivedAt: string; state: string }>`
    select ref as batch, received_at, state from batch
    where file_sm3 = ${sm3} and area between ${scope.from}::bigint and ${scope.to}::bigint
      and (${department}::text is null or department = ${department})
    order by id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Feed → mapping saved for these headers. */
export async function findSavedMappings(db: Db, headerSm3: string) {
  const { rows } = await sql<{ feed: string; mapping: Record<string, string> }>`
    select feed, mapping from feed_mapping where header_sm3 = ${headerSm3}`.execute(db)
  return new Map(rows.map(({ feed, mapping }) => [feed, mapping]))
}

export interface SameBatch {
  feed: string
  fileSm3: string
  sheet: string | null
  mapping: Record<string, string>
  area: number
  periodTo: string | null
  /** The day on which it comes: where it names no period, that of its word. */
  asOf: string
}

/**
 * The batch that brought the same sheet of the same file, read in the same way for the same area, unless a correction took
 * its place since, other files of its kind came, which may have changed what it said, or the registry changed: then its rows may find
 * people they did not find before. Without a period a file of another day is a newer word.
 */
export async function findMergedTwin(db: Db, twin: SameBatch): Promise<{ id: number } | undefined> {
  const { rows } = await sql<{ id: number }>`
    select b.id from batch b
    where b.feed = ${twin.feed} and b.file_sm3 = ${twin.fileSm3} and b.state in ('merged', 'unchanged')
      and b.sheet is not distinct from ${twin.sheet} and b.mapping = ${JSON.stringify(twin.mapping)}::jsonb
      and (b.period_to is not null or b.as_of = ${twin.asOf}::date)
      and b.area = ${twin.area} and b.period_to is not distinct from ${twin.periodTo}::date
      and not exists (select from batch c where c.id > b.id and c.state = 'merged'
        and c.feed in ('household', 'member', b.feed))
    order by b.id desc limit 1`.execute(db)
  return rows[0]
}

/** Until the transaction ends nobody else makes a batch of the same bytes: a request sent twice finds what the first made. */
export async function lockFile(db: Db, sm3: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(71024, hashtext(${sm3}))`.execute(db)
}

export interface SentBatch extends Omit<SameBatch, 'asOf'> {
  fileRef: string
  layouts: SheetLayout[] | null
  leftOut: readonly string[]
  corrects: number | null
  by: string | null
}

/**
 * The batch that the same account made of the same bytes, to be read in the same way: while it is on its way or held, and for the very
 * upload also once it is done. What failed or was refused may be sent again.
 */
export async function findSentBefore(db: Db, sent: SentBatch) {
  const { rows } = await sql<{ id: number; ref: string; state: BatchState }>`
    select id, ref, state from batch
    where feed = ${sent.feed} and file_sm3 = ${sent.fileSm3} and received_by is not distinct from ${sent.by}
      and (state = any(${[...unfinished, 'held']}::text[])
        or (file_ref = ${sent.fileRef} and state in ('merged', 'unchanged')))
      and sheet is not distinct from ${sent.sheet}
      and layouts is not distinct from ${sent.layouts && JSON.stringify(sent.layouts)}::jsonb
      and mapping = ${JSON.stringify(sent.mapping)}::jsonb and left_out = ${[...sent.leftOut]}::text[]
      and area = ${sent.area} and period_to is not distinct from ${sent.periodTo}::date
      and corrects is not distinct from ${sent.corrects}::bigint
    order by id desc limit 1`.execute(db)
  return rows[0]
}

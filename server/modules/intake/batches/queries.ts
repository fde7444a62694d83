import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { FileUnit } from '#server/modules/feeds/units/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Figures } from '../figures/known-figures.ts'
import type { Asides } from '../figures/row-figures.ts'
import type { HoldReason } from '../pipeline/hold.ts'
import type { BatchState } from '../pipeline/intake.ts'

/** Which batches an account may see: those whose area lies in its own; a department only what it sent itself. */
export interface BatchScope {
  scope: AreaScope
  department: string | null
}

export interface BatchFilter {
  feed?: string | undefined
  state?: readonly BatchState[] | undefined
}

export interface BatchRow {
  id: number
  ref: string
  feed: string
  department: string
  area: { code: number; name: string; level: string }
  fileName: string
  fileSize: number
  sheet: string | null
  sheets: string[] | null
  leftSheets: string[]
  hiddenRows: number | null
  headers: string[]
  mapping: Record<string, string>
  state: BatchState
  receivedAt: string
  receivedBy: string | null
  /** Account that sent it. */
  senderId: string | null
  asOf: string
  mergedAt: string | null
  progressStage: string | null
  progressRows: number
  progressShare: number
  stageTimes: Record<string, number>
  totalRows: number | null
  rejectedRows: number | null
  duplicateRows: number | null
  exactRows: number | null
  idOnlyRows: number | null
  nameBirthRows: number | null
  unmatchedRows: number | null
  insertedRows: number | null
  supersededRows: number | null
  unchangedRows: number | null
  lateRows: number | null
  touchedHouseholds: number | null
  newSignals: number | null
  newClues: number | null
  holdReasons: HoldReason[] | null
  unit: FileUnit | null
  figures: Figures | null
  /** What was known before this batch. */
  knownFigures: Record<string, { median: number | null }> | null
  asides: Asides | null
  decidedBy: string | null
  decidedAt: string | null
  decisionReason: string | null
  error: { code: string; details: Record<string, unknown> } | null
  openReviews: number
  /** Rows of refunds whose bill is not known: all of them, and the first few. */
  waitingRefunds: number
  waitingRows: number[]
}

function visible({ scope, department }: BatchScope): RawBuilder<unknown> {
  return sql`b.area between ${scope.from}::bigint and ${scope.to}::bigint
    and (${department}::text is null or b.department = ${department})`
}

function conditions(scope: BatchScope, { feed, state }: BatchFilter): RawBuilder<unknown> {
  const all = [visible(scope)]
  if (feed !== undefined) all.push(sql`b.feed = ${feed}`)
  if (state !== undefined && state.length > 0) all.push(sql`b.state = any(${[...state]}::text[])`)
  return sql.join(all, sql` and `)
}

const columns = sql`
  b.id, b.ref, b.feed, b.department, b.file_name, b.file_size, b.sheet, b.left_sheets, b.hidden_rows,
  b.headers, b.mapping, b.state, b.received_at,
  b.as_of,
  b.merged_at, b.progress_stage, b.progress_rows, b.progress_share, b.stage_times, b.total_rows, b.rejected_rows,
  b.duplicate_rows, b.exact_rows, b.id_only_rows, b.name_birth_rows, b.unmatched_rows, b.inserted_rows,
  b.superseded_rows,
  b.unchanged_rows, b.late_rows, b.touched_households, b.new_signals, b.new_clues, b.hold_reasons, b.unit, b.figures,
  b.known_figures, b.asides, b.decided_at, b.decision_reason,
  b.error,
  (select array_agg(l.sheet ->> 'name' order by l.k) from jsonb_array_elements(b.layouts) with ordinality l (sheet, k))
    as sheets,
  jsonb_build_object('code', d.code, 'name', d.name, 'level', d.level) as area,
  sender.name as received_by, b.received_by as sender_id, decider.name as decided_by,
  (select count(*) from batch_review r where r.batch_id = b.id and r.decision is null) as open_reviews,
  (select count(*) from waiting_refund w where w.batch_id = b.id) as waiting_refunds,
  array(select w.row_no from waiting_refund w where w.batch_id = b.id order by w.row_no limit 20) as waiting_rows`

const joins = sql`
  join division d on d.code = b.area
  left join auth_user sender on sender.id = b.received_by
  left join auth_user decider on decider.id = b.decided_by`

/** Newest first. */
export async function listBatches(
  db: Db,
  scope: BatchScope,
  filter: BatchFilter,
  page: { limit: number; offset: number },
): Promise<{ total: number; rows: BatchRow[] }> {
  const where = conditions(scope, filter)
  const counted = await sql<{ total: number }>`select count(*) as total from batch b where ${where}`.execute(
    db,
  )
  const { rows } = await sql<BatchRow>`
    select ${columns}
    from (select * from batch b where ${where} order by b.id desc limit ${page.limit} offset ${page.offset}) b ${joins}
    order by b.id desc`.execute(db)
  return { total: counted.rows[0]?.total ?? 0, rows }
}

export async function findBatch(db: Db, scope: BatchScope, ref: string): Promise<BatchRow | undefined> {
  const { rows } = await sql<BatchRow>`
    select ${columns} from batch b ${joins} where b.ref = ${ref}::uuid and ${visible(scope)}`.execute(db)
  return rows[0]
}

export interface RejectRow {
  rowNo: number
  reasons: { code: string; key: string; detail?: string }[]
  /** Null once its time was over. */
  rowCipher: Buffer | null
}

/** Rejected rows after a row number, in the order of the file. */
export async function listRejectRows(
  db: Db,
  batchId: number,
  page: { limit: number; offset?: number; after?: number },
): Promise<RejectRow[]> {
  const { rows } = await sql<RejectRow>`
    select row_no, reasons, row_cipher from batch_reject where batch_id = ${batchId} and row_no > ${page.after ?? 0}
    order by row_no limit ${page.limit} offset ${page.offset ?? 0}`.execute(db)
  return rows
}

export async function countRejects(db: Db, batchId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from batch_reject where batch_id = ${batchId}`.execute(db)
  return rows[0]?.n ?? 0
}

export interface ReviewRow {
  rowNo: number
  matchClass: 'id-only' | 'name-birth' | 'second-head' | 'number-of-another' | 'two-households'
  otherRow: number | null
  rowCipher: Buffer
  nameInRegistry: string
  place: string
  household: string
}

/** Rows of a batch whose match nobody has decided yet. */
export async function listOpenReviews(
  db: Db,
  batchId: number,
  page: { limit: number; offset: number },
): Promise<{ total: number; rows: ReviewRow[] }> {
  const counted = await sql<{ total: number }>`
    select count(*) as total from batch_review where batch_id = ${batchId} and decision is null`.execute(db)
  const { rows } = await sql<ReviewRow>`
    select r.row_no, r.match_class, r.other_row, r.row_cipher, p.name as name_in_registry,
      concat_ws(' ', c.name, t.name, v.name, h.group_name) as place, h.ref as household
    from batch_review r
    join household h on h.county = r.county and h.id = r.household_id
    join person p on p.county = r.county and p.id = r.person_id
    join division v on v.code = h.village
    join division t on t.code = v.parent_code
    join division c on c.code = t.parent_code
    where r.batch_id = ${batchId} and r.decision is null
    order by r.row_no limit ${page.limit} offset ${page.offset}`.execute(db)
  return { total: counted.rows[0]?.total ?? 0, rows }
}

import { sql } from 'kysely'
import { areaScope, findDivision } from '#server/modules/divisions/index.ts'
import { type FeedDefinition, findFeed } from '#server/modules/feeds/index.ts'
import type { SheetLayout } from '#server/modules/readers/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import type { BatchState } from '../pipeline/intake.ts'
import { chooseSheets } from './choose-sheets.ts'
import { mapCutNames } from './cut-names.ts'
import { guessMapping, headerDigest, missingColumns } from './guess-feed.ts'
import {
  findMergedTwin,
  findSavedMappings,
  findSentBefore,
  findUpload,
  type KeptSheet,
  lockFile,
  type UploadRow,
} from './queries.ts'
import type { Sender } from './receive-file.ts'
import { leaveOut, refuseBases, refuseUnits } from './refusals.ts'

export interface NewBatch {
  upload: string
  feed: string
  sheet?: string | undefined
  /** Several sheets to be read as one table; all that hold it where neither is named. */
  sheets?: readonly string[] | undefined
  mapping?: Record<string, string> | undefined
  /** Doubtful columns the sender declares not needed; `all` for whoever says so without having seen them. */
  leaveOut?: readonly string[] | 'all' | undefined
  saveMapping?: boolean
  area?: number | undefined
  periodTo?: string | undefined
  corrects?: string | undefined
}

export interface CreatedBatch {
  id: number
  ref: string
  state: BatchState
}

/**
 * Makes a sheet of a received file a batch, ready to be processed; the same sheet as merged before is `unchanged` at once. Sent again by
 * the same account because the first answer was lost, or while the first is on its way, it is that batch and no second one.
 * Throws `not-found`, `not-allowed` (area or feed of another), `sheet-not-found`, `sheets-unclear`, `columns-missing` {columns},
 * `names-cut` {columns: header, like}, `columns-doubtful` {columns}, `unit-contradictory`, `unit-unknown` and `currency-foreign`
 * {text, cell}, `basis-differs` {text, cell, basis, column}, `batch-not-merged` (what it corrects), `policy-unset`.
 */
export async function createBatch(deps: FeedsDeps, sender: Sender, request: NewBatch): Promise<CreatedBatch> {
  const { db } = deps.database
  const feed = findFeed(request.feed)
  if (!feed) throw new AppError('not-found', { what: 'feed', code: request.feed })
  if (sender.department !== null && feed.department !== sender.department) {
    throw new AppError('not-allowed', { feed: feed.code })
  }
  const area = await areaOf(deps, sender, request.area)
  // A day without a policy is refused before anything is kept.
  deps.intake.limits(deps.clock.today(), area)
  const upload = await findUpload(db, request.upload)
  if (!upload || upload.receivedBy !== sender.userId) throw new AppError('not-found', { what: 'upload' })
  const requested = request.sheets ?? (request.sheet === undefined ? [] : [request.sheet])
  const { sheet, layouts, left } = chooseSheets(feed, upload, requested, request.mapping)
  const { mapping, isSaved } = await mappingOf(deps, feed, upload, sheet, request.mapping)
  for (const one of taken(upload, sheet, layouts)) {
    refuseUnits(feed, one, mapping)
    refuseBases(feed, one, mapping)
  }
  refuseUnitsThatDiffer(taken(upload, sheet, layouts))
  // Whoever saved the mapping answered for the same columns then.
  const leftOut = leaveOut(feed, sheet, mapping, isSaved ? 'all' : request.leaveOut)
  const corrects = await correctedBatch(deps, sender, feed, request.corrects)
  if (request.saveMapping) await saveMapping(deps, sender, feed, sheet, upload.fileName, mapping)

  const periodTo = request.periodTo ?? null
  const twin =
    corrects === null &&
    (await findMergedTwin(db, {
      feed: feed.code,
      fileSm3: upload.fileSm3,
      sheet: sheet.name,
      mapping,
      area,
      periodTo,
      asOf: deps.clock.today(),
    }))
  const state = twin ? 'unchanged' : 'received'
  const now = deps.clock.now()
  // The content of the file is what the earlier batch found in it; nothing of it is new.
  const known = sql`(select coalesce(inserted_rows, 0) + coalesce(superseded_rows, 0) + coalesce(unchanged_rows, 0)
    from batch where id = ${twin ? twin.id : null})`
  const like = (column: string) =>
    sql`(select ${sql.ref(column)} from batch where id = ${twin ? twin.id : null})`
  return inTransaction(deps.database, async (session) => {
    await lockFile(session.db, upload.fileSm3)
    const before = await findSentBefore(session.db, {
      ...{
        feed: feed.code,
        fileSm3: upload.fileSm3,
        fileRef: upload.ref,
        sheet: sheet.name,
        layouts,
        mapping,
      },
      ...{ leftOut, area, periodTo, corrects, by: sender.userId },
    })
    if (before) {
      deps.audit.nothing()
      return before
    }
    const { rows } = await sql<CreatedBatch>`
    insert into batch (feed, department, area, period_to, file_name, file_ref, file_size, file_sm3, format, encoding,
      sheet, layouts, left_sheets, merges_rows,
      header_row, headers, row_estimate, mapping, unit, left_out, corrects, state, received_at, received_by, as_of,
      total_rows, rejected_rows, duplicate_rows, exact_rows, id_only_rows, name_birth_rows, unmatched_rows,
      unchanged_rows, inserted_rows, superseded_rows, touched_households, new_signals, new_clues)
    values (${feed.code}, ${feed.department}, ${area}, ${periodTo}, ${upload.fileName}, ${upload.ref},
      ${upload.fileSize},
      ${upload.fileSm3}, ${upload.format}, ${upload.encoding}, ${sheet.name},
      ${layouts && JSON.stringify(layouts)}, ${left}, ${sheet.mergesRows}, ${sheet.headerRow}, ${sheet.headers},
      ${sheet.rowEstimate}, ${JSON.stringify(mapping)}, ${sheet.unit && JSON.stringify(sheet.unit)}, ${leftOut},
      ${corrects}, ${state}, ${now}, ${sender.userId},
      ${deps.clock.today()},
      ${like('totalRows')}, ${like('rejectedRows')}, ${like('duplicateRows')}, ${like('exactRows')},
      ${like('idOnlyRows')},
      ${like('nameBirthRows')}, ${like('unmatchedRows')}, ${known},
      ${sql.join(Array.from({ length: 5 }, () => sql`${twin ? 0 : null}::bigint`))})
    returning id, ref, state`.execute(session.db)
    const [created] = rows
    if (!created) throw new Error('insert into batch returned nothing')
    await deps.audit.record(session.db, {
      action: 'batches.create',
      object: { kind: 'batch', ref: created.ref },
      after: { feed: feed.code, area, sheet: sheet.name, state: created.state, fileSm3: upload.fileSm3 },
    })
    return created
  })
}

async function areaOf(
  { database }: FeedsDeps,
  sender: Sender,
  requested: number | undefined,
): Promise<number> {
  const area = requested ?? sender.area
  const { from, to } = areaScope(area)
  if (from < sender.scope.from || to > sender.scope.to) throw new AppError('not-allowed', { area })
  if (!(await findDivision(database.db, area))) throw new AppError('not-found', { what: 'division', area })
  return area
}

async function mappingOf(
  { database }: FeedsDeps,
  feed: FeedDefinition,
  upload: UploadRow,
  { headers }: KeptSheet,
  requested: Record<string, string> | undefined,
) {
  const saved = requested
    ? undefined
    : (await findSavedMappings(database.db, headerDigest(headers))).get(feed.code)
  const mapping = requested ?? saved ?? guessMapping(feed, headers, upload)
  if (!requested && !saved && upload.format === 'dbf') refuseAmbiguous(feed, headers, upload)
  const keys = new Set(feed.columns.map(({ key }) => key))
  for (const [key, header] of Object.entries(mapping)) {
    if (!keys.has(key) || !headers.includes(header)) throw new AppError('bad-request', { mapping: key })
  }
  const columns = missingColumns(feed, mapping)
  if (columns.length > 0) throw new AppError('columns-missing', { columns })
  return { mapping, isSaved: saved !== undefined }
}

/** The sheets a batch reads. */
function taken(upload: UploadRow, sheet: KeptSheet, layouts: readonly SheetLayout[] | null): KeptSheet[] {
  if (!layouts) return [sheet]
  return layouts.flatMap(({ name }) => upload.sheets.filter((one) => one.name === name))
}

/** Several sheets are read as one table, in one unit. */
function refuseUnitsThatDiffer([first, ...rest]: readonly KeptSheet[]) {
  const other = rest.find(({ unit }) => unit?.digits !== first?.unit?.digits)
  if (!first || !other) return
  const [stated, against] = other.unit ? [other, first] : [first, other]
  throw new AppError('unit-contradictory', {
    ...placeOfUnit(stated),
    other: placeOfUnit(against),
    sheets: [stated.name, against.name],
  })
}

/** `text` is empty where the sheet says nothing. */
const placeOfUnit = ({ name, unit }: KeptSheet) => ({
  text: unit?.text ?? '',
  cell: unit?.cell ? `${name}!${unit.cell}` : name,
})

/** Two columns whose names became the same when they were cut are told apart by a person, or by the headers of another format. */
function refuseAmbiguous(feed: FeedDefinition, headers: readonly string[], { encoding }: UploadRow) {
  const { ambiguous } = mapCutNames(feed, headers, encoding)
  if (ambiguous.length > 0) throw new AppError('names-cut', { columns: ambiguous })
}

async function correctedBatch(
  { database }: FeedsDeps,
  sender: Sender,
  feed: FeedDefinition,
  ref: string | undefined,
): Promise<number | null> {
  if (ref === undefined) return null
  const { rows } = await sql<{ id: number; state: string }>`
    select id, state from batch where ref = ${ref}::uuid and feed = ${feed.code}
      and area between ${sender.scope.from}::bigint and ${sender.scope.to}::bigint`.execute(database.db)
  const [found] = rows
  if (!found) throw new AppError('not-found', { what: 'batch' })
  if (found.state !== 'merged' && found.state !== 'unchanged') throw new AppError('batch-not-merged', { ref })
  return found.id
}

async function saveMapping(
  { database, clock }: FeedsDeps,
  sender: Sender,
  feed: FeedDefinition,
  { headers }: KeptSheet,
  fileName: string,
  mapping: Record<string, string>,
) {
  await sql`
    insert into feed_mapping (feed, header_sm3, name, mapping, saved_by, saved_at)
    values (${feed.code}, ${headerDigest(headers)}, ${fileName}, ${JSON.stringify(mapping)}, ${sender.userId},
      ${clock.now()})
    on conflict (feed, header_sm3) do update set name = excluded.name, mapping = excluded.mapping,
      saved_by = excluded.saved_by, saved_at = excluded.saved_at`.execute(database.db)
}

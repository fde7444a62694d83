import { may } from '#contract/access/capabilities.ts'
import { dayMs } from '#contract/days.ts'
import type { ExportFilter, ExportKind, ExportRow, ExportState } from '#contract/protection/exports.ts'
import type { ExportSource, ExportSources, ExportViewer } from '#server/manifest/export-source.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import { maskTexts } from '#server/platform/text.ts'
import { type ExportedFile, type FileForm, fileOf } from './files/file-of.ts'
import { exportNumber } from './marks.ts'
import {
  countDownload,
  decideExport,
  type ExportRecord,
  findExport,
  insertExport,
  listExports,
  type Viewer,
} from './queries.ts'
import { addFile, type FileMeter, fileExceeds, insertMore } from './taken/files.ts'
import type { TakenLimits } from './taken/meter.ts'

/** From how many rows on a second person decides, and for how many days an export can be decided and fetched. */
interface ExportRequest {
  kind: ExportKind
  filter: ExportFilter
  purpose: string
}

export interface ExportLimits extends TakenLimits {
  exportApprovalRows: number
  exportKeptDays: number
}

const viewerOf = ({ userId, scope, role }: Requester): Viewer => ({
  userId,
  scope,
  approves: may(role, 'export.approve'),
})

/**
 * Requests a list as a file. Few rows, or rows of one's own file, are ready at once; more wait for a second person. Throws
 * `not-allowed` where one may not read the list itself.
 */
export async function requestExport(
  viewer: ExportViewer,
  sources: ExportSources,
  limits: ExportLimits,
  { kind, filter: requested, purpose }: ExportRequest,
): Promise<ExportRow> {
  const { deps, me } = viewer
  const source = sourceOf(me, sources, kind)
  const filter = filterOf(source, requested)
  // The filter is kept; a whole ID number must not be.
  if (containsIdNumber(filter)) throw new AppError('bad-request', { filter: 'q' })
  const rows = await source.count(viewer, filter)
  const own = (await source.isOwn?.(viewer, filter)) ?? false
  const at = deps.clock.now()
  const id = await inTransaction(deps.database, async ({ db }) => {
    // Many small files are one large one: what was taken before counts.
    const few = own || rows <= limits.exportApprovalRows
    const reached = own || !few ? undefined : await fileExceeds(fileMeterOf(deps, limits), db, me, rows)
    const state = few && !reached ? 'ready' : 'pending'
    if (reached) await deps.taken.note(db, me, deps.audit, reached)
    if (!own && state === 'ready') await addFile(fileMeterOf(deps, limits), db, me, rows)
    const created = await insertExport(db, {
      ...{ kind, filter, purpose, by: me.userId, area: me.area, at, rows, state },
      limit: own ? null : limits.exportApprovalRows,
      expiresAt: new Date(at.getTime() + limits.exportKeptDays * dayMs),
    })
    await deps.audit.record(db, {
      action: 'exports.request',
      object: { kind: 'export', ref: created },
      after: { kind, state, filter: maskTexts(filter) },
      reason: purpose,
      count: rows,
    })
    return created
  })
  return getExport(viewer, id)
}

const fileMeterOf = ({ taken, roles }: ExportViewer['deps'], limits: TakenLimits): FileMeter => ({
  meter: taken,
  limits,
  work: roles.work,
})

/** Asks for a day's measure once more; a second person decides like on an export. */
export async function requestMore(
  viewer: ExportViewer,
  limits: TakenLimits,
  purpose: string,
): Promise<ExportRow> {
  return getExport(viewer, await insertMore(viewer, limits, purpose))
}

function containsIdNumber(filter: unknown): boolean {
  if (typeof filter === 'string') return /\d{15}|\d{17}[\dXx]/.test(filter) && filter.trim().length < 19
  return typeof filter === 'object' && filter !== null && Object.values(filter).some(containsIdNumber)
}

function sourceOf(me: Requester, sources: ExportSources, kind: ExportKind): ExportSource {
  const source = Object.hasOwn(sources, kind) ? sources[kind] : undefined
  if (!source) throw new AppError('bad-request', { kind })
  const needed = typeof source.capability === 'string' ? [source.capability] : source.capability
  if (!needed.some((one) => may(me.role, one))) throw new AppError('not-allowed', { capability: needed[0] })
  return source
}

function filterOf({ filter }: ExportSource, requested: unknown): unknown {
  const known = filter.safeParse(requested)
  if (!known.success)
    throw new AppError('bad-request', { filter: known.error.issues[0]?.path.join('.') ?? '' })
  return known.data
}

export async function getExport({ deps, me }: ExportViewer, id: string): Promise<ExportRow> {
  return present(await getRecord({ deps, me }, id), me)
}

async function getRecord({ deps, me }: Pick<ExportViewer, 'deps' | 'me'>, id: string): Promise<ExportRecord> {
  const found = await findExport(deps.database.db, viewerOf(me), deps.clock.now(), id)
  if (!found) throw new AppError('not-found', { what: 'export' })
  return found
}

export async function searchExports(
  { deps, me }: ExportViewer,
  filter: {
    state?: readonly ExportState[] | undefined
    toDecide?: boolean | undefined
    page: number
    size: number
  },
): Promise<{ total: number; toDecide: number; rows: ExportRow[] }> {
  const { page, size } = filter
  const { total, waiting, rows } = await listExports(deps.database.db, viewerOf(me), deps.clock.now(), {
    ...{ states: filter.state, toDecide: filter.toDecide, limit: size, offset: (page - 1) * size },
  })
  return { total, toDecide: waiting, rows: rows.map((row) => present(row, me)) }
}

/** Requests and fetches in one step; throws `export-needs-approval` where a second person must agree first. */
export async function exportNow(
  viewer: ExportViewer,
  sources: ExportSources,
  limits: ExportLimits,
  request: ExportRequest,
  form?: FileForm,
): Promise<ExportedFile> {
  const { id, state, number, rows, limit } = await requestExport(viewer, sources, limits, request)
  if (state !== 'ready') throw new AppError('export-needs-approval', { id, number, rows, limit })
  return exportFile(viewer, sources, id, form)
}

/**
 * A second person's decision. Throws `not-found`, `same-person` (the requester), `reason-required` (to decline),
 * `export-not-pending`.
 */
export async function decide(
  viewer: ExportViewer,
  { id, approve, reason }: { id: string; approve: boolean; reason: string },
): Promise<ExportRow> {
  const { deps, me } = viewer
  const record = await getRecord(viewer, id)
  if (record.requestedBy === me.userId) throw new AppError('same-person', { export: id })
  if (!approve && reason === '') throw new AppError('reason-required')
  await inTransaction(deps.database, async ({ db }) => {
    await refuseTied(db, me.userId, [record.requestedBy])
    const done = await decideExport(db, id, { by: me.userId, at: deps.clock.now(), approve, reason })
    if (!done) throw new AppError('export-not-pending', { state: record.state })
    await deps.audit.record(db, {
      action: 'exports.decide',
      object: { kind: 'export', ref: id },
      before: { state: 'pending' },
      after: { state: approve ? 'ready' : 'declined' },
      ...(reason ? { reason } : {}),
      count: record.rowTotal,
    })
  })
  return getExport(viewer, id)
}

/**
 * The file, made while it is fetched, with the access of the requester and by nobody else. Throws `not-found`,
 * `not-allowed` (another's), `export-not-ready`, `export-grown` (above the limit by now, and nobody agreed).
 */
export async function exportFile(
  viewer: ExportViewer,
  sources: ExportSources,
  id: string,
  form: FileForm = { format: 'csv', language: 'zh' },
): Promise<ExportedFile> {
  const { deps, me } = viewer
  const record = await getRecord(viewer, id)
  if (record.requestedBy !== me.userId) throw new AppError('not-allowed', { export: id })
  if (record.state !== 'ready') throw new AppError('export-not-ready', { state: record.state })
  const source = sourceOf(me, sources, record.kind)
  const filter = filterOf(source, record.filter)
  const rows = await source.count(viewer, filter)
  if (record.rowLimit !== null && record.decidedAt === null && rows > record.rowLimit) {
    throw new AppError('export-grown', { rows, limit: record.rowLimit })
  }
  await inTransaction(deps.database, async ({ db }) => {
    // What a list has grown by since it was requested is taken as well.
    const grown = record.rowLimit === null || record.decidedAt !== null ? 0 : rows - record.rowTotal
    if (grown > 0) await addFile(fileMeterOf(deps, deps.exportLimits), db, me, grown)
    await countDownload(db, id, deps.clock.now())
    await deps.audit.record(db, {
      action: 'exports.download',
      object: { kind: 'export', ref: id },
      detail: { number: exportNumber(record.serial), kind: record.kind, format: form.format },
      reason: record.purpose,
      count: rows,
    })
  })
  return fileOf(viewer, { source, filter, record }, form)
}

function present(record: ExportRecord, me: Requester): ExportRow {
  const isOwn = record.requestedBy === me.userId
  return {
    id: record.id,
    number: exportNumber(record.serial),
    kind: record.kind,
    state: record.state,
    requestedBy: {
      id: record.requestedBy,
      name: record.requesterName,
      username: record.requesterUsername,
      area: { code: record.area, name: record.areaName, level: record.areaLevel },
    },
    requestedAt: record.requestedAt,
    purpose: record.purpose,
    rows: record.rowTotal,
    limit: record.rowLimit,
    decision:
      record.decidedAt === null
        ? null
        : {
            by: record.deciderName ?? '',
            at: record.decidedAt,
            approved: record.state !== 'declined',
            reason: record.decisionReason,
          },
    expiresAt: record.expiresAt,
    downloads: record.downloads,
    lastDownloadAt: record.lastDownloadAt,
    mayDecide: record.state === 'pending' && !isOwn && record.untied && may(me.role, 'export.approve'),
    mayDownload: record.state === 'ready' && isOwn && record.kind !== 'more',
  }
}

import { workbookType } from '#contract/sheets/xlsx-parts.ts'
import { exportNow } from '#server/modules/exports/index.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import { feedTemplate } from '#server/modules/feeds/templates/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import { receiveFile } from './receiving/receive-file.ts'

/** `PUT /uploads`: the body goes to disk as it comes. */
export const uploadStream: StreamHandler = async ({ deps, me, query, body }) => {
  const file = { name: query.name ?? '', body, maxBytes: deps.maxUploadBytes }
  return { type: 'application/json', body: JSON.stringify(await receiveFile(deps, me, file)) }
}

/** `GET /feeds/{feed}/template.xlsx`: made from the feed's definition. */
export const feedTemplateStream: StreamHandler = async ({ deps, params }) => {
  const feed = findFeed(params.feed ?? '')
  if (!feed) throw new AppError('not-found', { what: 'feed' })
  await deps.audit.record(deps.database.db, {
    action: 'streams.feedTemplate',
    object: { kind: 'feed', ref: feed.code },
  })
  const body = workbookStream(feedTemplate(feed))
  return { type: workbookType, fileName: `${feed.name.zh}-填报模板.xlsx`, body }
}

/** `GET /batches/{ref}/rejects.{format}`: an export requested and fetched in one step. */
export const rejectStream: StreamHandler = ({ deps, me, scope, params }) => {
  const { format } = params
  if (format !== 'csv' && format !== 'xlsx') throw new AppError('not-found', { what: 'format' })
  const request = { kind: 'rejects', filter: { batch: params.ref ?? '' }, purpose: '改正退回的行' }
  const form = { format, language: 'zh' } as const
  return exportNow({ deps, me, scope }, deps.exportSources, deps.exportLimits, request, form)
}

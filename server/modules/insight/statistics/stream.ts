import { isDay } from '#contract/days.ts'
import { workbookType } from '#contract/sheets/xlsx-parts.ts'
import { AppError } from '#server/platform/errors.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import { ownForm, readStatistics, statisticalForm } from './statistical-form.ts'

/** `GET /statistics/{table}.xlsx`: figures about nobody, in a form to be signed and sent up. */
export const statisticsStream: StreamHandler = async ({ deps, me, params, query }) => {
  const { table = '' } = params
  if (query.on !== undefined && !isDay(query.on)) throw new AppError('bad-request', { wrong: 'on' })
  const area = query.area === undefined ? me.area : Number(query.area)
  if (!Number.isSafeInteger(area)) throw new AppError('bad-request', { wrong: 'area' })
  const found = await readStatistics(deps, me.scope, { table, area, on: query.on })
  const body =
    query.template === 'own' ? ownForm(deps.templateDirectory, table, found) : statisticalForm(found)
  await deps.audit.record(deps.database.db, {
    action: 'streams.statistics',
    object: { kind: 'statistics', ref: table },
    detail: { area, on: found.on },
  })
  return { type: workbookType, fileName: `${found.table.title}-${found.areaName}-${found.on}.xlsx`, body }
}

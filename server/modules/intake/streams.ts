import { exportNow } from '#server/modules/exports/index.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import { receiveFile } from './receiving/receive-file.ts'

/** `PUT /uploads`: the body goes to disk as it comes. */
export const uploadStream: StreamHandler = async ({ deps, me, query, body }) => {
  const file = { name: query.name ?? '', body, maxBytes: deps.maxUploadBytes }
  return { type: 'application/json', body: JSON.stringify(await receiveFile(deps, me, file)) }
}

/** `GET /batches/{ref}/rejects.csv`: an export requested and fetched in one step. */
export const rejectStream: StreamHandler = async ({ deps, me, scope, params }) => {
  const { fileName, body } = await exportNow({ deps, me, scope }, deps.exportSources, deps.exportLimits, {
    kind: 'rejects',
    filter: { batch: params.ref ?? '' },
    purpose: '改正退回的行',
  })
  return { type: 'text/csv; charset=utf-8', body, fileName }
}

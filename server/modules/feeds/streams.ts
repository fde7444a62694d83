import type { StreamHandler } from '#server/platform/stream-route.ts'
import { rejectFile } from './batches/reject-file.ts'
import { receiveFile } from './receiving/receive-file.ts'

/** `PUT /uploads`: the body goes to disk as it comes. */
export const uploadStream: StreamHandler = async ({ deps, me, query, body }) => {
  const file = { name: query.name ?? '', body, maxBytes: deps.maxUploadBytes }
  return { type: 'application/json', body: JSON.stringify(await receiveFile(deps, me, file)) }
}

export const rejectStream: StreamHandler = async ({ deps, me, params }) => {
  const { scope, department } = me
  const { fileName, body } = await rejectFile(deps, { scope, department }, params.ref ?? '')
  await deps.audit.record(deps.database.db, {
    action: 'batches.export-rejects',
    object: { kind: 'batch', ref: params.ref ?? '' },
  })
  return { type: 'text/csv; charset=utf-8', body, fileName }
}

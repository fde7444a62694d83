import { os } from '#server/platform/http/rpc.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import { formOf } from './files/file-of.ts'
import { decide, exportFile, getExport, requestExport, requestMore, searchExports } from './operations.ts'

export const exportRoutes = {
  request: os.exports.request.handler(({ input, context }) =>
    requestExport(context, context.deps.exportSources, context.deps.exportLimits, input),
  ),
  more: os.exports.more.handler(({ input, context }) =>
    requestMore(context, context.deps.exportLimits, input.purpose),
  ),
  list: os.exports.list.handler(({ input, context }) => searchExports(context, input)),
  get: os.exports.get.handler(({ input, context }) => getExport(context, input.id)),
  decide: os.exports.decide.handler(({ input, context }) => decide(context, input)),
}

/** `GET /exports/{id}/file`: made while it is fetched. */
export const exportStream: StreamHandler = ({ deps, me, scope, params, query }) =>
  exportFile({ deps, me, scope }, deps.exportSources, params.id ?? '', formOf(query))

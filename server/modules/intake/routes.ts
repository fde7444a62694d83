import { os, type Requester } from '#server/platform/http/rpc.ts'
import { getBatch, listFeeds, listRejects, listReviews, searchBatches } from './batches/batch-view.ts'
import { refuseBatch, releaseBatch } from './batches/decide-batch.ts'
import { decideReviews } from './batches/decide-reviews.ts'
import type { BatchScope } from './batches/queries.ts'
import { enqueueBatch } from './pipeline/resume.ts'
import { createBatch } from './receiving/create-batch.ts'

const batchScope = ({ scope, department }: Requester): BatchScope => ({ scope, department })

export const feedRoutes = {
  list: os.feeds.list.handler(({ context: { me } }) => listFeeds(me.department)),
}

export const batchRoutes = {
  create: os.batches.create.handler(async ({ input, context: { deps, me } }) => {
    const { id, ref, state } = await createBatch(deps, me, input)
    if (state === 'received') await enqueueBatch(deps.jobs, id)
    return { ref, state }
  }),
  list: os.batches.list.handler(({ input: { feed, state, page, size }, context: { deps, me } }) =>
    searchBatches(deps, batchScope(me), { feed, state }, { page, size }),
  ),
  get: os.batches.get.handler(({ input, context: { deps, me } }) =>
    getBatch(deps, batchScope(me), input.ref),
  ),
  release: os.batches.release.handler(async ({ input, context: { deps, me } }) => {
    const decision = { by: me.userId, reason: input.reason }
    await enqueueBatch(deps.jobs, await releaseBatch(deps, batchScope(me), input.ref, decision))
    return { state: 'received' as const }
  }),
  refuse: os.batches.refuse.handler(async ({ input, context: { deps, me } }) => {
    await refuseBatch(deps, batchScope(me), input.ref, { by: me.userId, reason: input.reason })
    return { state: 'refused' as const }
  }),
  rejects: os.batches.rejects.handler(({ input: { ref, ...page }, context: { deps, me } }) =>
    listRejects(deps, batchScope(me), ref, page),
  ),
  reviews: os.batches.reviews.handler(({ input: { ref, ...page }, context: { deps, me } }) =>
    listReviews(deps, batchScope(me), ref, page),
  ),
  review: os.batches.review.handler(({ input: { ref, rowNos, decision }, context: { deps, me } }) =>
    decideReviews(deps, batchScope(me), ref, { rowNos, decision, by: me.userId }),
  ),
}

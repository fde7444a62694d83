import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Batch, BatchState } from '#contract/feeds/feeds.ts'
import { api, queryClient } from '#web/api/client.ts'
import { isRunning } from './stages/stages.ts'

export const pageSize = 20
const lookAgainMs = 500

const again = (queryKey: unknown[]) => ({
  context: { background: queryClient.getQueryData(queryKey) !== undefined },
})

export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: () => api.feeds.list(),
  staleTime: 600_000,
})

/** One batch, looked at twice a second while it is on its way; looking again is no sign of somebody being there. */
export function batchQuery(ref: string) {
  return queryOptions({
    queryKey: ['batch', ref],
    queryFn: () => api.batches.get({ ref }, again(['batch', ref])),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? lookAgainMs : false),
  })
}

export interface BatchFilter {
  feed?: string | undefined
  state?: BatchState[] | undefined
  page?: number | undefined
}

export function batchesQuery({ feed, state, page = 1 }: BatchFilter) {
  return queryOptions({
    queryKey: ['batches', { feed, state, page }],
    queryFn: () =>
      api.batches.list({ feed, state, page, size: pageSize }, again(['batches', { feed, state, page }])),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.rows.some(isRunning) ? lookAgainMs * 2 : false),
  })
}

/** The last batches of every department, for their trend. */
export const trendQuery = queryOptions({
  queryKey: ['batches', 'trend'],
  queryFn: async (): Promise<Pick<Batch, 'department' | 'counts'>[]> =>
    (await api.batches.list({ size: 200 })).rows,
})

/** Stored batches of a feed that a new file may correct. */
export function correctableQuery(feed: string) {
  return queryOptions({
    queryKey: ['batches', 'correctable', feed],
    queryFn: async () => (await api.batches.list({ feed, state: ['merged', 'unchanged'], size: 50 })).rows,
  })
}

export function rejectsQuery(ref: string, page: number) {
  return queryOptions({
    queryKey: ['batch', ref, 'rejects', page],
    queryFn: () => api.batches.rejects({ ref, page, size: pageSize }),
    placeholderData: keepPreviousData,
  })
}

export function reviewsQuery(ref: string, page: number) {
  return queryOptions({
    queryKey: ['batch', ref, 'reviews', page],
    queryFn: () => api.batches.reviews({ ref, page, size: pageSize }),
    placeholderData: keepPreviousData,
  })
}

export function placesQuery(code: number) {
  return queryOptions({
    queryKey: ['divisions', code],
    queryFn: () => api.divisions.get({ code }),
    staleTime: 600_000,
  })
}

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { EmptyState, ErrorState, SkeletonRows } from '../page/states.tsx'
import { Pager } from './pager.tsx'

interface PagedRowsProps<Data> {
  query: UseQueryResult<Data>
  page: number
  size: number
  /** What would fill it, where there is nothing. */
  emptyTitle: string
  emptyText: ReactNode
  onPage(page: number): void
  children(data: Data): ReactNode
}

/** A long list as every page shows it: what is coming, what went wrong, that there is nothing, the rows and the way through them. */
export function PagedRows<Data extends { total: number }>({
  query,
  page,
  size,
  emptyTitle,
  emptyText,
  onPage,
  children,
}: PagedRowsProps<Data>) {
  const { data, isError, isPending, error, refetch } = query
  return (
    <>
      {isError && <ErrorState error={error} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={12} height={28} />}
      {data?.total === 0 && <EmptyState title={emptyTitle}>{emptyText}</EmptyState>}
      {data && data.total > 0 && children(data)}
      <Pager page={page} total={data?.total ?? 0} size={size} onPage={onPage} />
    </>
  )
}

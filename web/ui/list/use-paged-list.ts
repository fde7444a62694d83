import {
  keepPreviousData,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'

const pageSize = 50

export interface PagedList<Filter, Data> {
  query: UseQueryResult<Data>
  /** What the address asks for besides the page. */
  filter: Filter
  page: number
  size: number
}

/**
 * One page of a long list, asked for as the address says; what was there stays until the next is there. Looked at again as long as
 * `againIn` answers after how many milliseconds.
 */
export function usePagedList<Search extends { page?: number | undefined }, Data>(
  name: string,
  search: Search,
  load: (query: Omit<Search, 'page'> & { page: number; size: number }) => Promise<Data>,
  againIn?: (data: Data) => number | false,
): PagedList<Omit<Search, 'page'>, Data> {
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: [name, filter, page],
    queryFn: () => load({ ...filter, page, size: pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (againIn && data !== undefined ? againIn(data) : false),
  })
  return { query, filter, page, size: pageSize }
}

/** A list that comes whole, shown as one of a single page. */
export function useWholeList<Data, Row, Key extends QueryKey>(
  options: UseQueryOptions<Data, Error, Data, Key>,
  rowsOf: (data: Data) => Row[],
): PagedList<undefined, Data & { total: number; rows: Row[] }> {
  const query = useQuery({
    ...options,
    select: (data: Data) => {
      const rows = rowsOf(data)
      return { total: rows.length, ...data, rows }
    },
  })
  return { query, filter: undefined, page: 1, size: Number.POSITIVE_INFINITY }
}

import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'

const size = 50

export interface PagedList<Filter, Data> {
  query: UseQueryResult<Data>
  /** What the address asks for besides the page. */
  filter: Filter
  page: number
  size: number
}

/** One page of a long list, asked for as the address says; what was there stays until the next is there. */
export function usePagedList<Search extends { page?: number | undefined }, Data>(
  name: string,
  search: Search,
  load: (asked: Omit<Search, 'page'> & { page: number; size: number }) => Promise<Data>,
): PagedList<Omit<Search, 'page'>, Data> {
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: [name, filter, page],
    queryFn: () => load({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  return { query, filter, page, size }
}

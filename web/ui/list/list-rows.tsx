import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeySheet } from '#web/ui/keys/key-sheet.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { type ListKey, rowOf, useListKeys } from './list-keys.ts'
import { ListTable, type ListTableProps, rowId } from './list-table.tsx'
import { Listed } from './listed.tsx'
import { Pager } from './pager.tsx'
import { ScrollRegion } from './scroll-region.tsx'
import type { PagedList } from './use-paged-list.ts'

/** Rows of a page, how many there are on all, and the different households behind them where the list knows. */
export interface Listing<Row> {
  total: number
  households?: number
  rows: Row[]
}

export interface ListRowsProps<Row, Filter, Data extends Listing<Row>>
  extends Omit<ListTableProps<Row>, 'rows' | 'columns' | 'active' | 'onActive'> {
  list: PagedList<Filter, Data>
  columns?: ListTableProps<Row>['columns']
  /** Where a row is more than a line of a table: the whole of it. */
  card?(row: Row): ReactNode
  /** What would fill it, where there is nothing. */
  empty: { title: string; text?: ReactNode }
  /** Open beside the list. */
  openId?: string | undefined
  /** What j and k go through where it is not the rows: the queue of what is open. */
  order?: readonly string[] | undefined
  /** Where the keyboard begins, where it is not at what is open. */
  startAt?: string | undefined
  onOpen?: ((id: string) => void) | undefined
  keys?: readonly ListKey[]
  hasSearch?: boolean
  /** Too wide for most screens: it scrolls in its place, under this name. */
  wideLabel?: string | undefined
  /** It stands in a panel with more. */
  isBare?: boolean
  /** For a list that comes in pages. */
  onPage?(page: number): void
}

/** Enter goes into a card, and no further: the first thing in it may be a decision. */
const goInto = (id: string) => rowOf(id)?.querySelector<HTMLElement>('a, button')?.focus()

/** What is coming, what went wrong, that there is nothing; the rows and the way through them, by mouse and by keyboard. */
export function ListRows<Row, Filter, Data extends Listing<Row>>(props: ListRowsProps<Row, Filter, Data>) {
  const {
    list,
    card,
    empty,
    keyOf,
    openId,
    order,
    startAt,
    onOpen,
    keys = [],
    hasSearch = false,
    onPage,
  } = props
  const { t } = useTranslation()
  const { data, isError, isPending, isPlaceholderData, error, refetch } = list.query
  const { active, setActive } = useListKeys({
    ids: order ?? data?.rows.map(keyOf) ?? [],
    open: onOpen ?? (card && goInto),
    openId,
    startAt,
    keys,
  })
  return (
    <>
      {isError && <ErrorState error={error} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={12} height={28} />}
      <Listed total={data?.total} households={data?.households} isFresh={!isPlaceholderData}>
        {data?.total === 0 && <EmptyState title={empty.title}>{empty.text}</EmptyState>}
        {data && data.total > 0 && <Rows {...props} rows={data.rows} active={active} onActive={setActive} />}
      </Listed>
      {onPage && <Pager page={list.page} total={data?.total ?? 0} size={list.size} onPage={onPage} />}
      {data && data.total > 0 && (
        <KeySheet
          keys={[
            { keys: ['j', 'k'], text: t('list.keys.move') },
            { keys: ['Enter'], text: t('list.keys.open') },
            ...(hasSearch ? [{ keys: ['/'], text: t('list.keys.search') }] : []),
            ...keys.map(({ key, text }) => ({ keys: [key === 'Escape' ? 'Esc' : key], text })),
          ]}
        />
      )}
    </>
  )
}

interface RowsProps<Row> extends Omit<ListTableProps<Row>, 'columns' | 'onActive'> {
  columns?: ListTableProps<Row>['columns']
  card?(row: Row): ReactNode
  wideLabel?: string | undefined
  isBare?: boolean
  onActive(key: string): void
}

function Rows<Row>(props: RowsProps<Row>) {
  const { id, rows, columns = [], keyOf, className, rowClass, active, onActive } = props
  const { card, wideLabel, isBare = false } = props
  if (card)
    return (
      <ul className="plain-list record-cards">
        {rows.map((row) => {
          const key = keyOf(row)
          return (
            <li
              key={key}
              id={rowId(key)}
              className={key === active ? 'panel active' : 'panel'}
              onMouseDown={() => onActive(key)}
            >
              {card(row)}
            </li>
          )
        })}
      </ul>
    )
  const table = (
    <ListTable
      {...{ id, rows, columns, keyOf, className, active, onActive }}
      {...(rowClass ? { rowClass } : {})}
    />
  )
  const scrolling = wideLabel === undefined ? table : <ScrollRegion label={wideLabel}>{table}</ScrollRegion>
  return isBare ? scrolling : <div className="panel record-panel">{scrolling}</div>
}

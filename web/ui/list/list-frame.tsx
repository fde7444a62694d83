import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { KeySheet } from '#web/ui/keys/key-sheet.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { type ListKey, useListKeys } from './list-keys.ts'
import { ListTable, type ListTableProps } from './list-table.tsx'
import { Listed } from './listed.tsx'
import { PagedRows } from './paged-rows.tsx'
import type { SavedViewsProps } from './saved-views.tsx'
import { ScrollRegion } from './scroll-region.tsx'
import type { PagedList } from './use-paged-list.ts'
import './records.css'

// The menu of views weighs as much as a page.
const SavedViews = lazyPart(() => import('./saved-views.tsx'), 'SavedViews')

interface ListFrameProps<
  Row,
  Search,
  Filter,
  Data extends { total: number; households?: number; rows: Row[] },
> extends Omit<ListTableProps<Row>, 'rows' | 'active' | 'onActive'> {
  title: string
  /** Beside the title; the count where nothing is said. */
  note?: ReactNode
  /** The note says itself what it knows; it is shown while the next rows are on their way. */
  isNoteFresh?: boolean
  /** The way that led here, above the title. */
  path?: ReactNode
  /** What one can do, to the right of the title. */
  actions?: ReactNode
  /** What the list is, in a sentence or two. */
  intro?: ReactNode
  views?: SavedViewsProps<Search> | undefined
  /** Above the filters: figures that filter, a notice. */
  above?: ReactNode
  filters?: ReactNode
  filtersClass?: string
  /** Between the filters and the rows: what is chosen and may be done with it. */
  bar?: ReactNode
  list: PagedList<Filter, Data>
  /** What would fill it, where there is nothing. */
  empty: { title: string; text: ReactNode }
  /** Open beside the list. */
  openId?: string | undefined
  /** What j and k go through where it is not the rows: the queue of what is open. */
  order?: readonly string[] | undefined
  /** Where the keyboard begins, where it is not at what is open. */
  startAt?: string | undefined
  onOpen?: ((id: string) => void) | undefined
  keys?: readonly ListKey[]
  hasSearch?: boolean
  /** Too wide for most screens: it scrolls in its place. */
  isWide?: boolean
  onPage(page: number): void
}

/** A long list as every page shows it: title and count, views, filters, the rows and the way through them, by mouse and by keyboard. */
export function ListFrame<
  Row,
  Search extends object,
  Filter,
  Data extends { total: number; households?: number; rows: Row[] },
>(props: ListFrameProps<Row, Search, Filter, Data>) {
  const {
    title,
    note,
    isNoteFresh = false,
    path,
    actions,
    intro,
    views,
    above,
    filters,
    filtersClass = 'record-filters',
    bar,
    list,
    empty,
    onPage,
  } = props
  const {
    columns,
    keyOf,
    className,
    rowClass,
    openId,
    order,
    startAt,
    onOpen,
    keys = [],
    hasSearch = false,
    isWide = false,
  } = props
  const { t } = useTranslation()
  const { query, page, size } = list
  const { data, isPlaceholderData } = query
  const { active, setActive } = useListKeys({
    ids: order ?? data?.rows.map(keyOf) ?? [],
    open: onOpen,
    openId,
    startAt,
    keys,
  })
  const count = data && t('total', { count: formatCount(data.total) as never })
  return (
    <>
      <PageHeader
        title={title}
        path={path}
        note={note === undefined ? count : note}
        isNoteStale={isPlaceholderData && !isNoteFresh}
      >
        {views && (
          <Suspense fallback={null}>
            <SavedViews {...views} />
          </Suspense>
        )}
        {actions}
      </PageHeader>
      {intro && <p className="record-note">{intro}</p>}
      {above}
      {filters && <search className={`${filtersClass} no-print`}>{filters}</search>}
      {bar}
      <Listed total={data?.total} households={data?.households} isFresh={!isPlaceholderData}>
        <PagedRows {...{ query, page, size, onPage }} emptyTitle={empty.title} emptyText={empty.text}>
          {({ rows }) => (
            <div className="panel record-panel">
              <Scrolling label={isWide ? title : undefined}>
                <ListTable
                  {...{ rows, columns, keyOf, className, active }}
                  {...(rowClass ? { rowClass } : {})}
                  onActive={setActive}
                />
              </Scrolling>
            </div>
          )}
        </PagedRows>
      </Listed>
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

function Scrolling({ label, children }: { label: string | undefined; children: ReactNode }) {
  return label === undefined ? children : <ScrollRegion label={label}>{children}</ScrollRegion>
}

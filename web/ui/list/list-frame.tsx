import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { type Listing, ListRows, type ListRowsProps } from './list-rows.tsx'
import type { SavedViewsProps } from './saved-views.tsx'
import './records.css'

// The menu of views weighs as much as a page.
const SavedViews = lazyPart(() => import('./saved-views.tsx'), 'SavedViews')

interface ListFrameProps<Row, Search, Filter, Data extends Listing<Row>>
  extends Omit<ListRowsProps<Row, Filter, Data>, 'wideLabel' | 'isBare'> {
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
  /** Too wide for most screens: it scrolls in its place. */
  isWide?: boolean
}

/** A list as every page shows it: title and count, what one can do, views, filters, and its rows. */
export function ListFrame<Row, Search extends object, Filter, Data extends Listing<Row>>(
  props: ListFrameProps<Row, Search, Filter, Data>,
) {
  const { title, note, isNoteFresh = false, path, actions, intro, views, above, filters, bar } = props
  const { filtersClass = 'record-filters', isWide = false, ...rows } = props
  const { t } = useTranslation()
  const { data, isPlaceholderData } = props.list.query
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
      <ListRows {...rows} wideLabel={isWide ? title : undefined} />
    </>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { KeySheet } from '#web/ui/keys/key-sheet.tsx'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { UnmatchedNotice } from '../declarations/index.ts'
import { RequestExport } from '../exports/index.ts'
import { AssignModal } from '../visits/index.ts'
import { ClueDetail } from './detail/clue-detail.tsx'
import { ClueTable } from './list/clue-table.tsx'
import type { ClueSearch } from './search.ts'
import './clues.css'
import { FilterBar } from './list/filter-bar.tsx'
import { useListKeys } from './list/use-list-keys.ts'
import { Views } from './list/views.tsx'

const size = 50
const DispatchModal = lazyPart(() => import('./acts/dispatch-modal.tsx'), 'DispatchModal')

/** The filter without the order, which says nothing about what is in a file. */
function listed({ sort: _sort, descending: _descending, page: _page, ...filter }: ClueSearch) {
  return filter
}

/** The list is the work: its whole state is in the address, and a clue opens beside it. */
export function CluesPage() {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const navigate = useNavigate()
  const search: ClueSearch = useSearch({ strict: false })
  const { id } = useParams({ strict: false })
  const mayDispatch = useMay('clue.dispatch')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isExporting, setExporting] = useState(false)
  const [dispatching, setDispatching] = useState<string[]>()
  const [assigning, setAssigning] = useState<string[]>()
  const casework = useTranslation('visits').t
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['clues', search],
    queryFn: () => api.clues.list({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.rows ?? []
  const total = query.data?.total ?? 0

  const change = (next: Partial<ClueSearch>) => {
    setSelected(new Set())
    return navigate({
      to: id ? '/clues/$id' : '/clues',
      params: { id: id ?? '' },
      search: { ...search, page: undefined, ...next },
    })
  }
  const open = (clue: string) =>
    navigate({ to: '/clues/$id', params: { id: clue }, search, resetScroll: false })
  const close = () => navigate({ to: '/clues', search, resetScroll: false })
  const toggle = (clue: string) =>
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(clue)) after.add(clue)
      return after
    })
  const villagesOf = (ids: readonly string[]) =>
    rows.filter((row) => ids.includes(row.id)).map(({ household }) => household.village.code)
  const dispatch = (ids: string[]) => mayDispatch && ids.length > 0 && setDispatching(ids)
  const { active, setActive } = useListKeys({
    ids: rows.map((row) => row.id),
    openId: id,
    open,
    close,
    toggle,
    dispatch: (current) => dispatch(selected.size > 0 ? [...selected] : [current]),
  })

  return (
    <div className={id ? 'clues with-detail' : 'clues'}>
      <div className="clues-list">
        <PageHeader
          title={t('title')}
          note={query.data ? common('total', { count: formatCount(total) as never }) : undefined}
          isNoteStale={query.isPlaceholderData}
        >
          <Views search={search} onChoose={(view) => navigate({ to: '/clues', search: view })} />
          <MayButton capability="export.request" onClick={() => setExporting(true)}>
            {t('export')}
          </MayButton>
        </PageHeader>
        <UnmatchedNotice area={search.area} />
        <FilterBar search={search} facets={query.data?.facets} onChange={change} />
        {selected.size > 0 && (
          <div className="bulk-bar no-print" role="status">
            <strong>{t('selected', { count: selected.size })}</strong>
            <MayButton
              size="small"
              type="primary"
              capability="clue.dispatch"
              onClick={() => dispatch([...selected])}
            >
              {t('dispatchSelected')}
            </MayButton>
            <MayButton size="small" capability="visit.assign" onClick={() => setAssigning([...selected])}>
              {casework('assignSelected')}
            </MayButton>
            <Button size="small" type="text" onClick={() => setSelected(new Set())}>
              {common('cancel')}
            </Button>
          </div>
        )}
        <PagedList
          {...{ query, page, size }}
          emptyTitle={t('emptyTitle')}
          emptyText={t('emptyText')}
          onPage={(next) => change({ page: next })}
        >
          {() => (
            <ClueTable
              rows={rows}
              search={search}
              active={active}
              openId={id}
              selected={selected}
              compact={id !== undefined}
              onActive={setActive}
              onToggle={toggle}
              onToggleAll={(all) => setSelected(all ? new Set(rows.map((row) => row.id)) : new Set())}
            />
          )}
        </PagedList>
        <KeySheet
          keys={[
            { keys: ['j', 'k'], text: t('keysText.move') },
            { keys: ['Enter'], text: t('keysText.open') },
            { keys: ['x'], text: t('keysText.select') },
            { keys: ['d'], text: t('keysText.dispatch') },
            { keys: ['/'], text: t('keysText.search') },
            { keys: ['Esc'], text: t('keysText.close') },
          ]}
        />
      </div>
      {id && (
        <aside className="clues-detail" aria-label={t('detail')}>
          <ClueDetail
            id={id}
            onClose={close}
            onDispatch={() => dispatch([id])}
            onAssign={() => setAssigning([id])}
          />
        </aside>
      )}
      <Suspense fallback={null}>
        {isExporting && (
          <RequestExport
            kind="clues"
            filter={{ clues: listed(filter) }}
            rows={query.isPlaceholderData ? undefined : query.data?.total}
            onClose={() => setExporting(false)}
          />
        )}
        {assigning && (
          <AssignModal
            ids={assigning}
            mixed={new Set(villagesOf(assigning)).size > 1}
            onClose={(done) => {
              setAssigning(undefined)
              if (done) setSelected(new Set())
            }}
          />
        )}
        {dispatching && (
          <DispatchModal
            ids={dispatching}
            onClose={(done) => {
              setDispatching(undefined)
              if (done) setSelected(new Set())
            }}
          />
        )}
      </Suspense>
    </div>
  )
}

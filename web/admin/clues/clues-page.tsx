import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { App } from 'antd'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { ListKey } from '#web/ui/list/list-keys.ts'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { UnmatchedNotice } from '../declarations/index.ts'
import { ListExport } from '../exports/index.ts'
import { AssignModal } from '../visits/index.ts'
import { ClueDetail } from './detail/clue-detail.tsx'
import { BulkBar } from './list/bulk-bar.tsx'
import { FilterBar } from './list/filter-bar.tsx'
import { useBuiltViews } from './list/use-built-views.ts'
import { useClueColumns } from './list/use-clue-columns.tsx'
import { pressHandOn } from './queue/hand-on-key.ts'
import { focusLeft, leftId, rememberLeft } from './queue/left.ts'
import { useQueue } from './queue/use-queue.ts'
import type { ClueSearch } from './search.ts'
import './clues.css'

const DispatchModal = lazyPart(() => import('./acts/dispatch-modal.tsx'), 'DispatchModal')

/** The filter without the order, which says nothing about what is in a file. */
function listed({ sort: _sort, descending: _descending, ...filter }: ClueSearch) {
  return filter
}

/** The list is the work: its whole state is in the address, and a clue opens beside it. */
export function CluesPage() {
  const { t } = useTranslation('clues')
  const navigate = useNavigate()
  const search: ClueSearch = useSearch({ strict: false })
  const { id } = useParams({ strict: false })
  const mayDispatch = useMay('clue.dispatch')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [dispatching, setDispatching] = useState<string[]>()
  const [assigning, setAssigning] = useState<string[]>()
  const { message } = App.useApp()
  const built = useBuiltViews()
  const list = usePagedList('clues', search, (query) => api.clues.list(query))
  const { data, isPlaceholderData } = list.query
  const rows = data?.rows ?? []

  const change = (next: Partial<ClueSearch>) => {
    // What is chosen stays chosen from page to page.
    if (!('page' in next)) setSelected(new Set())
    return navigate({
      to: id ? '/clues/$id' : '/clues',
      params: { id: id ?? '' },
      search: { ...search, page: undefined, ...next },
    })
  }
  const open = (clue: string) =>
    navigate({ to: '/clues/$id', params: { id: clue }, search, resetScroll: false })
  const close = () => {
    rememberLeft(id)
    return navigate({ to: '/clues', search, resetScroll: false })
  }
  const queue = useQueue({
    search,
    size: list.size,
    ids: isPlaceholderData ? undefined : data?.rows.map((row) => row.id),
    openId: id,
  })
  const openNext = async () => {
    const next = await queue.next()
    if (next)
      return navigate({
        ...{ to: '/clues/$id', params: { id: next.id }, resetScroll: false },
        search: { ...search, page: next.page },
      })
    message.info(t('queueDone'))
    return close()
  }
  const isThere = rows.length > 0
  // Who closes a clue is back where it was opened.
  useEffect(() => {
    if (!id && isThere) focusLeft()
  }, [id, isThere])
  const toggle = (clue: string) =>
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(clue)) after.add(clue)
      return after
    })
  // Of those on other pages it is not known where they lie.
  const areMixed = (ids: readonly string[]) => {
    const own = rows.filter((row) => ids.includes(row.id))
    return own.length < ids.length || new Set(own.map(({ household }) => household.village.code)).size > 1
  }
  const dispatch = (ids: string[]) => mayDispatch && ids.length > 0 && setDispatching(ids)
  const finish = (done: boolean) => {
    setAssigning(undefined)
    setDispatching(undefined)
    if (done) setSelected(new Set())
  }
  const columns = useClueColumns({
    rows,
    search,
    selected,
    onToggle: toggle,
    onToggleAll: (all) => setSelected(all ? new Set(rows.map((row) => row.id)) : new Set()),
  })
  const keys: ListKey[] = [
    { key: 'x', text: t('keysText.select'), act: (current) => (current ? toggle(current) : false) },
    {
      key: 'd',
      text: t('keysText.dispatch'),
      act: (current) => {
        if (id) pressHandOn()
        else if (current) dispatch(selected.size > 0 ? [...selected] : [current])
        else return false
        return true
      },
    },
    { key: 'Escape', text: t('keysText.close'), act: () => (id ? close() : false) },
  ]

  return (
    <div className={id ? 'clues with-detail' : 'clues'}>
      <div className="clues-list">
        <ListFrame
          title={t('title')}
          views={{
            list: 'clues',
            search,
            built,
            countOf: async (view) => (await api.clues.list({ ...view, page: 1, size: 1 })).total,
            onChoose: (view) => navigate({ to: '/clues', search: view }),
          }}
          actions={<ListExport kind="clues" list={list} filter={{ clues: listed(list.filter) }} />}
          above={
            <>
              {data && <p className="clue-households muted">{t('households', { count: data.households })}</p>}
              <UnmatchedNotice area={search.area} />
            </>
          }
          filtersClass="filter-bar"
          filters={<FilterBar search={search} facets={data?.facets} onChange={change} />}
          bar={
            selected.size > 0 && (
              <BulkBar
                count={selected.size}
                onDispatch={() => dispatch([...selected])}
                onAssign={() => setAssigning([...selected])}
                onClear={() => setSelected(new Set())}
              />
            )
          }
          list={list}
          empty={{ title: t('emptyTitle'), text: t('emptyText') }}
          columns={columns}
          keyOf={(row) => row.id}
          className={id ? 'clue-table compact' : 'clue-table'}
          rowClass={(row) =>
            [row.id === id && 'open', selected.has(row.id) && 'selected'].filter(Boolean).join(' ')
          }
          openId={id}
          order={queue.ids}
          startAt={leftId()}
          onOpen={open}
          keys={keys}
          hasSearch
          onPage={(page) => change({ page })}
        />
      </div>
      {id && (
        <aside className="clues-detail" aria-label={t('detail')}>
          <ClueDetail
            id={id}
            onClose={close}
            onDispatch={() => dispatch([id])}
            onNext={openNext}
            onAssign={() => setAssigning([id])}
          />
        </aside>
      )}
      <Suspense fallback={null}>
        {assigning && <AssignModal ids={assigning} mixed={areMixed(assigning)} onClose={finish} />}
        {dispatching && <DispatchModal ids={dispatching} onClose={finish} />}
      </Suspense>
    </div>
  )
}

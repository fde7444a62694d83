import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Drawer, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Correction, CorrectionState } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { SomeOf } from '#web/ui/list/filters/choose.tsx'
import { OnlyIf } from '#web/ui/list/filters/only-if.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { ListExport } from '../exports/index.ts'
import { CorrectionDetail } from './correction-detail.tsx'
import { CorrectionDue } from './correction-due.tsx'

const route = getRouteApi('/layout/corrections')

/** What households say is wrong: who has it, until when, and the word of two people. */
export function CorrectionsPage() {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const navigate = useNavigate()
  const { id, ...search } = route.useSearch()
  const list = usePagedList('corrections', search, (query) => api.corrections.list(query))
  const change = (next: Partial<typeof search> & { id?: string | undefined }) =>
    navigate({ to: '/corrections', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const columns: Column<Correction>[] = [
    {
      key: 'household',
      head: t('household'),
      isRowHead: true,
      cell: (row) => (
        <>
          <Link to="/corrections" search={{ ...search, id: row.id }} resetScroll={false}>
            {row.household.headName}
          </Link>
          <span className="sub">{row.household.village.name}</span>
        </>
      ),
    },
    { key: 'what', head: t('what'), label: t('what'), cell: (row) => row.what },
    { key: 'wanted', head: t('wanted'), label: t('wanted'), cell: (row) => row.wanted },
    {
      key: 'state',
      head: t('stateLabel'),
      cell: (row) => (
        <>
          <Tag>{t(`state.${row.state}`)}</Tag>
          <CorrectionDue row={row} />
        </>
      ),
    },
    {
      key: 'assignee',
      head: t('assignee'),
      cell: (row) => row.assignee?.name ?? <span className="muted">{t('nobody')}</span>,
    },
  ]
  return (
    <>
      <ListFrame
        title={t('listTitle')}
        intro={t('listNote')}
        actions={<ListExport kind="corrections" list={list} />}
        views={{
          list: 'corrections',
          search,
          onChoose: (view) => navigate({ to: '/corrections', search: view }),
        }}
        filters={
          <>
            <SomeOf
              name={t('stateLabel')}
              value={search.state}
              options={CorrectionState.options.map((value) => ({ value, label: t(`state.${value}`) }))}
              onChange={(state) => change({ state })}
            />
            <OnlyIf name={t('mine')} value={search.mine} onChange={(mine) => change({ mine })} />
            <OnlyIf name={t('overdue')} value={search.overdue} onChange={(overdue) => change({ overdue })} />
          </>
        }
        list={list}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        columns={columns}
        keyOf={(row) => row.id}
        rowClass={(row) => row.id === id && 'open'}
        onPage={(page) => change({ page })}
      />
      <Drawer
        open={id !== undefined}
        size={520}
        title={t('listTitle')}
        closable={{ 'aria-label': common('close') }}
        onClose={() => change({ page: search.page, id: undefined })}
        destroyOnHidden
      >
        {id && <CorrectionDetail id={id} />}
      </Drawer>
    </>
  )
}

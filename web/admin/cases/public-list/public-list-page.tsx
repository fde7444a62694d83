import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { CaseKind } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { useDay } from '#web/ui/words/use-day.ts'
import { DocumentButton } from '../steps/document-button.tsx'
import './public-list.css'

const route = getRouteApi('/layout/cases/public-list')
type Row = Awaited<ReturnType<typeof api.cases.publicList>>['villages'][number]['rows'][number]
type Numbered = Row & { no: number }

/** One sheet a village for the notice board: surname, masked number, size and the kind of cause; nothing else. */
export function PublicListPage() {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const day = useDay()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { area, kind = 'identification', step = 'publicity' } = search
  const query = useQuery({
    queryKey: ['public-list', area, kind, step],
    queryFn: () => api.cases.publicList({ area, kind, step }),
  })
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/cases/public-list', search: { ...search, ...next } })
  const list = query.data
  const columns = useColumns(step)
  return (
    <div className="public-list">
      <PageHeader
        title={t('publicTitle')}
        path={
          <Link to="/cases" search={{}}>
            {t('title')}
          </Link>
        }
      >
        <DocumentButton
          name={t('publicWord')}
          address={`/api/cases/public-list.docx?${new URLSearchParams({
            kind,
            step,
            ...(area === undefined ? {} : { area: String(area) }),
          })}`}
          hindrance={list?.villages.length ? undefined : t('publicEmpty')}
        />
        <Button disabled={!list?.villages.length} onClick={() => window.print()}>
          {common('print')}
        </Button>
      </PageHeader>
      <p className="record-note no-print">{t('publicNote')}</p>
      <search className="record-filters no-print">
        <Segmented
          value={kind}
          options={CaseKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(value) => change({ kind: value })}
        />
        <Segmented
          value={step}
          options={(['publicity', 'announce'] as const).map((value) => ({
            value,
            label: t(`publicStep.${value}`),
          }))}
          onChange={(value) => change({ step: value })}
        />
        <AreaPicker value={area} whole={t('place')} onChange={(next) => change({ area: next })} />
      </search>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={8} height={28} />}
      {list?.villages.length === 0 && (
        <EmptyState title={t('publicEmpty')}>{t('publicEmptyText')}</EmptyState>
      )}
      {list?.villages.map(({ village, township, from, to, rows }) => (
        <section key={township + village} className="panel sheet">
          <h2>{t(`publicHead.${kind}-${step}`)}</h2>
          <p>
            {t(step === 'publicity' ? 'publicText' : 'announceText', {
              village: `${township}${village}`,
              from: day(from),
              to: day(to),
            })}
          </p>
          <ListTable rows={numbered(rows)} columns={columns} keyOf={({ id }) => id} />
          <p className="sheet-foot">
            <span>{t('publicCall', { hotline: list.hotline })}</span>
            <span className="sheet-seal">
              {t('publicSeal', { village })}
              <br />
              {day(step === 'publicity' ? from : list.from)}
            </span>
          </p>
        </section>
      ))}
    </div>
  )
}

const numbered = (rows: readonly Row[]): Numbered[] => rows.map((row, i) => ({ ...row, no: i + 1 }))

function useColumns(step: 'publicity' | 'announce'): Column<Numbered>[] {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const category: Column<Numbered> = {
    key: 'category',
    head: t('form.category'),
    cell: (row) => (row.category ? common(`category.${row.category}`) : '–'),
  }
  return [
    { key: 'no', head: t('no'), label: t('no'), cell: ({ no }) => no },
    { key: 'head', head: t('head'), isRowHead: true, cell: ({ headName }) => headName },
    { key: 'idNumber', head: t('idNumber'), cell: ({ idNumber }) => idNumber },
    { key: 'group', head: t('group'), label: t('group'), cell: ({ group }) => group ?? '–' },
    {
      key: 'members',
      head: t('members'),
      label: t('members'),
      className: 'number',
      cell: ({ members }) => members,
    },
    { key: 'cause', head: t('cause'), cell: ({ cause }) => common(`cause.${cause}`) },
    ...(step === 'announce' ? [category] : []),
  ]
}

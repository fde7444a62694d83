import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { AreaPicker } from '#web/ui/area-picker.tsx'
import { formatCount } from '#web/ui/format.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/household-cells.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { RiskMark } from '#web/ui/risk-mark.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/states.tsx'
import '../records.css'

const route = getRouteApi('/layout/visits/due')
const size = 50
const marks = { red: 'red', yellow: 'yellow', green: 'none' } as const
const grades = ['red', 'yellow', 'green'] as const
const wide = new Set(['province', 'city'])

/** Whom somebody should look in on by now, and nobody has been sent to; whoever plans the visit decides who goes. */
export function DueVisitsPage() {
  const { t } = useTranslation('casework')
  const common = useTranslation().t
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { page = 1, grade, area = me.area.code } = search
  const tooWide = wide.has(me.area.level) && area % 1e8 === 0
  const query = useQuery({
    queryKey: ['due-visits', area, grade, page],
    queryFn: () => api.visits.due({ area, grade, page, size }),
    placeholderData: keepPreviousData,
    enabled: !tooWide,
  })
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/visits/due', search: { ...search, page: undefined, ...next }, resetScroll: false })
  const { total = 0, counts } = query.data ?? {}
  return (
    <>
      <PageHeader
        title={t('dueVisits.title')}
        note={
          query.data
            ? t('dueVisits.note', { day: query.data.on, count: formatCount(total) as never })
            : undefined
        }
        isNoteStale={query.isPlaceholderData}
      >
        <Button className="hide-narrow" onClick={() => window.print()}>
          {common('print')}
        </Button>
      </PageHeader>
      <search className="record-filters">
        {counts && (
          <Segmented
            value={grade ?? 'all'}
            aria-label={t('dueVisits.grade')}
            options={[
              { value: 'all', label: t('dueVisits.all') },
              ...grades.map((value) => ({
                value,
                label: `${t(`dueVisits.grades.${value}`)} ${formatCount(counts[value])}`,
              })),
            ]}
            onChange={(value) => change({ grade: grades.find((one) => one === value) })}
          />
        )}
        <AreaPicker value={search.area} whole={me.area.name} onChange={(next) => change({ area: next })} />
      </search>
      {tooWide && <EmptyState title={t('dueVisits.chooseTitle')}>{t('dueVisits.chooseText')}</EmptyState>}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && !tooWide && <SkeletonRows rows={10} height={28} />}
      {query.data && total === 0 && (
        <EmptyState title={t('dueVisits.emptyTitle')}>{t('dueVisits.emptyText')}</EmptyState>
      )}
      {query.data && total > 0 && (
        <div className="panel record-panel">
          <table className="record-list">
            <thead>
              <tr>
                <th scope="col">{t('dueVisits.household')}</th>
                <th scope="col">{t('dueVisits.grade')}</th>
                <th scope="col">{t('dueVisits.place')}</th>
                <th scope="col">{t('dueVisits.last')}</th>
                <th scope="col">{t('dueVisits.by')}</th>
              </tr>
            </thead>
            <tbody>
              {query.data.rows.map(({ household, grade: own, purpose, lastOn, dueOn }) => (
                <tr key={household.ref}>
                  <HouseholdCell household={household} />
                  <td>
                    <RiskMark risk={marks[own]} text={false} /> {t(`dueVisits.grades.${own}`)}
                    {purpose === 'track' && <span className="sub">{t('dueVisits.track')}</span>}
                  </td>
                  <PlaceCell household={household} />
                  <td className="nowrap" data-label={t('dueVisits.last')}>
                    {lastOn ?? <span className="muted">{t('dueVisits.never')}</span>}
                  </td>
                  <td className="nowrap" data-label={t('dueVisits.by')}>
                    {dueOn}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} total={total} size={size} onPage={(next) => change({ page: next })} />
    </>
  )
}

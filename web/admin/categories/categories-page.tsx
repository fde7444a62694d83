import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CategorySummary } from '#contract/registry/categories.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { DayField } from '#web/ui/form/day-field.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { DivisionPath } from '#web/ui/place/division-path.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import type { CategorySearch } from './search.ts'
import './categories.css'
import { CategoryTable } from './category-table.tsx'
import { Changes } from './changes.tsx'
import { Grades, MonitoredCauses, ScaleNote } from './side.tsx'

const route = getRouteApi('/layout/categories')

/** Who belongs where, at the end of a day and between two. */
export function CategoriesPage() {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const text = useText()
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { view = 'now', area = me.area.code } = search
  const on = search.on ?? me.asOf
  const query = useQuery({
    queryKey: ['categories', area, on],
    queryFn: () => api.categories.summary({ area, on }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<CategorySearch>) =>
    navigate({ to: '/categories', search: { ...search, ...next }, replace: true, resetScroll: false })
  const way = query.data?.path.filter(({ code }) => code >= me.area.code) ?? []
  return (
    <>
      <PageHeader
        title={t('title')}
        path={way.length > 1 && <DivisionPath path={way} to="/categories" />}
        note={
          query.data &&
          view === 'now' &&
          t('onNote', { day: query.data.on, policy: text(query.data.policy.title) })
        }
      >
        <Segmented
          aria-label={t('view')}
          value={view}
          options={[
            { value: 'now', label: t('now') },
            { value: 'changes', label: t('changes') },
          ]}
          onChange={(next) => change({ view: next === 'now' ? undefined : 'changes' })}
        />
        {view === 'now' && (
          <DayField label={t('on')} value={on} max={me.asOf} onChange={(day) => change({ on: day })} />
        )}
        <Button className="hide-narrow" onClick={() => window.print()}>
          {common('print')}
        </Button>
      </PageHeader>
      {view === 'changes' ? (
        <Changes area={area} search={search} onChange={change} />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : query.data ? (
        <Standing data={query.data} />
      ) : (
        <SkeletonRows rows={10} height={36} />
      )}
    </>
  )
}

function Standing({ data }: { data: CategorySummary }) {
  const { t } = useTranslation('categories')
  if (data.rows.every(({ households }) => households === 0))
    return <EmptyState title={t('nobodyTitle')}>{t('nobodyText')}</EmptyState>
  return (
    <div className="categories">
      <CategoryTable data={data} />
      <div className="categories-side">
        <Grades data={data} />
        <MonitoredCauses data={data} />
        <ScaleNote data={data} />
      </div>
    </div>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '#contract/days.ts'
import type { Overview } from '#contract/work/overview.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { DivisionPath } from '#web/ui/place/division-path.tsx'
import { formatChange, formatCount } from '#web/ui/words/format.ts'
import type { ClueSearch } from '../clues/search.ts'
import { Causes } from './causes.tsx'
import { CountyMap } from './map/county-map.tsx'
import './overview.css'
import { fewHouseholds, rankAreas, riskRate, riskScale } from './map/risk-scale.ts'
import { Ranking } from './ranking.tsx'
import { Sources } from './sources.tsx'
import { Trend } from './trend/trend.tsx'

// The menu weighs as much as a page.
const StatisticsMenu = lazyPart(() => import('./statistics-menu.tsx'), 'StatisticsMenu')
const route = getRouteApi('/layout/overview')

export function OverviewPage() {
  const { t } = useTranslation('overview')
  const me = useMe()
  const area = route.useSearch().area ?? me.area.code
  const query = useQuery({
    queryKey: ['overview', area],
    queryFn: () => api.overview.get({ area }),
    placeholderData: keepPreviousData,
  })
  if (query.isError) return <ErrorState asPage error={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <SkeletonRows rows={10} height={48} />
  if (query.data.households === 0) {
    return (
      <>
        <Heading data={query.data} />
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      </>
    )
  }
  return <OverviewBody data={query.data} />
}

function Heading({ data }: { data: Overview }) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const me = useMe()
  const way = data.path.filter(({ code }) => code >= me.area.code)
  return (
    <PageHeader
      title={t('title')}
      path={way.length > 1 && <DivisionPath path={way} />}
      note={t('registryNote', {
        households: formatCount(data.households),
        registered: formatCount(data.registered),
      })}
    >
      <Link to="/workbench/ladder" search={{ area: data.area.code }}>
        {t('toLadder')} →
      </Link>
      <Suspense fallback={null}>
        <StatisticsMenu area={data.area.code} />
      </Suspense>
      <Button className="hide-narrow" onClick={() => window.print()}>
        {common('print')}
      </Button>
    </PageHeader>
  )
}

function OverviewBody({ data }: { data: Overview }) {
  const { t } = useTranslation('overview')
  const area = data.area.code
  const scale = useMemo(
    () => riskScale(data.children.filter(({ households }) => households >= fewHouseholds).map(riskRate)),
    [data.children],
  )
  const worst = rankAreas(data.children)[0]
  const hasMap = data.children.some(({ level }) => level === 'county')
  const finding =
    !worst || data.byLevel.red + data.byLevel.orange === 0
      ? t('mapCalm')
      : worst.households < fewHouseholds
        ? t('mapFew', { clues: formatCount(data.byLevel.red + data.byLevel.orange) })
        : t('mapFinding', { name: worst.name, rate: riskRate(worst).toFixed(1) })
  const ranking = <Ranking data={data} scale={scale} finding={hasMap ? undefined : finding} />
  const trend = <Trend trend={data.trend} area={data.area} />
  const sources = <Sources sources={data.sources} />
  return (
    <>
      <Heading data={data} />
      <div className="overview">
        <div className="overview-side">
          <div className="figures">
            <FigureCard label={t('openClues')} figure={data.figures.openClues} search={{ area }} />
            <FigureCard
              label={t('householdsAtRisk')}
              figure={data.figures.householdsAtRisk}
              search={{ area, sort: 'name' }}
              counts="households"
            />
            <FigureCard label={t('overdue')} figure={data.figures.overdue} search={{ area, overdue: true }} />
            <FigureCard
              label={t('openedThisWeek')}
              figure={data.figures.openedThisWeek}
              search={{ area, openedFrom: addDays(data.asOf, -6) }}
            />
          </div>
          <Causes data={data} />
          {!hasMap && trend}
        </div>
        <div className="overview-main">
          {hasMap ? (
            <section className="panel" aria-labelledby="map-title">
              <div className="panel-head">
                <h2 id="map-title">{finding}</h2>
                <span className="muted no-print">{t('mapHint')}</span>
              </div>
              <CountyMap
                areas={data.children}
                scale={scale}
                picture={{ title: finding, name: `${data.area.name}-${t('mapTitle')}` }}
              />
            </section>
          ) : (
            <>
              {data.children.length > 0 && ranking}
              {sources}
            </>
          )}
        </div>
        {hasMap && (
          <div className="overview-bottom">
            {ranking}
            <div className="overview-column">
              {trend}
              {sources}
            </div>
          </div>
        )}
      </div>
    </>
  )
}

function FigureCard({
  label,
  figure,
  search,
  counts = 'rows',
}: {
  label: string
  figure: { now: number; weekAgo: number | null }
  search: ClueSearch
  /** What of the list it counts. */
  counts?: 'rows' | 'households'
}) {
  const { t } = useTranslation('overview')
  const change =
    figure.weekAgo === null
      ? t('noLastWeek')
      : t('sinceLastWeek', { change: formatChange(figure.now - figure.weekAgo) })
  return (
    <Link to="/clues" search={search} className="figure panel">
      <span className="figure-label">{label}</span>
      <strong data-figure={counts}>{formatCount(figure.now)}</strong>
      <span className="muted">{change}</span>
    </Link>
  )
}

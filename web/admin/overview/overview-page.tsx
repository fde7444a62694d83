import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaRisk, Overview } from '#contract/overview.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { formatChange, formatCount } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/states.tsx'
import type { ClueSearch } from '../routes.tsx'
import { AreaTable } from './area-table.tsx'
import { Causes } from './causes.tsx'
import { CountyMap } from './county-map.tsx'
import './overview.css'
import { fewHouseholds, rankAreas, riskRate, riskScale } from './risk-scale.ts'
import { Sources } from './sources.tsx'
import { Trend } from './trend.tsx'

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
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
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
      note={t('registryNote', {
        households: formatCount(data.households),
        registered: formatCount(data.registered),
      })}
    >
      <nav aria-label={t('area')}>
        <ol className="crumbs">
          {way.map((division) => (
            <li key={division.code}>
              {division.code === data.area.code ? (
                <strong aria-current="page">{division.name}</strong>
              ) : (
                <Link to="/overview" search={{ area: division.code }}>
                  {division.name}
                </Link>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <Button size="small" onClick={() => window.print()}>
        {common('print')}
      </Button>
    </PageHeader>
  )
}

function OverviewBody({ data }: { data: Overview }) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const area = data.area.code
  const scale = useMemo(
    () => riskScale(data.children.filter(({ households }) => households >= fewHouseholds).map(riskRate)),
    [data.children],
  )
  const worst = rankAreas(data.children)[0]
  const hasMap = data.children.some(({ level }) => level === 'county')
  const level = data.children[0]?.level ?? 'village'
  const finding =
    worst && riskRate(worst) > 0
      ? t('mapFinding', { name: worst.name, rate: riskRate(worst).toFixed(1) })
      : t('mapCalm')
  const ranking = (
    <section className="panel" aria-labelledby="ranking-title">
      <h2 id="ranking-title">
        {hasMap ? t('areaList', { level: common(`divisionLevel.${level}`) }) : finding}
      </h2>
      {data.area.level === 'county' ? (
        <div className="located">
          <CountyMap areas={[asArea(data)]} scale={scale} around={Math.floor(area / 1e8)} />
          <div>
            <AreaTable areas={data.children} scale={scale} />
          </div>
        </div>
      ) : (
        <AreaTable areas={data.children} scale={scale} />
      )}
    </section>
  )
  return (
    <>
      <Heading data={data} />
      <div className="overview">
        <div className="overview-main">
          {hasMap ? (
            <section className="panel" aria-labelledby="map-title">
              <div className="panel-head">
                <h2 id="map-title">{finding}</h2>
                <span className="muted no-print">{t('mapHint')}</span>
              </div>
              <CountyMap areas={data.children} scale={scale} />
            </section>
          ) : (
            ranking
          )}
        </div>
        <div className="overview-side">
          <div className="figures">
            <FigureCard label={t('openClues')} figure={data.figures.openClues} search={{ area }} />
            <FigureCard
              label={t('householdsAtRisk')}
              figure={data.figures.householdsAtRisk}
              search={{ area, sort: 'name' }}
            />
            <FigureCard label={t('overdue')} figure={data.figures.overdue} search={{ area, overdue: true }} />
            <FigureCard
              label={t('openedThisWeek')}
              figure={data.figures.openedThisWeek}
              search={{ area, openedFrom: sixDaysBefore(data.asOf) }}
            />
          </div>
          <Causes byCause={data.byCause} area={area} />
        </div>
        <div className="overview-bottom">
          {hasMap && ranking}
          <div className="overview-column">
            <Trend trend={data.trend} area={area} />
            {hasMap && <Sources sources={data.sources} />}
          </div>
          {!hasMap && <Sources sources={data.sources} />}
        </div>
      </div>
    </>
  )
}

/** The area itself as one that can be drawn. */
function asArea({ area, households, byLevel, figures, sources }: Overview): AreaRisk {
  const lateFeeds = sources.filter(({ lateCounties }) => lateCounties.length > 0).map(({ feed }) => feed)
  return {
    ...area,
    ...byLevel,
    households,
    lateFeeds,
    openClues: figures.openClues.now,
    overdue: figures.overdue.now,
  }
}

const sixDaysBefore = (day: string) => new Date(Date.parse(day) - 6 * 86_400_000).toISOString().slice(0, 10)

function FigureCard({
  label,
  figure,
  search,
}: {
  label: string
  figure: { now: number; weekAgo: number | null }
  search: ClueSearch
}) {
  const { t } = useTranslation('overview')
  const change =
    figure.weekAgo === null
      ? t('noLastWeek')
      : t('sinceLastWeek', { change: formatChange(figure.now - figure.weekAgo) })
  return (
    <Link to="/clues" search={search} className="figure panel">
      <span className="figure-label">{label}</span>
      <strong>{formatCount(figure.now)}</strong>
      <span className="muted">{change}</span>
    </Link>
  )
}

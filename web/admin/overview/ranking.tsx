import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaRisk, Overview } from '#contract/work/overview.ts'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { AreaTable } from './area-table.tsx'
import { CountyMap } from './map/county-map.tsx'
import { type RiskScale, sumByCity } from './map/risk-scale.ts'

interface RankingProps {
  data: Overview
  scale: RiskScale
  /** Said in the title where no map above says it. */
  finding: string | undefined
}

/** The divisions below as a table; a province can also be read by city. */
export function Ranking({ data, scale, finding }: RankingProps) {
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const [all, setAll] = useState(false)
  const [wantsCities, setWantsCities] = useState(false)
  const isProvince = data.area.level === 'province'
  const byCity = isProvince && wantsCities
  const cities = useQuery({
    queryKey: ['division', data.area.code],
    queryFn: () => api.divisions.get({ code: data.area.code }),
    enabled: byCity,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const areas = byCity && cities.data ? sumByCity(data.children, cities.data.children) : data.children
  const level = areas[0]?.level ?? 'village'
  const title = t('areaList', { level: common(`divisionLevel.${level}`) })
  const table = (
    <AreaTable areas={areas} scale={scale} first={isProvince ? 20 : 12} all={all} onAll={setAll} />
  )

  return (
    <section className="panel" aria-labelledby="ranking-title">
      <div className="panel-head">
        <h2 id="ranking-title">{finding ?? title}</h2>
        <div className="no-print panel-tools">
          {isProvince && (
            <Button size="small" type="text" onClick={() => setWantsCities(!wantsCities)}>
              {byCity ? t('byCounty') : t('byCity')}
            </Button>
          )}
          <TableExport title={title} of="area-table" prepare={() => setAll(true)} />
        </div>
      </div>
      {data.area.level === 'county' ? (
        <div className="located">
          <CountyMap areas={[asArea(data)]} scale={scale} around={Math.floor(data.area.code / 1e8)} />
          <div>{table}</div>
        </div>
      ) : (
        table
      )}
    </section>
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

import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AreaRisk } from '#contract/work/overview.ts'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import type { ClueSearch } from '../clues/search.ts'
import { fewHouseholds, type RiskScale, rankAreas, riskRate } from './map/risk-scale.ts'

interface AreaTableProps {
  areas: AreaRisk[]
  scale: RiskScale
  /** Rows shown at first. */
  first: number
  /** Whether all are shown. */
  all: boolean
  onAll(all: boolean): void
}

/** The divisions below, densest risk first; the name leads a level down, every number to its list. */
export function AreaTable({ areas, scale, first, all, onAll }: AreaTableProps) {
  const { t } = useTranslation('overview')
  const ranked = rankAreas(areas)
  const rated = ranked.filter(({ households }) => households >= fewHouseholds)
  const most = Math.max(...(rated.length > 0 ? rated : ranked).map(riskRate), 0.1)
  return (
    <>
      <ScrollRegion label={t('area')}>
        <table id="area-table" className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('area')}</th>
              <th scope="col">{t('rate')}</th>
              <th scope="col" className="number">
                {t('red')}
              </th>
              <th scope="col" className="number">
                {t('orange')}
              </th>
              <th scope="col" className="number">
                {t('yellow')}
              </th>
              <th scope="col" className="number">
                {t('overdue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? ranked : ranked.slice(0, first)).map((area) => (
              <tr key={area.code}>
                <th scope="row">
                  {area.level === 'village' ? (
                    <Link to="/clues" search={{ area: area.code }}>
                      {area.name}
                    </Link>
                  ) : (
                    <Link to="/overview" search={{ area: area.code }}>
                      {area.name}
                    </Link>
                  )}{' '}
                  {area.lateFeeds.length > 0 && <RiskMark risk="unknown" text={false} size={12} />}
                </th>
                <td>
                  <span className="rate">
                    <i
                      style={{
                        width: `${Math.min(1, riskRate(area) / most) * 100}%`,
                        background: scale.colourOf(area),
                      }}
                    />
                    <b>{riskRate(area).toFixed(1)}</b>
                  </span>
                </td>
                {(['red', 'orange', 'yellow'] as const).map((level) => (
                  <td key={level} className="number">
                    <CountLink count={area[level]} search={{ area: area.code, level: [level] }} />
                  </td>
                ))}
                <td className="number">
                  <CountLink count={area.overdue} search={{ area: area.code, overdue: true }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {areas.length > first && (
        <Button size="small" type="link" className="no-print" onClick={() => onAll(!all)}>
          {all ? t('showFew', { count: first }) : t('showAll', { count: areas.length })}
        </Button>
      )}
    </>
  )
}

/** A number that opens to the list it counts; zero leads nowhere. */
export function CountLink({ count, search }: { count: number; search: ClueSearch }) {
  if (count === 0) return <span className="muted">0</span>
  return (
    <Link to="/clues" search={search} data-figure="rows">
      {formatCount(count)}
    </Link>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AreaRisk } from '#contract/overview.ts'
import { fewHouseholds, type RiskScale, tooFewColour } from './risk-scale.ts'

interface SideProps {
  areas: AreaRisk[]
  scale: RiskScale
}

export function MapLegend({ areas, scale }: SideProps) {
  const { t } = useTranslation('overview')
  const hasLate = areas.some(({ lateFeeds }) => lateFeeds.length > 0)
  const hasFew = areas.some(({ households }) => households < fewHouseholds)
  return (
    <ul className="legend" aria-label={t('perHundred')}>
      <li className="muted">{t('perHundred')}</li>
      <li>
        <i style={{ background: scale.colour(0) }} />
        {t('legendNone')}
      </li>
      {scale.legend.map((step) => (
        <li key={step.upTo}>
          <i style={{ background: step.colour }} />≤ {step.upTo}
        </li>
      ))}
      {hasFew && (
        <li>
          <i style={{ background: tooFewColour }} />
          {t('legendFew', { count: fewHouseholds })}
        </li>
      )}
      {hasLate && (
        <li>
          <i className="hatched" />
          {t('legendLate')}
        </li>
      )}
    </ul>
  )
}

/** Development zones have no boundary of their own; on a telephone they stand folded under the map. */
export function ZoneList({ areas, scale }: SideProps) {
  const { t } = useTranslation('overview')
  return (
    <details className="zones no-print" open={matchMedia('(min-width: 761px)').matches}>
      <summary>{t('withoutShape', { count: areas.length })}</summary>
      <ul>
        {areas.map((area) => (
          <li key={area.code}>
            <Link to="/overview" search={{ area: area.code }}>
              <i style={{ background: scale.colourOf(area) }} />
              {area.name}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}

import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AreaRisk } from '#contract/work/overview.ts'
import type { LegendItem } from '#web/ui/files/save-picture.ts'
import { fewHouseholds, type RiskScale, tooFewColour } from './risk-scale.ts'

/** The steps of the scale, none first. */
export function mapSteps(scale: RiskScale, none: string): LegendItem[] {
  return [
    { fill: scale.colour(0), label: none },
    ...scale.legend.map(({ upTo, colour }) => ({ fill: colour, label: `≤ ${upTo}` })),
  ]
}

/** What the colours do not say: places too small to rate, sources that are late. */
export function mapRemarks(areas: AreaRisk[], hatch: string, t: TFunction<'overview'>): LegendItem[] {
  const few = { fill: tooFewColour, label: t('legendFew', { count: fewHouseholds }) }
  const late = { fill: hatch, label: t('legendLate') }
  return [
    ...(areas.some(({ households }) => households < fewHouseholds) ? [few] : []),
    ...(areas.some(({ lateFeeds }) => lateFeeds.length > 0) ? [late] : []),
  ]
}

export function MapLegend({ steps, remarks }: { steps: LegendItem[]; remarks: LegendItem[] }) {
  const { t } = useTranslation('overview')
  return (
    <ul className="legend" aria-label={t('perHundred')}>
      <li className="muted">{t('perHundred')}</li>
      {steps.map(({ fill, label }) => (
        <li key={label}>
          <i style={{ background: fill }} />
          {label}
        </li>
      ))}
      {remarks.map(({ fill, label }) => (
        <li key={label} className="remark">
          <i {...(fill.startsWith('url') ? { className: 'hatched' } : { style: { background: fill } })} />
          {label}
        </li>
      ))}
    </ul>
  )
}

/** Development zones have no boundary of their own; on a telephone they stand folded under the map. */
export function ZoneList({ areas, scale }: { areas: AreaRisk[]; scale: RiskScale }) {
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

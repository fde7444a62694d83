import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { formatShare } from '#web/ui/words/format.ts'
import { trendQuery } from '../queries.ts'
import { type DepartmentTrend, trendByDepartment } from './trend.ts'

/** How much each department's files had to be sent back, batch by batch. The heading says what there is to see. */
export function RejectTrend() {
  const { t, i18n } = useTranslation('intake')
  const { data } = useQuery(trendQuery)
  const trends = data && trendByDepartment(data)
  const [worst] = trends ?? []
  const name = (department: string) => i18n.t(`department.${department as 'YB'}`)
  return (
    <section className="panel trend" aria-labelledby="trend-title">
      <h2 id="trend-title">{t('trend.title')}</h2>
      {!trends && <SkeletonRows rows={4} />}
      {trends && !worst && <p className="muted">{t('trend.empty')}</p>}
      {trends && worst && (
        <>
          <p className="finding">
            {worst.latest === 0
              ? t('trend.clean')
              : t('trend.finding', { department: name(worst.department), share: formatShare(worst.latest) })}
          </p>
          <ul>
            {trends.map((trend) => (
              <li key={trend.department}>
                <span className="trend-name">{name(trend.department)}</span>
                <Bars trend={trend} scale={Math.max(...trends.flatMap(({ shares }) => shares))} />
                <span className="number">{formatShare(trend.latest)}</span>
              </li>
            ))}
          </ul>
          <p className="muted small-print">{t('trend.hint')}</p>
        </>
      )}
    </section>
  )
}

const barWidth = 6
const gap = 2
const height = 24

/** All departments share one scale, so that bars can be compared across rows. */
function Bars({ trend: { department, shares }, scale }: { trend: DepartmentTrend; scale: number }) {
  const { t, i18n } = useTranslation('intake')
  const label = t('trend.bar', {
    department: i18n.t(`department.${department as 'YB'}`),
    n: shares.length,
    shares: shares.map(formatShare).join(', '),
  })
  const width = 12 * (barWidth + gap)
  const start = width - shares.length * (barWidth + gap)
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="axis" />
      {shares
        .map((share, i) => ({ share, x: start + i * (barWidth + gap) }))
        .map(({ share, x }) => {
          const tall = scale === 0 ? 0 : Math.max((share / scale) * (height - 2), share > 0 ? 1 : 0)
          return <rect key={x} x={x} y={height - 1 - tall} width={barWidth} height={tall} />
        })}
    </svg>
  )
}

import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CategorySummary, ManagementGrade } from '#contract/registry/categories.ts'
import { formatCount, formatShare } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { share } from './category-table.tsx'

const marks: Record<ManagementGrade, 'red' | 'yellow' | 'none'> = {
  red: 'red',
  yellow: 'yellow',
  green: 'none',
}

/** How closely whom, and how often somebody is to look in. */
export function Grades({ data: { grades, area, on } }: { data: CategorySummary }) {
  const { t } = useTranslation('categories')
  return (
    <section className="panel" aria-labelledby="grades-title">
      <h2 id="grades-title">{t('gradeTitle')}</h2>
      {grades ? (
        <ul className="grade-list">
          {grades.map(({ grade, households, visitEveryDays }) => (
            <li key={grade}>
              <Link to="/categories/households" search={{ area: area.code, grade, on }}>
                <RiskMark risk={marks[grade]} text={false} size={16} />
                <strong data-figure="rows">{formatCount(households)}</strong>
                <span>{t(`grade.${grade}`)}</span>
              </Link>
              <span className="muted">
                {t(`gradeWho.${grade}`)} · {t('gradeRhythm', { days: visitEveryDays })}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="muted">{t('gradePast')}</p>
      )}
      {grades && (
        <p className="to-due">
          <Link to="/visits/due" search={{ area: area.code }}>
            {t('toDue')} →
          </Link>
        </p>
      )}
    </section>
  )
}

/** Bars from zero, longest first; each opens to its households. */
export function MonitoredCauses({ data: { byCause, area, on } }: { data: CategorySummary }) {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const first = byCause[0]
  if (!first) return null
  const all = byCause.reduce((total, { households }) => total + households, 0)
  const name = (cause: (typeof first)['cause']) => (cause ? common(`cause.${cause}`) : t('causeNone'))
  return (
    <section className="panel" aria-labelledby="monitored-causes">
      <h2 id="monitored-causes">
        {first.cause
          ? t('causeFinding', { cause: name(first.cause), share: formatShare(first.households / all) })
          : t('causeTitle')}
      </h2>
      <ul className="cause-bars">
        {byCause.map(({ cause, households }) => (
          <li key={cause ?? 'none'}>
            <Link
              to="/categories/households"
              search={{ area: area.code, on, risk: ['open'], cause: cause ?? 'none' }}
            >
              <span>{name(cause)}</span>
              <i style={{ width: `${(households / first.households) * 100}%` }} />
              <b className="number" data-figure="rows">
                {formatCount(households)}
              </b>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The limits of scale in words, with whose they are; or that there are none. */
export function ScaleNote({ data: { scale, policy } }: { data: CategorySummary }) {
  const { t } = useTranslation('categories')
  const text = useText()
  return (
    <section className="panel" aria-labelledby="scale-title">
      <h2 id="scale-title">{t('scaleTitle')}</h2>
      {scale ? (
        <>
          <p>
            {t('scaleLimits', {
              low: share(scale.lowBp),
              amber: share(scale.amberBp),
              red: share(scale.redBp),
            })}
          </p>
          <ul className="scale-signs">
            <li>
              <RiskMark risk="yellow" text={false} size={12} /> {t('scaleLow', { low: share(scale.lowBp) })}
            </li>
            <li>
              <RiskMark risk="orange" text={false} size={12} />{' '}
              {t('scaleAmber', { amber: share(scale.amberBp) })}
            </li>
            <li>
              <RiskMark risk="red" text={false} size={12} /> {t('scaleRed', { red: share(scale.redBp) })}
            </li>
          </ul>
          <p className="muted">
            {t('source', { document: text(scale.source.document), article: scale.source.article })}{' '}
            {scale.source.status !== 'verified' && <Tag>{t('unverified')}</Tag>}
          </p>
        </>
      ) : (
        <p>{t('scaleFree', { policy: text(policy.title) })}</p>
      )}
    </section>
  )
}

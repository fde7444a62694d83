import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Overview } from '#contract/work/overview.ts'
import { formatCount, formatShare } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'

const levels = ['red', 'orange', 'yellow'] as const

/** Horizontal bars from zero, longest first, divided by level; every piece leads to its list. */
export function Causes({ data: { byCause, byLevel, area: division } }: { data: Overview }) {
  const area = division.code
  const { t } = useTranslation('overview')
  const common = useTranslation().t
  const ranked = byCause.filter(({ total }) => total > 0).toSorted((a, b) => b.total - a.total)
  const all = ranked.reduce((sum, { total }) => sum + total, 0)
  const first = ranked[0]
  const title = first
    ? t('causeFinding', { cause: common(`cause.${first.cause}`), share: formatShare(first.total / all) })
    : t('byCause')
  return (
    <section className="panel" aria-labelledby="causes-title">
      <h2 id="causes-title">{title}</h2>
      <ul className="levels">
        {levels.map((level) => (
          <li key={level}>
            <Link to="/clues" search={{ area, level: [level] }}>
              <RiskMark risk={level} /> <b data-figure="rows">{formatCount(byLevel[level])}</b>
            </Link>
          </li>
        ))}
      </ul>
      <ul className="causes">
        {ranked.map((row) => (
          <li key={row.cause}>
            <Link to="/clues" search={{ area, cause: [row.cause] }} className="cause-name">
              {common(`cause.${row.cause}`)}
            </Link>
            <span className="cause-bar">
              {levels.map(
                (level) =>
                  row[level] > 0 && (
                    <Link
                      key={level}
                      to="/clues"
                      search={{ area, cause: [row.cause], level: [level] }}
                      style={{
                        width: `${(row[level] / (first?.total ?? 1)) * 100}%`,
                        background: `var(--${level})`,
                      }}
                      aria-label={`${common(`cause.${row.cause}`)} ${common(`level.${level}`)} ${row[level]}`}
                      data-figure="rows"
                      title={`${common(`level.${level}`)} ${formatCount(row[level])}`}
                    />
                  ),
              )}
            </span>
            <Link to="/clues" search={{ area, cause: [row.cause] }} className="number" data-figure="rows">
              {formatCount(row.total)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

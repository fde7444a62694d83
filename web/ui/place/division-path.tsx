import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Division } from '#contract/common.ts'

interface DivisionPathProps {
  path: readonly Division[]
  /** Page each step back leads to. */
  to?: '/overview' | '/categories'
}

/** The way down to a division, each step back a link to the same page of it. */
export function DivisionPath({ path, to = '/overview' }: DivisionPathProps) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('place')} className="no-print">
      <ol className="crumbs">
        {path.map((division, i) => (
          <li key={division.code}>
            {i === path.length - 1 ? (
              <strong aria-current="page">{division.name}</strong>
            ) : (
              <Link to={to} search={(now: object) => ({ ...now, area: division.code })}>
                {division.name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Division } from '#contract/common.ts'

/** The way down to a division, each step back a link to its overview. */
export function DivisionPath({ path }: { path: readonly Division[] }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('place')} className="no-print">
      <ol className="crumbs">
        {path.map((division, i) => (
          <li key={division.code}>
            {i === path.length - 1 ? (
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
  )
}

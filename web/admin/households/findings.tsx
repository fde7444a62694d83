import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { formatCount } from '#web/ui/words/format.ts'

/** What the register says against itself, and who left for another county; nothing where there is nothing. */
export function Findings({ area }: { area: number | undefined }) {
  const { t } = useTranslation('households')
  const { data } = useQuery({
    queryKey: ['household-findings', area],
    queryFn: () => api.households.findings({ area }),
  })
  if (!data || (data.sizeDiffers === 0 && data.moved.length === 0)) return null
  return (
    <section className="panel household-findings" aria-label={t('finding')}>
      {data.sizeDiffers > 0 && (
        <p>
          <Link to="/households" search={{ area, finding: 'size' }}>
            {t('sizeDiffersCount', { count: formatCount(data.sizeDiffers) as never })}
          </Link>{' '}
          <span className="muted">{t('sizeDiffersHint')}</span>
        </p>
      )}
      {data.moved.length > 0 && (
        <details>
          <summary>{t('movedCount', { count: formatCount(data.moved.length) as never })}</summary>
          <ul className="plain-list">
            {data.moved.map(({ householdNo, headName, village, to, movedOn }) => (
              <li key={householdNo + movedOn}>
                {t('movedLine', { householdNo, headName, village, to, movedOn })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

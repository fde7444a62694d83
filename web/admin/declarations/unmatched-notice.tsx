import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import './declarations.css'

export const unmatchedKey = ['unmatched-declarations'] as const

/** Somebody declared and fits no household: a person of the place says whose it is. */
export function UnmatchedNotice({ area }: { area?: number | undefined }) {
  const { t } = useTranslation('declarations')
  const may = useMay('clue.report')
  const query = useQuery({
    queryKey: [...unmatchedKey, 'count', area],
    queryFn: () => api.declarations.countUnmatched({ area }),
    enabled: may,
  })
  const { total = 0, overdue = 0 } = query.data ?? {}
  if (total === 0) return null
  return (
    <Alert
      className="unmatched-notice no-print"
      type={overdue > 0 ? 'error' : 'warning'}
      showIcon
      title={
        <>
          {t('waiting', { count: total })} {overdue > 0 && t('waitingLate', { count: overdue })}{' '}
          <Link to="/declarations" search={{ area }}>
            {t('open')} →
          </Link>
        </>
      }
    />
  )
}

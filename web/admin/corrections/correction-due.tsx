import { useTranslation } from 'react-i18next'
import type { Correction } from '#contract/protection/own-record.ts'

/** Until when a household has its answer. */
export function CorrectionDue({ row }: { row: Correction }) {
  const { t } = useTranslation('rights')
  if (row.state !== 'open' && row.state !== 'proposed') return null
  return (
    <span className="sub">
      {t('due', { day: row.dueOn })} {row.overdue && <strong>{t('isOverdue')}</strong>}
    </span>
  )
}

import { useTranslation } from 'react-i18next'

/** The last day of something, and in words that it is over. */
export function DueDay({ day, overdue }: { day: string | null; overdue: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {day ?? '–'}
      {overdue && <strong className="overdue">{t('list.overdue')}</strong>}
    </>
  )
}

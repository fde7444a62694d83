import { useTranslation } from 'react-i18next'

/** Open work by its kind. */
export function WorkCounts({ counts }: { counts: Record<string, number> }) {
  const { t, i18n } = useTranslation('accounts')
  const label = (part: string) =>
    i18n.exists(`accounts:workPart.${part}`)
      ? t(`workPart.${part as 'household-access'}`)
      : t('workPart.other', { part })
  return (
    <ul className="work-counts">
      {Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([part, count]) => (
          <li key={part}>
            <span>{label(part)}</span>
            <strong>{t('workCount', { count })}</strong>
          </li>
        ))}
    </ul>
  )
}

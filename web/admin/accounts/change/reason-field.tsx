import { useTranslation } from 'react-i18next'
import { LongText } from '#web/ui/form/long-text.tsx'

interface ReasonFieldProps {
  value: string
  isMissing: boolean
  onChange(reason: string): void
}

export const isReason = (reason: string) => reason.trim().length >= 2

export function ReasonField({ value, isMissing, onChange }: ReasonFieldProps) {
  const { t } = useTranslation('accounts')
  return (
    <LongText
      id="account-reason"
      label={t('reason')}
      rows={2}
      hint={t('reasonHint')}
      wrong={isMissing && t('reasonMissing')}
      value={value}
      onChange={onChange}
    />
  )
}

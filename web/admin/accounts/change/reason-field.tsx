import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

interface ReasonFieldProps {
  value: string
  isMissing: boolean
  onChange(reason: string): void
}

export const isReason = (reason: string) => reason.trim().length >= 2

export function ReasonField({ value, isMissing, onChange }: ReasonFieldProps) {
  const { t } = useTranslation('accounts')
  return (
    <Form.Item
      label={t('reason')}
      htmlFor="account-reason"
      extra={t('reasonHint')}
      {...(isMissing ? { validateStatus: 'error', help: t('reasonMissing') } : {})}
    >
      <Input.TextArea
        id="account-reason"
        rows={2}
        maxLength={500}
        value={value}
        aria-invalid={isMissing}
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}

import { DatePicker } from 'antd'
import { useTranslation } from 'react-i18next'

/** From when to when, to the minute; comes after the page, because a calendar is heavy. */
export function Period({ onChange }: { onChange(from: string | undefined, to: string | undefined): void }) {
  const { t } = useTranslation('audit')
  return (
    <DatePicker.RangePicker
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      aria-label={t('when')}
      placeholder={[t('from'), t('to')]}
      onChange={(range) => onChange(range?.[0]?.toISOString(), range?.[1]?.toISOString())}
    />
  )
}

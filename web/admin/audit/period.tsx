import { DatePicker } from 'antd'
import type { Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { instantOf } from '#contract/days.ts'

/** What is chosen is read as the time in China, as the list beside it is, on whatever machine. */
const inChina = (at: Dayjs | null | undefined) =>
  at ? instantOf(at.format('YYYY-MM-DD'), at.format('HH:mm')).toISOString() : undefined

/** From when to when, to the minute; comes after the page, because a calendar is heavy. */
export function Period({ onChange }: { onChange(from: string | undefined, to: string | undefined): void }) {
  const { t } = useTranslation('audit')
  return (
    <DatePicker.RangePicker
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      aria-label={t('when')}
      placeholder={[t('from'), t('to')]}
      onChange={(range) => onChange(inChina(range?.[0]), inChina(range?.[1]))}
    />
  )
}

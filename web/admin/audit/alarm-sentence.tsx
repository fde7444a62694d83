import { useTranslation } from 'react-i18next'
import type { Alarm } from '#contract/protection/audit.ts'
import { formatCount } from '#web/ui/words/format.ts'

export function AlarmSentence({ alarm: { kind, count, threshold } }: { alarm: Alarm }) {
  const { t } = useTranslation('audit')
  return <>{t(`alarm.${kind}`, { count: formatCount(count) as never, threshold: formatCount(threshold) })}</>
}

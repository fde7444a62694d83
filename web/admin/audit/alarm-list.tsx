import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '#contract/protection/audit.ts'
import { api } from '#web/api/client.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { AlarmDetail, AlarmSentence } from './alarm-sentence.tsx'

const AcknowledgeAlarm = lazyPart(() => import('./acknowledge-alarm.tsx'), 'AcknowledgeAlarm')

/** What is unusual, each in one sentence that opens to its entries. */
export function AlarmList() {
  const { t } = useTranslation('audit')
  const [withHandled, setWithHandled] = useState(false)
  const [current, setCurrent] = useState<Alarm>()
  const query = useQuery({
    queryKey: ['audit', 'alarms', withHandled],
    queryFn: () => api.audit.alarms(withHandled ? {} : { state: 'open' }),
  })
  const rows = query.data?.rows ?? []
  return (
    <section className="panel record-panel" aria-labelledby="audit-alarms">
      <div className="audit-heading">
        <h2 id="audit-alarms">{t('alarms')}</h2>
        {query.data && <span className="muted">{t('openAlarms', { count: query.data.open })}</span>}
        <Checkbox checked={withHandled} onChange={(event) => setWithHandled(event.target.checked)}>
          {t('showHandled')}
        </Checkbox>
      </div>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={3} />}
      {query.data && rows.length === 0 && <p className="muted audit-none">{t('noAlarms')}</p>}
      <ul className="audit-alarms">
        {rows.map((alarm) => (
          <li key={alarm.id} className={alarm.state}>
            <div>
              <strong>{alarm.account.username}</strong> <AlarmSentence alarm={alarm} />
              <AlarmDetail alarm={alarm} />
              <span className="sub">
                {alarm.account.area?.name} {formatInstant(alarm.from)} – {formatInstant(alarm.to).slice(11)}
                {alarm.acknowledged && ` · ${t('acknowledged', alarm.acknowledged)}`}
              </span>
            </div>
            <div className="record-actions no-print">
              <Link to="/audit" search={alarm.filter}>
                {t('entries')}
              </Link>
              {alarm.state === 'open' && (
                <Button size="small" onClick={() => setCurrent(alarm)}>
                  {t('acknowledge')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>
        {current && <AcknowledgeAlarm alarm={current} onClose={() => setCurrent(undefined)} />}
      </Suspense>
    </section>
  )
}

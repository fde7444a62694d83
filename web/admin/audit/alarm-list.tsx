import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '#contract/audit.ts'
import { api } from '#web/api/client.ts'
import { formatCount, formatInstant } from '#web/ui/format.ts'
import { ErrorState, SkeletonRows } from '#web/ui/states.tsx'

/** What is unusual, each in one sentence that opens to its entries. */
export function AlarmList() {
  const { t } = useTranslation('audit')
  const [withHandled, setWithHandled] = useState(false)
  const [settling, setSettling] = useState<Alarm>()
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
              <strong>{alarm.account.username}</strong> <Sentence alarm={alarm} />
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
                <Button size="small" onClick={() => setSettling(alarm)}>
                  {t('acknowledge')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {settling && <Settle alarm={settling} onClose={() => setSettling(undefined)} />}
    </section>
  )
}

function Sentence({ alarm: { kind, count, threshold } }: { alarm: Alarm }) {
  const { t } = useTranslation('audit')
  return <>{t(`alarm.${kind}`, { count: formatCount(count) as never, threshold: formatCount(threshold) })}</>
}

function Settle({ alarm, onClose }: { alarm: Alarm; onClose(): void }) {
  const { t } = useTranslation('audit')
  const common = useTranslation().t
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const settle = useMutation({
    mutationFn: () => api.audit.acknowledge({ id: alarm.id, reason: reason.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['audit', 'alarms'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${t('acknowledge')} · ${alarm.account.username}`}
      okText={t('acknowledge')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: settle.isPending }}
      onOk={() => settle.mutate()}
      onCancel={onClose}
    >
      <p>
        <Sentence alarm={alarm} />
      </p>
      <label htmlFor="alarm-reason">{t('outcomeReason')}</label>
      <Input.TextArea
        id="alarm-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {settle.isError && <ErrorState error={settle.error} />}
    </Modal>
  )
}

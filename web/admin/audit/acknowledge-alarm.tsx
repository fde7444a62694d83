import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '#contract/protection/audit.ts'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { AlarmSentence } from './alarm-sentence.tsx'

/** What came of an alarm, by somebody else than the account it is about. */
export function AcknowledgeAlarm({ alarm, onClose }: { alarm: Alarm; onClose(): void }) {
  const { t } = useTranslation('audit')
  const common = useTranslation().t
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const acknowledge = useMutation({
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
      okButtonProps={{ disabled: reason.trim() === '', loading: acknowledge.isPending }}
      onOk={() => acknowledge.mutate()}
      onCancel={onClose}
    >
      <p>
        <AlarmSentence alarm={alarm} />
      </p>
      <label htmlFor="alarm-reason">{t('outcomeReason')}</label>
      <Input.TextArea
        id="alarm-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failed of={acknowledge} />
    </Modal>
  )
}

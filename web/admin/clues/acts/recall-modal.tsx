import { useMutation } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { useRefreshClues } from './use-undo.tsx'

interface RecallModalProps {
  id: string
  /** One handed it on oneself and nobody went on with it: it lies again where it lay before. */
  isOwn: boolean
  onClose(): void
}

/** Takes back what was handed over; says what that means and why it is done. */
export function RecallModal({ id, isOwn, onClose }: RecallModalProps) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const refresh = useRefreshClues()
  const [reason, setReason] = useState('')
  const recall = useMutation({
    mutationFn: () => (isOwn ? api.clues.withdraw : api.clues.recall)({ ids: [id], reason }),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('recallTitle')}
      okText={t('recall')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: recall.isPending }}
      onOk={() => recall.mutate()}
      onCancel={onClose}
    >
      <p>{t(isOwn ? 'withdrawText' : 'recallText')}</p>
      <label htmlFor="recall-reason">{t('recallReason')}</label>
      <Input.TextArea
        id="recall-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failed of={recall} />
    </Modal>
  )
}

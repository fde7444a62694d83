import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { ErrorState } from '#web/ui/page/states.tsx'

/** Takes back what was handed over; says what that means and why it is done. */
export function RecallModal({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const recall = useMutation({
    mutationFn: () => api.clues.recall({ ids: [id], reason }),
    onSuccess: async () => {
      await Promise.all(
        ['clues', 'clue', 'overview'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
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
      <p>{t('recallText')}</p>
      <label htmlFor="recall-reason">{t('recallReason')}</label>
      <Input.TextArea
        id="recall-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {recall.isError && <ErrorState error={recall.error} onRetry={() => recall.mutate()} />}
    </Modal>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { ErrorState } from '#web/ui/page/states.tsx'

/** To read on beyond the day's measure, once a second person agrees. */
export function RequestMore({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('exports')
  const common = useTranslation().t
  const queries = useQueryClient()
  const [purpose, setPurpose] = useState('')
  const [isMissing, setMissing] = useState(false)
  const request = useMutation({
    mutationFn: () => api.exports.more({ purpose: purpose.trim() }),
    onSuccess: () => {
      onClose()
      return queries.invalidateQueries({ queryKey: ['exports'] })
    },
  })
  const submit = () => {
    const lacks = purpose.trim().length < 2
    setMissing(lacks)
    if (!lacks) request.mutate()
  }
  return (
    <Modal
      open
      title={t('more.title')}
      okText={t('more.submit')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: request.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{t('more.lead')}</p>
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={t('requestPurpose')}
          htmlFor="more-purpose"
          extra={t('more.hint')}
          {...(isMissing ? { validateStatus: 'error', help: t('purposeMissing') } : {})}
        >
          <Input
            id="more-purpose"
            maxLength={200}
            value={purpose}
            onChange={(event) => setPurpose(event.target.value)}
          />
        </Form.Item>
      </Form>
      {request.isError && <ErrorState error={request.error} />}
    </Modal>
  )
}

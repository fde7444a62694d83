import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'

interface RequestCorrectionProps {
  feed?: string
  what: string
  current: string
  onClose(): void
}

export function RequestCorrection({ feed, what: first, current, onClose }: RequestCorrectionProps) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [what, setWhat] = useState(first)
  const [wanted, setWanted] = useState('')
  const [explanation, setExplanation] = useState('')
  const [isTried, setTried] = useState(false)
  const isComplete = what.trim() !== '' && wanted.trim() !== ''
  const request = useMutation({
    mutationFn: () =>
      api.ownRecord.correct({
        what: what.trim(),
        current,
        wanted: wanted.trim(),
        explanation: explanation.trim(),
        ...(feed ? { feed } : {}),
      }),
    onSuccess: async ({ dueOn }) => {
      message.success(t('sent', { day: dueOn }))
      await queries.invalidateQueries({ queryKey: ['own-record'] })
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (isComplete) request.mutate()
  }
  return (
    <Modal
      open
      title={t('wrongTitle')}
      okText={t('send')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: request.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={submit}>
        <Form.Item label={t('what')} htmlFor="correction-what">
          <Input
            id="correction-what"
            maxLength={200}
            value={what}
            onChange={(event) => setWhat(event.target.value)}
          />
        </Form.Item>
        {current !== '' && (
          <p className="muted">
            {t('current')}：{current}
          </p>
        )}
        <Form.Item
          label={t('wanted')}
          htmlFor="correction-wanted"
          {...(isTried && !isComplete ? { validateStatus: 'error', help: t('wantedMissing') } : {})}
        >
          <Input
            id="correction-wanted"
            maxLength={200}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </Form.Item>
        <LongText
          id="correction-explanation"
          label={t('explanation')}
          rows={2}
          max={1000}
          value={explanation}
          onChange={setExplanation}
        />
      </Form>
      <Failed of={request} />
    </Modal>
  )
}

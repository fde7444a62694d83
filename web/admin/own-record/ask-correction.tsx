import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'

interface AskCorrectionProps {
  feed?: string
  what: string
  current: string
  onClose(): void
}

export function AskCorrection({ feed, what: first, current, onClose }: AskCorrectionProps) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [what, setWhat] = useState(first)
  const [wanted, setWanted] = useState('')
  const [explanation, setExplanation] = useState('')
  const [isTried, setTried] = useState(false)
  const isComplete = what.trim() !== '' && wanted.trim() !== ''
  const ask = useMutation({
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
    if (isComplete) ask.mutate()
  }
  return (
    <Modal
      open
      title={t('wrongTitle')}
      okText={t('send')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: ask.isPending }}
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
      {ask.isError && <ErrorState error={ask.error} />}
    </Modal>
  )
}

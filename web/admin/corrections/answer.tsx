import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Correction, CorrectionOutcome } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'

interface AnswerProps {
  correction: Correction
  onClose(): void
  onDone(): void
}

export function Propose({ correction: { id, household }, onClose, onDone }: AnswerProps) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const [outcome, setOutcome] = useState<Correction['steps'][number]['outcome']>('forwarded')
  const [explanation, setExplanation] = useState('')
  const [isTried, setTried] = useState(false)
  const isMissing = explanation.trim() === ''
  const propose = useMutation({
    mutationFn: () =>
      api.corrections.propose({ id, outcome: outcome ?? 'forwarded', explanation: explanation.trim() }),
    onSuccess: onDone,
  })
  const submit = () => {
    setTried(true)
    if (!isMissing) propose.mutate()
  }
  return (
    <Modal
      open
      title={t('proposeTitle', { name: household.headName })}
      okText={t('propose')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: propose.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" onFinish={submit}>
        <Form.Item label={t('outcomeLabel')}>
          <Radio.Group
            aria-label={t('outcomeLabel')}
            value={outcome}
            onChange={(event) => setOutcome(event.target.value)}
            options={CorrectionOutcome.options.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          />
        </Form.Item>
        <LongText
          id="answer-explanation"
          label={t('explanationLabel')}
          max={1000}
          wrong={isTried && isMissing && t('explanationMissing')}
          value={explanation}
          onChange={setExplanation}
        />
      </Form>
      <Failed of={propose} />
    </Modal>
  )
}

export function SendBack({ correction: { id }, onClose, onDone }: AnswerProps) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: () => api.corrections.confirm({ id, agree: false, reason: reason.trim() }),
    onSuccess: onDone,
  })
  return (
    <Modal
      open
      title={t('sendBack')}
      okText={t('sendBack')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: send.isPending }}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <label htmlFor="answer-reason">{t('sendBackReason')}</label>
      <Input.TextArea
        id="answer-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failed of={send} />
    </Modal>
  )
}

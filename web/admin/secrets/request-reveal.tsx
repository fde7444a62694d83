import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevealPurpose, SecretField } from '#contract/protection/secrets.ts'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'

const purposes: RevealPurpose[] = ['verify-identity', 'contact', 'transfer-subsidy', 'correct-data', 'other']

interface RequestRevealProps {
  household: string
  field: SecretField
  person: string | undefined
  name: string
  onClose(): void
  onShown(answer: { value: string; left: number }): void
}

/** What the number is for, before it is shown. */
export function RequestReveal({ household, field, person, name, onClose, onShown }: RequestRevealProps) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const [purpose, setPurpose] = useState<RevealPurpose>('verify-identity')
  const [note, setNote] = useState('')
  const [isMissing, setMissing] = useState(false)
  const request = useMutation({
    mutationFn: () =>
      api.secrets.reveal({
        ref: household,
        field,
        purpose,
        note: note.trim(),
        ...(person ? { person } : {}),
      }),
    onSuccess: onShown,
  })
  const submit = () => {
    const lacks = purpose === 'other' && note.trim() === ''
    setMissing(lacks)
    if (!lacks) request.mutate()
  }
  return (
    <Modal
      open
      title={t('revealTitle', { name, field: t(`field.${field}`) })}
      okText={t('show')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: request.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{t('revealText')}</p>
      <Form layout="vertical" onFinish={submit}>
        <Form.Item label={t('purpose')} htmlFor="reveal-purpose">
          <Select
            id="reveal-purpose"
            value={purpose}
            options={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
            onChange={setPurpose}
          />
        </Form.Item>
        <Form.Item
          label={t('note')}
          htmlFor="reveal-note"
          {...(isMissing ? { validateStatus: 'error', help: t('noteMissing') } : {})}
        >
          <Input
            id="reveal-note"
            maxLength={200}
            value={note}
            aria-invalid={isMissing}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
      <Failed of={request} />
    </Modal>
  )
}

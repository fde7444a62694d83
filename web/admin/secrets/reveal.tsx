import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevealPurpose, SecretField } from '#contract/secrets.ts'
import { api } from '#web/api/client.ts'
import { CopyButton } from '#web/ui/copy-button.tsx'
import { MayButton } from '#web/ui/may-button.tsx'
import { ErrorState } from '#web/ui/states.tsx'

const shownSeconds = 60
const purposes: RevealPurpose[] = ['verify-identity', 'contact', 'transfer-subsidy', 'correct-data', 'other']

interface RevealProps {
  household: string
  field: SecretField
  person?: string
  /** Whose number, for the dialog. */
  name: string
  masked: string
}

/** A masked number with the way to the whole one: a purpose, then a minute to read it. */
export function Reveal({ household, field, person, name, masked }: RevealProps) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<{ value: string; left: number }>()
  if (shown) return <Shown {...shown} onEnd={() => setShown(undefined)} />
  return (
    <span className="reveal">
      {masked} <span className="visually-hidden">{common('masked')}</span>
      <MayButton
        size="small"
        type="link"
        className="no-print"
        capability="secret.reveal"
        aria-label={t('revealTitle', { name, field: t(`field.${field}`) })}
        onClick={() => setAsking(true)}
      >
        {t('show')}
      </MayButton>
      {isAsking && (
        <Ask
          {...{ household, field, person, name }}
          onClose={() => setAsking(false)}
          onShown={(answer) => {
            setAsking(false)
            setShown(answer)
          }}
        />
      )}
    </span>
  )
}

function Shown({ value, left, onEnd }: { value: string; left: number; onEnd(): void }) {
  const { t } = useTranslation('secrets')
  const [seconds, setSeconds] = useState(shownSeconds)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before - 1), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (seconds <= 0) onEnd()
  }, [seconds, onEnd])
  return (
    <span className="reveal">
      <strong>{value}</strong> <CopyButton size="small" type="link" text={value} />
      <span className="muted second-line">
        {t('hideIn', { seconds })} · {t('left', { count: left })}
      </span>
    </span>
  )
}

interface AskProps {
  household: string
  field: SecretField
  person: string | undefined
  name: string
  onClose(): void
  onShown(answer: { value: string; left: number }): void
}

function Ask({ household, field, person, name, onClose, onShown }: AskProps) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const [purpose, setPurpose] = useState<RevealPurpose>('verify-identity')
  const [note, setNote] = useState('')
  const [isMissing, setMissing] = useState(false)
  const ask = useMutation({
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
    if (!lacks) ask.mutate()
  }
  return (
    <Modal
      open
      title={t('revealTitle', { name, field: t(`field.${field}`) })}
      okText={t('show')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: ask.isPending }}
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
      {ask.isError && <ErrorState error={ask.error} />}
    </Modal>
  )
}

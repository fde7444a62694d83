import { useMutation } from '@tanstack/react-query'
import { Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LongText } from '#web/ui/form/long-text.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'

interface ReasonModalProps<T> {
  title: string
  text?: string
  act(reason: string): Promise<T>
  onDone(result: T): unknown
  onClose(): void
  danger?: boolean
  children?: ReactNode
}

/** Something that needs a reason in words before it is done. */
export function ReasonModal<T>({ title, text, act, onDone, onClose, danger, children }: ReasonModalProps<T>) {
  const common = useTranslation().t
  const [reason, setReason] = useState('')
  const run = useMutation({
    mutationFn: () => act(reason.trim()),
    onSuccess: (result) => {
      onDone(result)
      onClose()
    },
  })
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: run.isPending, danger }}
      onOk={() => run.mutate()}
      onCancel={onClose}
    >
      {text && <p>{text}</p>}
      {children}
      <Form layout="vertical">
        <LongText id="reason-text" label={common('reason')} max={300} value={reason} onChange={setReason} />
      </Form>
      {run.isError && <ErrorState error={run.error} />}
    </Modal>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '#contract/access/accounts.ts'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { isReason, ReasonField } from './reason-field.tsx'
import { useRefreshAccounts } from './use-refresh.ts'

interface TakeBackProps {
  account: Pick<Account, 'name'>
  handedOver: NonNullable<Account['handedOver']>
}

/** What went to somebody else, and the way back for exactly that. */
export function TakeBack({ account, handedOver }: TakeBackProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const refresh = useRefreshAccounts()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { id, to, at, items: count } = handedOver
  const back = useMutation({
    mutationFn: () => api.accounts.takeBack({ id, reason: reason.trim() }),
    onSuccess: () => {
      setOpen(false)
      return refresh()
    },
  })
  const submit = () => {
    setMissing(!isReason(reason))
    if (isReason(reason)) back.mutate()
  }
  return (
    <>
      <Alert
        type="info"
        className="account-note"
        title={t('handover.went', { at: formatInstant(at), to, count })}
        action={
          <Button size="small" onClick={() => setOpen(true)}>
            {t('handover.takeBack')}
          </Button>
        }
      />
      {isOpen && (
        <Modal
          open
          title={`${t('handover.takeBack')} · ${account.name}`}
          okText={t('handover.takeBack')}
          cancelText={common('cancel')}
          okButtonProps={{ loading: back.isPending }}
          onOk={submit}
          onCancel={() => setOpen(false)}
        >
          <p>{t('handover.takeBackEffect', { from: account.name, to, count })}</p>
          <ReasonField value={reason} isMissing={isMissing} onChange={setReason} />
          <Failed of={back} />
        </Modal>
      )}
    </>
  )
}

import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, AccountAction, HalfCode } from '#contract/access/accounts.ts'
import { api } from '#web/api/client.ts'
import { useDraft } from '#web/ui/form/use-draft.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { grantableQuery } from '../queries.ts'
import { isReason, ReasonField } from './reason-field.tsx'
import { needsDepartment, StandingFields } from './standing-fields.tsx'
import { useRefreshAccounts } from './use-refresh.ts'

type Action = Exclude<AccountAction, 'handover'>

interface ActionDialogProps {
  account: Account
  action: Action
  onClose(): void
  onCode(made: HalfCode): void
}

/** Says who is affected and how before it is done; all but an unlocking leave a reason. */
export function ActionDialog({ account, action, onClose, onCode }: ActionDialogProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const { message } = App.useApp()
  const refresh = useRefreshAccounts()
  const [reason, setReason, forget] = useDraft(`account.${account.id}.${action}`)
  const [isMissing, setMissing] = useState(false)
  const [standing, setStanding] = useState({
    role: account.role,
    area: account.area.code as number | undefined,
    department: account.department,
  })
  const grantable = useQuery({ ...grantableQuery, enabled: action === 'move' }).data ?? []
  const needsReason = action !== 'unlock'

  const run = useMutation({
    mutationFn: async (): Promise<HalfCode | undefined> => {
      const { id } = account
      const change = { id, reason: reason.trim() }
      if (action === 'reset-password') return api.accounts.resetPassword(change)
      if (action === 'unlock') await api.accounts.unlock({ id })
      else if (action === 'suspend') await api.accounts.suspend(change)
      else if (action === 'resume') await api.accounts.resume(change)
      else if (action === 'reset-second-factor') await api.accounts.resetSecondFactor(change)
      else {
        const department = needsDepartment(standing.role) ? standing.department : null
        await api.accounts.move({ ...change, ...standing, department })
      }
      return undefined
    },
    onSuccess: async (made) => {
      forget()
      if (made) onCode(made)
      else if (action !== 'reset-password') message.success(t(`done.${action}`))
      onClose()
      await refresh()
    },
  })
  const submit = () => {
    const lacks = needsReason && !isReason(reason)
    setMissing(lacks)
    if (!lacks) run.mutate()
  }
  const count = Object.values(account.openWork).reduce((sum, one) => sum + one, 0)
  return (
    <Modal
      open
      title={`${t(`action.${action}`)} · ${account.name}`}
      okText={t(`action.${action}`)}
      cancelText={common('cancel')}
      okButtonProps={{ loading: run.isPending, danger: action === 'suspend' }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className="account-effect">{t(`effect.${action}`, { name: account.name, count })}</p>
      <Form layout="vertical" onFinish={submit}>
        {action === 'move' && (
          <StandingFields
            grantable={[...new Set([account.role, ...grantable])]}
            value={standing}
            onChange={setStanding}
          />
        )}
        {needsReason && <ReasonField value={reason} isMissing={isMissing} onChange={setReason} />}
      </Form>
      <Failed of={run} />
    </Modal>
  )
}

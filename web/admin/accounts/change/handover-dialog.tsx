import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '#contract/access/accounts.ts'
import { api } from '#web/api/client.ts'
import { useDraft } from '#web/ui/form/use-draft.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { takersQuery } from '../queries.ts'
import { WorkCounts } from '../work-counts.tsx'
import { isReason, ReasonField } from './reason-field.tsx'
import { useRefreshAccounts } from './use-refresh.ts'

interface HandoverDialogProps {
  account: Account
  onClose(): void
  onOpen(id: string): void
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0)

/** To whom, what moves, then the moving; the result stays on screen until it is read. */
export function HandoverDialog({ account, onClose, onOpen }: HandoverDialogProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const refresh = useRefreshAccounts()
  const takers = useQuery(takersQuery(account.role))
  const [to, setTo] = useState<string>()
  const [reason, setReason, forget] = useDraft(`account.${account.id}.handover`)
  const [isMissing, setMissing] = useState(false)
  const effect = useQuery({
    queryKey: ['accounts', 'handover', account.id, to],
    // The reason is required for the handover; the server requires one for the preview too.
    queryFn: () =>
      api.accounts.handover({ id: account.id, to: to ?? '', reason: t('action.handover'), dryRun: true }),
    enabled: to !== undefined,
    staleTime: 0,
  })
  const hand = useMutation({
    mutationFn: (taker: string) =>
      api.accounts.handover({ id: account.id, to: taker, reason: reason.trim(), dryRun: false }),
    onSuccess: () => {
      forget()
      return refresh()
    },
  })
  const choices = (takers.data ?? []).filter(({ id }) => id !== account.id)
  const taker = choices.find(({ id }) => id === to)?.name ?? ''
  const count = effect.data ? sum(effect.data.moved) : 0
  const submit = () => {
    setMissing(!isReason(reason))
    if (to && isReason(reason)) hand.mutate(to)
  }
  const title = `${t('action.handover')} · ${account.name}`
  if (hand.data && to) {
    return (
      <Modal
        open
        title={title}
        onCancel={onClose}
        footer={[
          <Button key="open" onClick={() => onOpen(to)}>
            {t('handover.open', { to: taker })}
          </Button>,
          <Button key="close" type="primary" onClick={onClose}>
            {common('close')}
          </Button>,
        ]}
      >
        <p role="status">{t('handover.done', { count: sum(hand.data.moved), to: taker })}</p>
        <WorkCounts counts={hand.data.moved} />
        <p className="muted">{t('handover.undo', { from: account.name })}</p>
      </Modal>
    )
  }
  return (
    <Modal
      open
      title={title}
      okText={t('handover.submit', { count })}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: count === 0, loading: hand.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {takers.isError && <ErrorState error={takers.error} onRetry={() => takers.refetch()} />}
      {takers.data && choices.length === 0 ? (
        <Alert type="warning" title={t('handover.noTarget', { role: common(`role.${account.role}`) })} />
      ) : (
        <Form layout="vertical">
          <Form.Item label={t('handover.to')} htmlFor="handover-to" extra={t('handover.toHint')}>
            <Select
              id="handover-to"
              showSearch={{ optionFilterProp: 'label' }}
              loading={takers.isPending}
              value={to}
              placeholder={t('pick')}
              options={choices.map(({ id, name, username, area }) => ({
                value: id,
                label: `${name} · ${username} · ${area.name}`,
              }))}
              onChange={setTo}
            />
          </Form.Item>
          {to && (
            <output className="account-effect">
              {effect.isPending && t('handover.counting')}
              {effect.data &&
                (count > 0
                  ? t('handover.effect', { from: account.name, to: taker, count })
                  : t('handover.nothing', { from: account.name }))}
              {effect.data && count > 0 && <WorkCounts counts={effect.data.moved} />}
              {effect.data && <p className="muted">{t('handover.stays')}</p>}
            </output>
          )}
          <ReasonField value={reason} isMissing={isMissing} onChange={setReason} />
        </Form>
      )}
      {effect.isError && <ErrorState error={effect.error} onRetry={() => effect.refetch()} />}
      <Failed of={hand} />
    </Modal>
  )
}

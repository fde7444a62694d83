import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountRequest, HalfCode } from '#contract/access/accounts.ts'
import { api } from '#web/api/client.ts'
import { ListTable } from '#web/ui/list/list-table.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { ListExport } from '../../exports/index.ts'
import { CodeSlip } from '../change/code-slip.tsx'
import { useRefreshAccounts } from '../change/use-refresh.ts'
import { requestsQuery } from '../queries.ts'
import { CodeFile } from './code-file.tsx'
import { useRequestColumns } from './use-request-columns.tsx'

/** Requests that wait for a second person, one's own word on top; what was approved leaves its second halves here once. */
export function RequestPanel() {
  const { t } = useTranslation('accounts')
  const refresh = useRefreshAccounts()
  const [declining, setDeclining] = useState<AccountRequest>()
  const [codes, setCodes] = useState<HalfCode[]>([])
  const approve = useMutation({
    mutationFn: (ids: string[]) => api.accounts.decide({ ids, approve: true }),
    onSuccess: (made) => {
      setCodes(made.codes)
      return refresh()
    },
  })
  const columns = useRequestColumns({
    isPending: approve.isPending,
    onApprove: ({ id }) => approve.mutate([id]),
    onDecline: setDeclining,
  })
  const query = useQuery(requestsQuery)
  const rows = (query.data?.rows ?? []).filter(({ state }) => state === 'pending')
  const mine = rows.filter(({ mayDecide }) => mayDecide)
  const [first] = codes
  return (
    <>
      {rows.length > 0 && (
        <section className="panel record-panel" aria-labelledby="account-requests">
          <div className="account-requests-head">
            <h2 id="account-requests">{t('requests.title', { count: rows.length })}</h2>
            {mine.length > 1 && (
              <Button
                size="small"
                loading={approve.isPending}
                onClick={() => approve.mutate(mine.map(({ id }) => id))}
              >
                {t('requests.approveAll', { count: mine.length })}
              </Button>
            )}
            <ListExport kind="account-requests" rows={rows.length} />
          </div>
          <p className="muted account-requests-lead">{t('requests.lead')}</p>
          <Failed of={approve} />
          <ListTable rows={rows} columns={columns} keyOf={(row) => row.id} />
        </section>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {declining && <Decline request={declining} onClose={() => setDeclining(undefined)} />}
      {first && codes.length === 1 && <CodeSlip made={first} half="second" onClose={() => setCodes([])} />}
      {codes.length > 1 && <CodeFile codes={codes} half="second" onClose={() => setCodes([])} />}
    </>
  )
}

function Decline({ request, onClose }: { request: AccountRequest; onClose(): void }) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const refresh = useRefreshAccounts()
  const [reason, setReason] = useState('')
  const decline = useMutation({
    mutationFn: () => api.accounts.decide({ ids: [request.id], approve: false, reason: reason.trim() }),
    onSuccess: () => {
      onClose()
      return refresh()
    },
  })
  return (
    <Modal
      open
      title={`${t('requests.decline')} · ${request.name}`}
      okText={t('requests.decline')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: decline.isPending }}
      onCancel={onClose}
      onOk={() => decline.mutate()}
    >
      <label htmlFor="request-decline-reason">{t('requests.declineReason')}</label>
      <Input.TextArea
        id="request-decline-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failed of={decline} />
    </Modal>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, AccountAction, HalfCode } from '#contract/access/accounts.ts'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { ActionDialog } from './change/action-dialog.tsx'
import { CodeSlip } from './change/code-slip.tsx'
import { HandoverDialog } from './change/handover-dialog.tsx'
import { TakeBack } from './change/take-back.tsx'
import { accountQuery } from './queries.ts'
import type { AccountSearch } from './search.ts'
import { StateTags } from './state-tags.tsx'
import { WorkCounts } from './work-counts.tsx'

interface AccountDetailProps {
  id: string
  act: AccountSearch['act']
  onChange(change: Partial<AccountSearch>): void
}

export function AccountDetail({ id, act, onChange }: AccountDetailProps) {
  const { t } = useTranslation('accounts')
  const query = useQuery(accountQuery(id))
  const [code, setCode] = useState<HalfCode>()
  if (query.isPending) return <SkeletonRows rows={8} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const account = query.data
  const close = () => onChange({ act: undefined })
  // Somebody else may have done it meanwhile: an act that is not offered any more does not open.
  const open = account.actions.find((action) => action === act)
  return (
    <>
      <Facts account={account} />
      <h3 className="account-part">{t('actions')}</h3>
      {account.actions.length === 0 ? (
        <p className="muted">{t('notYours')}</p>
      ) : (
        <div className="account-actions">
          {account.actions.map((action) => (
            <Button
              key={action}
              danger={action === 'suspend'}
              onClick={() => onChange({ act: action as AccountAction })}
            >
              {t(`action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      {open === 'handover' && (
        <HandoverDialog
          account={account}
          onClose={close}
          onOpen={(to) => onChange({ id: to, act: undefined })}
        />
      )}
      {open && open !== 'handover' && (
        <ActionDialog account={account} action={open} onClose={close} onCode={setCode} />
      )}
      {code && <CodeSlip made={code} half="first" onClose={() => setCode(undefined)} />}
    </>
  )
}

function Facts({ account }: { account: Account }) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const { suspended, lockedUntil, department } = account
  const work = Object.entries(account.openWork).filter(([, count]) => count > 0)
  return (
    <>
      <div className="account-head">
        <h2>{account.name}</h2>
        <code>{account.username}</code>
        <StateTags account={account} />
      </div>
      {suspended && (
        <Alert
          type="warning"
          className="account-note"
          title={t('suspendedBy', {
            at: formatInstant(suspended.at),
            by: suspended.by ?? t('bySystem'),
            reason: suspended.reason,
          })}
        />
      )}
      {lockedUntil && (
        <Alert
          type="error"
          className="account-note"
          title={t('lockedUntil', { time: formatInstant(lockedUntil) })}
        />
      )}
      <dl className="account-facts">
        <dt>{t('role')}</dt>
        <dd>
          {common(`role.${account.role}`)}
          {department && ` · ${common(`department.${department}`)}`}
        </dd>
        <dt>{t('area')}</dt>
        <dd>
          {account.area.name} <span className="muted">{account.area.code}</span>
        </dd>
        <dt>{t('secondFactor')}</dt>
        <dd>{account.secondFactor ? t('factorOn') : t('factorOff')}</dd>
        <dt>{t('lastSignIn')}</dt>
        <dd>{account.signedInAt ? formatInstant(account.signedInAt) : t('never')}</dd>
        <dt>{t('createdAt')}</dt>
        <dd>{formatInstant(account.createdAt)}</dd>
        <dt>{t('createdBy')}</dt>
        <dd>{account.createdBy ?? t('bySystem')}</dd>
      </dl>
      <h3 className="account-part">{t('work')}</h3>
      {work.length === 0 ? (
        <p className="muted">{t('workNone')}</p>
      ) : (
        <WorkCounts counts={account.openWork} />
      )}
      {account.handedOver && <TakeBack account={account} handedOver={account.handedOver} />}
    </>
  )
}

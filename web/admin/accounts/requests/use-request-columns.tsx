import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AccountRequest } from '#contract/access/accounts.ts'
import type { Column } from '#web/ui/list/list-table.tsx'
import { formatInstant } from '#web/ui/words/format.ts'

interface RequestActions {
  isPending: boolean
  onApprove(request: AccountRequest): void
  onDecline(request: AccountRequest): void
}

export function useRequestColumns({
  isPending,
  onApprove,
  onDecline,
}: RequestActions): Column<AccountRequest>[] {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const standing = ({ role, area }: Pick<AccountRequest, 'role' | 'area'>) =>
    `${common(`role.${role}`)} · ${area.name}`
  return [
    {
      key: 'person',
      head: t('person'),
      isRowHead: true,
      cell: (row) => (
        <>
          {row.name} <code>{row.username}</code>
        </>
      ),
    },
    {
      key: 'what',
      head: t('requests.what'),
      cell: (row) => (
        <>
          {t(`requests.kind.${row.kind}`)}
          <span className="sub">
            {row.kind === 'move' && row.from && `${standing(row.from)} → `}
            {standing(row)}
            {row.department && ` · ${common(`department.${row.department}`)}`}
          </span>
        </>
      ),
    },
    {
      key: 'who',
      head: t('requests.who'),
      label: t('requests.who'),
      cell: ({ requestedBy, requestedAt, reason }) => (
        <>
          {requestedBy.name}（{common(`role.${requestedBy.role}`)}）
          <span className="sub">
            {formatInstant(requestedAt)}
            {reason && ` · ${t('reason')}：${reason}`}
          </span>
        </>
      ),
    },
    {
      key: 'until',
      head: t('requests.until'),
      label: t('requests.until'),
      className: 'nowrap',
      cell: (row) => formatInstant(row.expiresAt),
    },
    {
      key: 'action',
      head: <span className="visually-hidden">{t('actions')}</span>,
      cell: (row) =>
        row.mayDecide ? (
          <div className="record-actions">
            <Button size="small" type="primary" loading={isPending} onClick={() => onApprove(row)}>
              {t('requests.approve')}
            </Button>
            <Button size="small" onClick={() => onDecline(row)}>
              {t('requests.decline')}
            </Button>
          </div>
        ) : (
          <span className="muted">{t('requests.waits')}</span>
        ),
    },
  ]
}

import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '#contract/access/accounts.ts'

export function StateTags({
  account,
}: {
  account: Pick<AccountRow, 'state' | 'lockedUntil' | 'mustChangePassword'>
}) {
  const { t } = useTranslation('accounts')
  const { state, lockedUntil, mustChangePassword } = account
  return (
    <span className="state-tags">
      <Tag className={`state-${state}`}>{t(`states.${state}`)}</Tag>
      {lockedUntil && <Tag className="state-locked">{t('states.locked')}</Tag>}
      {mustChangePassword && <Tag className="state-initial">{t('states.initial')}</Tag>}
    </span>
  )
}

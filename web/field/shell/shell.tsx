import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '../device/rows.ts'
import { Link, usePath } from '../ui/router.tsx'
import { isUnsent } from '../work/outbox.ts'
import { Notices } from './notices.tsx'
import { SyncLine } from './sync-line.tsx'

interface ShellProps {
  /** The three main pages at the thumb; a form has its own next step there. */
  tabs: boolean
  children: ReactNode
}

/** Above every page: what waits to be sent and how the device stands; below: the way to the main pages. */
export function Shell({ tabs, children }: ShellProps) {
  const { t } = useTranslation('field')
  const [page = ''] = usePath()
  const outbox = useRows('outbox')
  const unsent = outbox?.filter(isUnsent) ?? []
  const needsPerson = unsent.some(({ state }) => state === 'conflict' || state === 'failed')
  const badge = unsent.length === 0 ? 'none' : needsPerson ? 'attention' : 'some'
  return (
    <div className={tabs ? 'shell with-tabs' : 'shell'}>
      <header className="top">
        <SyncLine />
        {/* Until the outbox is read nobody knows whether all of it went out, and nothing says so. */}
        {outbox && (
          <Link to="outbox" className={`badge badge-${badge}`}>
            {t(`badge.${badge}`, { count: unsent.length })}
          </Link>
        )}
      </header>
      <Notices />
      <main id="main">{children}</main>
      {tabs && (
        <nav className="tabs" aria-label={t('nav.label')}>
          <Link to="" current={page === ''}>
            {t('nav.today')}
          </Link>
          <Link to="outbox" current={page === 'outbox'}>
            {t('nav.outbox')}
            {unsent.length > 0 && <span className="count"> {unsent.length}</span>}
          </Link>
          <Link to="device" current={page === 'device'}>
            {t('nav.device')}
          </Link>
        </nav>
      )}
    </div>
  )
}

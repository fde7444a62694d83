import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { AccountDetail } from './account-detail.tsx'
import { AccountFilters } from './account-filters.tsx'
import { AccountTable } from './account-table.tsx'
import { accountsQuery, pageSize } from './queries.ts'
import type { AccountSearch } from './search.ts'
import '#web/ui/list/records.css'
import './accounts.css'

const route = getRouteApi('/layout/accounts')
const CreateAccount = lazyPart(() => import('./change/create-account.tsx'), 'CreateAccount')
const AccountFile = lazyPart(() => import('./file/account-file.tsx'), 'AccountFile')

/** Everything that is open stands in the address, so that signing in again leads back to it. */
export function AccountsPage() {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const navigate = useNavigate()
  const search = route.useSearch()
  const query = useQuery(accountsQuery(search))
  const change = (next: Partial<AccountSearch>) =>
    navigate({ to: '/accounts', search: { ...search, ...next }, resetScroll: false })
  const filter = (next: Partial<AccountSearch>) => change({ page: undefined, ...next })
  const { page = 1, act } = search
  const total = query.data?.total ?? 0
  const close = () => change({ act: undefined })
  return (
    <>
      <PageHeader
        title={t('title')}
        note={query.data ? common('total', { count: formatCount(total) as never }) : undefined}
        isNoteStale={query.isPlaceholderData}
      >
        <MayButton capability="account.manage" onClick={() => change({ act: 'file', id: undefined })}>
          {t('file')}
        </MayButton>
        <MayButton
          type="primary"
          capability="account.manage"
          onClick={() => change({ act: 'create', id: undefined })}
        >
          {t('create')}
        </MayButton>
      </PageHeader>
      <AccountFilters search={search} onChange={filter} />
      <PagedList
        {...{ query, page }}
        size={pageSize}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <AccountTable rows={rows} search={search} onSort={filter} />}
      </PagedList>
      <Drawer
        open={search.id !== undefined}
        title={t('detail')}
        size={520}
        onClose={() => change({ id: undefined, act: undefined })}
        closable={{ 'aria-label': common('close') }}
        destroyOnHidden
      >
        {search.id && <AccountDetail id={search.id} act={act} onChange={change} />}
      </Drawer>
      <Suspense fallback={null}>
        {act === 'create' && <CreateAccount grantable={query.data?.grantable ?? []} onClose={close} />}
        {act === 'file' && <AccountFile grantable={query.data?.grantable ?? []} onClose={close} />}
      </Suspense>
    </>
  )
}

import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { ListExport } from '../exports/index.ts'
import { AccountDetail } from './account-detail.tsx'
import { AccountFilters } from './account-filters.tsx'
import { RequestPanel } from './requests/request-panel.tsx'
import type { AccountSearch } from './search.ts'
import { useAccountColumns } from './use-account-columns.tsx'
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
  const { id, act, ...listed } = search
  const list = usePagedList('accounts', listed, (query) => api.accounts.list(query))
  const change = (next: Partial<AccountSearch>) =>
    navigate({ to: '/accounts', search: { ...search, ...next }, resetScroll: false })
  const filter = (next: Partial<AccountSearch>) => change({ page: undefined, ...next })
  const columns = useAccountColumns(search, filter)
  const grantable = list.query.data?.grantable ?? []
  const close = () => change({ act: undefined })
  return (
    <>
      <ListFrame
        title={t('title')}
        actions={
          <>
            <ListExport kind="accounts" list={list} />
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
          </>
        }
        hasSearch
        above={<RequestPanel />}
        filters={<AccountFilters search={search} onChange={filter} />}
        list={list}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        columns={columns}
        keyOf={(row) => row.id}
        className="record-list accounts-list"
        rowClass={(row) => row.id === id && 'open'}
        isWide
        onPage={(page) => change({ page })}
      />
      <Drawer
        open={id !== undefined}
        title={t('detail')}
        size={520}
        onClose={() => change({ id: undefined, act: undefined })}
        closable={{ 'aria-label': common('close') }}
        destroyOnHidden
      >
        {id && <AccountDetail id={id} act={act} onChange={change} />}
      </Drawer>
      <Suspense fallback={null}>
        {act === 'create' && <CreateAccount grantable={grantable} onClose={close} />}
        {act === 'file' && <AccountFile grantable={grantable} onClose={close} />}
      </Suspense>
    </>
  )
}

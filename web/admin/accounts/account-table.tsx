import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '#contract/access/accounts.ts'
import { beijingDay } from '#contract/days.ts'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import type { AccountSearch } from './search.ts'
import { StateTags } from './state-tags.tsx'

type SortKey = NonNullable<AccountSearch['sort']>

interface AccountTableProps {
  rows: AccountRow[]
  search: AccountSearch
  onSort(change: Pick<AccountSearch, 'sort' | 'descending'>): void
}

export function AccountTable({ rows, search, onSort }: AccountTableProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const head = (key: SortKey, label: string) => {
    const isSorted = search.sort === key
    const next = !isSorted
      ? { sort: key, descending: undefined }
      : search.descending
        ? { sort: undefined, descending: undefined }
        : { sort: key, descending: true }
    return (
      <th scope="col" aria-sort={isSorted ? (search.descending ? 'descending' : 'ascending') : 'none'}>
        <button
          type="button"
          className="sort-button"
          aria-label={t('sortBy', { column: label })}
          onClick={() => onSort(next)}
        >
          {label}
          {isSorted && (search.descending ? <CaretDownOutlined /> : <CaretUpOutlined />)}
        </button>
      </th>
    )
  }
  return (
    <div className="panel record-panel">
      <ScrollRegion label={t('title')}>
        <table className="record-list accounts-list">
          <thead>
            <tr>
              {head('name', t('person'))}
              {head('role', t('role'))}
              <th scope="col">{t('area')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('secondFactor')}</th>
              {head('signedInAt', t('lastSignIn'))}
              {head('createdAt', t('createdAt'))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.id === search.id ? 'open' : ''}>
                <th scope="row">
                  <Link to="/accounts" search={{ ...search, id: row.id, act: undefined }} resetScroll={false}>
                    {row.name}
                  </Link>
                  <code>{row.username}</code>
                </th>
                <td data-label={t('role')}>
                  {common(`role.${row.role}`)}
                  {row.department && <span className="sub">{common(`department.${row.department}`)}</span>}
                </td>
                <td data-label={t('area')}>{row.area.name}</td>
                <td data-label={t('state')}>
                  <StateTags account={row} />
                </td>
                <td data-label={t('secondFactor')} className={row.secondFactor ? '' : 'muted'}>
                  {row.secondFactor ? t('factorOn') : t('factorOff')}
                </td>
                <td data-label={t('lastSignIn')} className={row.signedInAt ? '' : 'muted'}>
                  {row.signedInAt ? formatInstant(row.signedInAt) : t('never')}
                </td>
                <td data-label={t('createdAt')}>{beijingDay(row.createdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  )
}

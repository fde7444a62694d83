import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '#contract/access/accounts.ts'
import { beijingDay } from '#contract/days.ts'
import type { Column } from '#web/ui/list/list-table.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import type { AccountSearch } from './search.ts'
import { StateTags } from './state-tags.tsx'

type SortKey = NonNullable<AccountSearch['sort']>
type Order = Pick<AccountSearch, 'sort' | 'descending'>

export function useAccountColumns(
  search: AccountSearch,
  onSort: (order: Order) => void,
): Column<AccountRow>[] {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const sortable = (key: SortKey, label: string): Pick<Column<AccountRow>, 'head' | 'sorted'> => {
    const { sort, descending } = search
    const isSorted = sort === key
    const next = !isSorted
      ? { sort: key, descending: undefined }
      : descending
        ? { sort: undefined, descending: undefined }
        : { sort: key, descending: true }
    return {
      sorted: isSorted ? (descending ? 'descending' : 'ascending') : 'none',
      head: (
        <button
          type="button"
          className="sort-button"
          aria-label={t('sortBy', { column: label })}
          onClick={() => onSort(next)}
        >
          {label}
          {isSorted && (descending ? <CaretDownOutlined /> : <CaretUpOutlined />)}
        </button>
      ),
    }
  }
  return [
    {
      key: 'name',
      ...sortable('name', t('person')),
      isRowHead: true,
      cell: (row) => (
        <>
          <Link to="/accounts" search={{ ...search, id: row.id, act: undefined }} resetScroll={false}>
            {row.name}
          </Link>
          <code>{row.username}</code>
        </>
      ),
    },
    {
      key: 'role',
      ...sortable('role', t('role')),
      label: t('role'),
      cell: ({ role, department }) => (
        <>
          {common(`role.${role}`)}
          {department && <span className="sub">{common(`department.${department}`)}</span>}
        </>
      ),
    },
    { key: 'area', head: t('area'), label: t('area'), cell: (row) => row.area.name },
    { key: 'state', head: t('state'), label: t('state'), cell: (row) => <StateTags account={row} /> },
    {
      key: 'factor',
      head: t('secondFactor'),
      label: t('secondFactor'),
      className: ({ secondFactor }) => (secondFactor ? '' : 'muted'),
      cell: ({ secondFactor }) => (secondFactor ? t('factorOn') : t('factorOff')),
    },
    {
      key: 'signed-in',
      ...sortable('signedInAt', t('lastSignIn')),
      label: t('lastSignIn'),
      className: ({ signedInAt }) => (signedInAt ? '' : 'muted'),
      cell: ({ signedInAt }) => (signedInAt ? formatInstant(signedInAt) : t('never')),
    },
    {
      key: 'created',
      ...sortable('createdAt', t('createdAt')),
      label: t('createdAt'),
      cell: (row) => beijingDay(row.createdAt),
    },
  ]
}

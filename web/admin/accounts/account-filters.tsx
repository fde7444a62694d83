import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { roles } from '#contract/access/capabilities.ts'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import type { AccountSearch } from './search.ts'

interface AccountFiltersProps {
  search: AccountSearch
  onChange(change: Partial<AccountSearch>): void
}

const nothing: Partial<AccountSearch> = { area: undefined, role: undefined, state: undefined, q: undefined }

export function AccountFilters({ search, onChange }: AccountFiltersProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const isFiltered = (Object.keys(nothing) as (keyof AccountSearch)[]).some(
    (key) => search[key] !== undefined,
  )
  return (
    <search className="record-filters no-print">
      <Input.Search
        key={search.q}
        className="account-search"
        allowClear
        defaultValue={search.q}
        placeholder={t('search')}
        aria-label={t('search')}
        onSearch={(q) => onChange({ q: q.trim() || undefined })}
      />
      <AreaPicker value={search.area} whole={t('allArea')} onChange={(area) => onChange({ area })} />
      <Select
        mode="multiple"
        className="account-role"
        maxTagCount="responsive"
        value={search.role ?? []}
        placeholder={t('allRoles')}
        aria-label={t('role')}
        options={roles.map((value) => ({ value, label: common(`role.${value}`) }))}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(role) => onChange({ role: role.length > 0 ? role : undefined })}
      />
      <Select
        className="account-state"
        allowClear
        value={search.state}
        placeholder={t('allStates')}
        aria-label={t('state')}
        options={(['active', 'suspended'] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
        onChange={(state) => onChange({ state })}
      />
      {isFiltered && (
        <Button type="link" onClick={() => onChange(nothing)}>
          {t('clear')}
        </Button>
      )}
    </search>
  )
}

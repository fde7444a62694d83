import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { roles } from '#contract/access/capabilities.ts'
import { OneOf, SomeOf } from '#web/ui/list/filters/choose.tsx'
import { SearchField } from '#web/ui/list/filters/search-field.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import type { AccountSearch } from './search.ts'

interface AccountFiltersProps {
  search: AccountSearch
  onChange(change: Partial<AccountSearch>): void
}

const nothing = { area: undefined, role: undefined, state: undefined, q: undefined }

export function AccountFilters({ search, onChange }: AccountFiltersProps) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const { area, role, state, q } = search
  const isFiltered = [area, role, state, q].some((one) => one !== undefined)
  return (
    <>
      <SearchField name={t('search')} value={q} onSearch={(next) => onChange({ q: next })} />
      <AreaPicker value={area} whole={t('allArea')} onChange={(next) => onChange({ area: next })} />
      <SomeOf
        name={t('role')}
        placeholder={t('allRoles')}
        most="responsive"
        value={role}
        options={roles.map((value) => ({ value, label: common(`role.${value}`) }))}
        onChange={(next) => onChange({ role: next })}
      />
      <OneOf
        name={t('state')}
        placeholder={t('allStates')}
        value={state}
        options={(['active', 'suspended'] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
        onChange={(next) => onChange({ state: next })}
      />
      {isFiltered && (
        <Button type="link" onClick={() => onChange(nothing)}>
          {t('clear')}
        </Button>
      )}
    </>
  )
}

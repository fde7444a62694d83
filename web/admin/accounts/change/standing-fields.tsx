import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Role } from '#contract/access/capabilities.ts'
import { Department } from '#contract/common.ts'
import { useMe } from '#web/api/session.ts'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'

export interface Standing<R extends Role | undefined = Role> {
  role: R
  area: number | undefined
  department: Department | null
}

interface StandingFieldsProps<R extends Role | undefined> {
  /** Roles one may give. */
  grantable: readonly Role[]
  value: Standing<R>
  /** Which fields still lack something. */
  missing?: { role: boolean; department: boolean }
  onChange(value: Standing<R | Role>): void
}

export const needsDepartment = (role: Role | undefined) => role === 'department' || role === 'bank'

/** Role, area and department of an account: what it may do and where. */
export function StandingFields<R extends Role | undefined>({
  grantable,
  value,
  missing,
  onChange,
}: StandingFieldsProps<R>) {
  const { t } = useTranslation('accounts')
  const common = useTranslation().t
  const own = useMe().area
  return (
    <>
      <Form.Item
        label={t('role')}
        htmlFor="account-role"
        extra={t('form.roleHint')}
        {...(missing?.role ? { validateStatus: 'error', help: t('form.roleMissing') } : {})}
      >
        <Select<Role>
          id="account-role"
          value={value.role}
          placeholder={t('pick')}
          options={grantable.map((role) => ({ value: role, label: common(`role.${role}`) }))}
          onChange={(role) => onChange({ ...value, role })}
        />
      </Form.Item>
      <Form.Item label={t('area')} extra={t('form.areaHint', { area: own.name })}>
        <AreaPicker value={value.area} whole={own.name} onChange={(area) => onChange({ ...value, area })} />
      </Form.Item>
      {needsDepartment(value.role) && (
        <Form.Item
          label={t('department')}
          htmlFor="account-department"
          {...(missing?.department ? { validateStatus: 'error', help: t('form.departmentMissing') } : {})}
        >
          <Select<Department>
            id="account-department"
            value={value.department ?? undefined}
            placeholder={t('pick')}
            options={Department.options.map((code) => ({ value: code, label: common(`department.${code}`) }))}
            onChange={(department) => onChange({ ...value, department })}
          />
        </Form.Item>
      )}
    </>
  )
}

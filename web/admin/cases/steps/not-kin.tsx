import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case } from '#contract/work/cases.ts'

interface NotKinProps {
  one: Case
  value: boolean
  onChange(value: boolean): void
}

/** Who bears the name of the household declares to be no relation of it. */
export function NotKin({ one, value, onChange }: NotKinProps) {
  const { t } = useTranslation('cases')
  if (!one.sameSurname) return null
  return (
    <p>
      <Checkbox checked={value} onChange={(event) => onChange(event.target.checked)}>
        {t('form.notKin')}
      </Checkbox>
    </p>
  )
}

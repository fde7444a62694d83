import { Checkbox, DatePicker, Form } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorisationScope } from '#contract/protection/own-record.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { useCaseChange } from '../use-case.ts'
import { StepError } from './guard-list.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { SubmitRow } from './submit-row.tsx'

/** Which adults signed the paper, and what it allows. */
export function AuthoriseForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const today = useMe().asOf
  const [signed, setSigned] = useState<string[]>()
  const [scopes, setScopes] = useState<AuthorisationScope[]>([...AuthorisationScope.options])
  const [signedOn, setSignedOn] = useState(today)
  const adults = one.signers
  const signatories = signed ?? []
  const lacking = [
    adults.some((member) => !signatories.includes(member.ref)) && t('form.signatories'),
    scopes.length === 0 && t('form.scopes'),
  ].filter((text) => text !== false)
  const step = useCaseChange(() =>
    api.cases.step({ id: one.id, input: { step: 'authorise', signatories, scopes, signedOn } }),
  )
  return (
    <Form layout="vertical" onFinish={() => step.mutate(undefined)}>
      <fieldset className="ticks">
        <legend>{t('form.signatories')}</legend>
        <Checkbox
          checked={signatories.length === adults.length}
          indeterminate={signatories.length > 0 && signatories.length < adults.length}
          onChange={({ target }) => setSigned(target.checked ? adults.map((member) => member.ref) : [])}
        >
          {t('form.allAdults')}
        </Checkbox>
        <Checkbox.Group
          value={signatories}
          options={adults.map((member) => ({
            value: member.ref,
            label: t('form.adult', { name: member.name, age: member.age ?? '–' }),
          }))}
          onChange={setSigned}
        />
      </fieldset>
      <fieldset className="ticks">
        <legend>{t('form.scopes')}</legend>
        <Checkbox.Group
          value={scopes}
          options={AuthorisationScope.options.map((value) => ({ value, label: t(`scope.${value}`) }))}
          onChange={setScopes}
        />
      </fieldset>
      <Form.Item label={t('form.signedOn')} htmlFor="signed-on">
        <DatePicker
          id="signed-on"
          allowClear={false}
          value={dayjs(signedOn)}
          maxDate={dayjs(today)}
          onChange={(day) => day && setSignedOn(day.format('YYYY-MM-DD'))}
        />
      </Form.Item>
      <StepError error={step.error} />
      <SubmitRow label={t('form.authorise')} busy={step.isPending} lacking={lacking} />
    </Form>
  )
}

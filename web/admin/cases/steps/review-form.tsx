import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, InputNumber } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuardCheck } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { useCaseChange } from '../use-case.ts'
import { GuardList, StepError } from './guard-list.tsx'
import { NotKin } from './not-kin.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { SubmitRow } from './submit-row.tsx'

/** Numbers of the village meeting; whether they suffice is shown while they are typed, by the shares of the policy. */
export function ReviewForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const today = useMe().asOf
  const policy = useQuery({
    queryKey: ['policy', undefined],
    queryFn: () => api.policy.get({}),
    staleTime: 600_000,
  })
  const [heldOn, setHeldOn] = useState(today)
  const [due, setDue] = useState<number | null>(null)
  const [present, setPresent] = useState<number | null>(null)
  const [agreed, setAgreed] = useState<number | null>(null)
  const [minutes, setMinutes] = useState('')
  const [notKin, setNotKin] = useState(false)
  const step = useCaseChange(() =>
    api.cases.step({
      id: one.id,
      input: {
        step: 'review',
        heldOn,
        due: due ?? 0,
        present: present ?? 0,
        agreed: agreed ?? 0,
        minutes,
        notKin,
      },
    }),
  )
  const share = (key: string) => {
    const value = policy.data?.parameters
      .find((parameter) => parameter.key === key)
      ?.values.find(({ current }) => current)?.value
    return value === undefined ? undefined : value > 100 ? value / 10_000 : value / 100
  }
  const quorum = share('reviewQuorum')
  const majority = share('reviewMajority')
  const checks: GuardCheck[] = []
  if (due !== null && present !== null && quorum !== undefined) {
    // As the server counts: two thirds are written 66.67 %.
    const needed = Math.ceil(due * quorum - due * 0.0001)
    const details = { due: `${due}`, present: `${present}`, needed: `${needed}`, agreed: `${agreed ?? ''}` }
    checks.push({ guard: 'quorum', holds: present <= due && present >= needed, details })
    if (agreed !== null && majority !== undefined)
      checks.push({ guard: 'majority', holds: agreed <= present && agreed > present * majority, details })
  }
  const lost = checks.some(({ guard, holds }) => guard === 'majority' && !holds)
  const numbers = [
    { id: 'due', label: t('form.dueCount'), value: due, set: setDue, min: 1 },
    { id: 'present', label: t('form.presentCount'), value: present, set: setPresent, min: 0 },
    { id: 'agreed', label: t('form.agreedCount'), value: agreed, set: setAgreed, min: 0 },
  ]
  return (
    <Form layout="vertical" onFinish={() => step.mutate(undefined)}>
      <div className="form-row">
        <Form.Item label={t('form.heldOn')} htmlFor="held-on">
          <DatePicker
            id="held-on"
            allowClear={false}
            value={dayjs(heldOn)}
            minDate={dayjs(one.openedOn)}
            maxDate={dayjs(today)}
            onChange={(day) => day && setHeldOn(day.format('YYYY-MM-DD'))}
          />
        </Form.Item>
        {numbers.map(({ id, label, value, set, min }) => (
          <Form.Item key={id} label={label} htmlFor={`review-${id}`}>
            <InputNumber id={`review-${id}`} min={min} max={500} precision={0} value={value} onChange={set} />
          </Form.Item>
        ))}
      </div>
      <output>
        {checks.length > 0 ? <GuardList checks={checks} /> : <p className="muted">{t('form.quorumRule')}</p>}
      </output>
      {lost && <p className="lack">{t('form.notAgreed')}</p>}
      <LongText id="minutes" label={t('form.minutes')} max={2000} value={minutes} onChange={setMinutes} />
      <NotKin one={one} value={notKin} onChange={setNotKin} />
      <StepError error={step.error} />
      <SubmitRow
        label={t('form.review')}
        busy={step.isPending}
        danger={lost}
        lacking={[
          ...numbers.filter(({ value }) => value === null).map(({ label }) => label),
          ...(one.sameSurname && !notKin ? [t('form.declaration')] : []),
        ]}
        failing={
          [...one.checks, ...checks.filter(({ guard }) => guard === 'quorum')].filter(({ holds }) => !holds)
            .length
        }
      />
    </Form>
  )
}

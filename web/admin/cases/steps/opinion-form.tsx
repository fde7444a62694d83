import { useQuery } from '@tanstack/react-query'
import { Form, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import { householdGuards } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { useCaseChange } from '../use-case.ts'
import { StepError } from './guard-list.tsx'
import { NotKin } from './not-kin.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { SubmitRow } from './submit-row.tsx'

const own = {
  registered: ['unstable', 'sudden-hardship'],
  other: ['marginal', 'sudden-hardship'],
} as const

/** What township or county say: agree or not, with an opinion; the county names the category. */
export function OpinionForm({ one, step }: StepFormProps & { step: 'township-audit' | 'county-approval' }) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const isApproval = step === 'county-approval'
  const policy = useQuery({
    queryKey: ['policy', undefined],
    queryFn: () => api.policy.get({}),
    staleTime: 600_000,
    enabled: isApproval,
  })
  const [agree, setAgree] = useState(true)
  const [opinion, setOpinion] = useState('')
  const [notKin, setNotKin] = useState(false)
  const [lateReason, setLateReason] = useState('')
  const today = useMe().asOf
  const late = isApproval && today > one.totalDueOn
  const categories = own[one.household.registered ? 'registered' : 'other'].filter(
    (category) => policy.data === undefined || policy.data.categories.includes(category),
  )
  const [chosen, setCategory] = useState<HouseholdCategory>()
  const category = (chosen as (typeof categories)[number] | undefined) ?? categories[0]
  const change = useCaseChange(() =>
    api.cases.step({
      id: one.id,
      input: isApproval
        ? {
            step,
            agree,
            opinion,
            notKin,
            lateReason,
            ...(agree && one.kind === 'identification' ? { category } : {}),
          }
        : { step, agree, opinion, notKin },
    }),
  )
  const disagree = !isApproval
    ? t('form.disagreeAudit')
    : t(one.kind === 'resolution' ? 'form.disagreeResolution' : 'form.disagreeApproval')
  const failing = one.checks.filter(
    ({ guard, holds }) => !holds && (agree || !householdGuards.includes(guard)),
  )
  const lacking = [
    opinion.trim() === '' && t('form.opinion'),
    late && lateReason.trim() === '' && t('form.lateReason'),
    one.sameSurname && !notKin && t('form.declaration'),
  ].filter((text) => text !== false)
  return (
    <Form layout="vertical" onFinish={() => change.mutate(undefined)}>
      <Radio.Group
        value={agree}
        options={[
          { value: true, label: t('form.agree') },
          { value: false, label: disagree },
        ]}
        onChange={({ target }) => setAgree(target.value)}
      />
      {isApproval && agree && one.kind === 'identification' && (
        <Form.Item label={t('form.category')} htmlFor="category">
          <Select
            id="category"
            value={category}
            options={categories.map((value) => ({ value, label: common(`category.${value}`) }))}
            onChange={setCategory}
          />
        </Form.Item>
      )}
      <LongText id="opinion" label={t('form.opinion')} value={opinion} onChange={setOpinion} />
      {late && (
        <LongText
          id="late-reason"
          label={t('form.lateReason')}
          rows={2}
          hint={t('form.lateHint', { day: one.totalDueOn })}
          value={lateReason}
          onChange={setLateReason}
        />
      )}
      <NotKin one={one} value={notKin} onChange={setNotKin} />
      <StepError error={change.error} />
      <SubmitRow
        label={t(isApproval ? 'form.approval' : 'form.audit')}
        busy={change.isPending}
        danger={!agree}
        failing={failing.length}
        lacking={lacking}
      />
    </Form>
  )
}

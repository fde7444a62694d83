import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NaturalGrounds } from '#contract/work/cases.ts'
import { api } from '#web/api/client.ts'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { GuardList, StepError } from './steps/guard-list.tsx'
import { SubmitRow } from './steps/submit-row.tsx'
import './cases.css'

interface ResolveModalProps {
  household: { ref: string; headName: string }
  onClose(): void
}

/** Whether the risk of a household may be marked resolved: condition by condition, before anything is begun. */
export function ResolveModal({ household, onClose }: ResolveModalProps) {
  const { t } = useTranslation('cases')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [way, setWay] = useState<'helped' | 'natural'>('helped')
  const [reason, setReason] = useState('')
  const [grounds, setGrounds] = useState<NaturalGrounds>()
  const request = { household: household.ref, way, reason: reason.trim(), grounds }
  const checks = useQuery({
    queryKey: ['resolution', household.ref, way],
    queryFn: () => api.cases.resolve({ household: household.ref, way, dryRun: true }),
  })
  const open = useMutation({
    mutationFn: () => api.cases.resolve({ ...request, dryRun: false }),
    onSuccess: async ({ case: id }) => {
      message.success(t('resolveOpened'))
      await Promise.all(
        ['cases', 'household', 'workbench'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
      onClose()
      if (id) await navigate({ to: '/cases/$id', params: { id } })
    },
  })
  const failing = checks.data?.checks.filter(({ passed }) => !passed).length ?? 0
  return (
    <Modal
      open
      width={640}
      title={t('resolveTitle', { name: household.headName })}
      footer={null}
      onCancel={onClose}
    >
      <Radio.Group
        value={way}
        options={(['helped', 'natural'] as const).map((value) => ({
          value,
          label: t(`resolveWay.${value}`),
        }))}
        onChange={({ target }) => setWay(target.value)}
      />
      <div className="resolve-part">
        <p className="muted">{t(way === 'helped' ? 'resolveNote' : 'resolveNaturalNote')}</p>
        {checks.isPending && <SkeletonRows rows={6} />}
        {checks.data && <GuardList checks={checks.data.checks} />}
        <StepError error={checks.error} />
      </div>
      {way === 'natural' && (
        <div className="resolve-part">
          <label htmlFor="resolve-grounds">{t('naturalGrounds')}</label>
          <Select
            id="resolve-grounds"
            value={grounds}
            placeholder={t('naturalChoose')}
            options={NaturalGrounds.options.map((value) => ({ value, label: t(`natural.${value}`) }))}
            onChange={setGrounds}
          />
          <label htmlFor="resolve-reason">{t('resolveNaturalText')}</label>
          <Input.TextArea
            id="resolve-reason"
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      <StepError error={open.error} />
      {!checks.isError && (
        <SubmitRow
          label={t('resolveOpen')}
          busy={open.isPending || checks.isPending}
          failing={failing}
          lacking={
            way === 'natural'
              ? [
                  ...(grounds ? [] : [t('naturalGrounds')]),
                  ...(reason.trim() === '' ? [common('reason')] : []),
                ]
              : []
          }
          onClick={() => open.mutate()}
        />
      )}
    </Modal>
  )
}

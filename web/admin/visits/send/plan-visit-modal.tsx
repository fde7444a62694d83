import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, DatePicker, Form, Modal, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VisitPurpose } from '#contract/work/visits.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { useVisitorOptions } from './visitor-options.tsx'
import '../visits.css'

const purposes = VisitPurpose.exclude(['verify'])
type Purpose = (typeof purposes.options)[number]

interface PlanVisitModalProps {
  household: { ref: string; headName: string }
  /** What is proposed; the person may choose otherwise. */
  purpose?: Purpose
  onClose(): void
}

/** A visit without a clue: the rhythm of the grade, before a resolution, after one. */
export function PlanVisitModal({ household, purpose: proposed = 'routine', onClose }: PlanVisitModalProps) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const today = useMe().asOf
  const [purpose, setPurpose] = useState<Purpose>(proposed)
  const [visitor, setVisitor] = useState<string>()
  const [dueOn, setDueOn] = useState<string>()
  const who = useQuery({
    queryKey: ['visitors', household.ref],
    queryFn: () => api.visits.visitors({ household: household.ref }),
  })
  const [reason, setReason] = useState('')
  const options = useVisitorOptions(who.data)
  const load = who.data?.visitors.find(({ id }) => id === visitor)?.planned ?? 0
  // The budget counts seven days; a visit later on is none of this week's.
  const isOver =
    who.data !== undefined &&
    load >= who.data.weekly &&
    dueOn !== undefined &&
    dueOn <= dayjs(today).add(7, 'day').format('YYYY-MM-DD')
  const plan = useMutation({
    mutationFn: () =>
      api.visits.plan({
        household: household.ref,
        purpose,
        visitor: visitor ?? '',
        dueOn: dueOn ?? today,
        reason: isOver ? reason : '',
      }),
    onSuccess: async (row) => {
      await Promise.all(
        ['visits', 'visitors', 'workbench', 'due-visits', 'due-sums'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      )
      message.success(t('assigned', { visitor: row.visitor.name, count: 1, dueOn: row.dueOn }))
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('planTitle', { name: household.headName })}
      okText={t('planVisit')}
      cancelText={common('cancel')}
      okButtonProps={{
        disabled: !visitor || !dueOn || (isOver && reason.trim() === ''),
        loading: plan.isPending,
      }}
      onOk={() => plan.mutate()}
      onCancel={onClose}
    >
      {who.isPending && <SkeletonRows rows={3} />}
      {who.isError && <ErrorState error={who.error} onRetry={() => who.refetch()} />}
      {options?.length === 0 && <p>{t('assignNobody')}</p>}
      {options && options.length > 0 && (
        <Form layout="vertical">
          <Form.Item label={t('planPurpose')}>
            <Radio.Group
              value={purpose}
              options={purposes.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
              onChange={({ target }) => setPurpose(target.value)}
            />
          </Form.Item>
          <Form.Item label={t('assignWho')} htmlFor="plan-visitor" required>
            <Select
              id="plan-visitor"
              value={visitor}
              placeholder={t('assignChoose')}
              options={options}
              onChange={setVisitor}
            />
          </Form.Item>
          <Form.Item label={t('assignDue')} htmlFor="plan-due" required>
            <DatePicker
              id="plan-due"
              minDate={dayjs(today)}
              onChange={(day) => setDueOn(day?.format('YYYY-MM-DD'))}
            />
          </Form.Item>
          {isOver && (
            <LongText
              id="plan-reason"
              label={t('assignOver')}
              rows={2}
              max={300}
              required
              value={reason}
              onChange={setReason}
            />
          )}
        </Form>
      )}
      <Failed of={plan} />
    </Modal>
  )
}

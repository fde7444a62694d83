import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, DatePicker, Form, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { useVisitorOptions } from './visitor-options.tsx'
import '../visits.css'

interface AssignModalProps {
  ids: string[]
  /** The clues lie in more than one village. */
  mixed: boolean
  onClose(done: boolean): void
}

/** Sends one person to the households of clues; says what it means for that person's week before it is done. */
export function AssignModal({ ids, mixed, onClose }: AssignModalProps) {
  const { t } = useTranslation('visits')
  const common = useTranslation().t
  const { message } = App.useApp()
  const client = useQueryClient()
  const today = useMe().asOf
  const [visitor, setVisitor] = useState<string>()
  const [dueOn, setDueOn] = useState<string>()
  const [reason, setReason] = useState('')
  const who = useQuery({
    queryKey: ['visitors', ids[0]],
    queryFn: () => api.visits.visitors({ clue: ids[0] ?? '' }),
  })
  const order = { clues: ids, visitor: visitor ?? '', dueOn, reason }
  const effect = useQuery({
    queryKey: ['assign-effect', ids, visitor, dueOn],
    queryFn: () => api.visits.assign({ ...order, dryRun: true }),
    enabled: visitor !== undefined,
  })
  const name = who.data?.visitors.find(({ id }) => id === visitor)?.name ?? ''
  const told = effect.data
  const isOver = told !== undefined && told.planned > told.weekly
  const assign = useMutation({
    mutationFn: () => api.visits.assign({ ...order, dryRun: false }),
    onSuccess: async (done) => {
      await Promise.all(
        ['clues', 'clue', 'visit', 'visits', 'visitors', 'workbench'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      )
      message.success(t('assigned', { visitor: name, count: done.visits, dueOn: done.dueOn }))
      onClose(true)
    },
  })
  const options = useVisitorOptions(who.data)
  return (
    <Modal
      open
      title={t('assignTitle')}
      okText={t('assign')}
      cancelText={common('cancel')}
      okButtonProps={{
        disabled: !visitor || !told || effect.isError || (isOver && reason.trim() === ''),
        loading: assign.isPending,
      }}
      onOk={() => assign.mutate()}
      onCancel={() => onClose(false)}
    >
      {who.isPending && <SkeletonRows rows={3} />}
      {who.isError && <ErrorState error={who.error} onRetry={() => who.refetch()} />}
      {who.data?.visitors.length === 0 && <p>{t('assignNobody')}</p>}
      {options && options.length > 0 && (
        <Form layout="vertical">
          <Form.Item label={t('assignWho')} htmlFor="visitor" extra={mixed ? t('assignMixed') : undefined}>
            <Select
              id="visitor"
              value={visitor}
              placeholder={t('assignChoose')}
              options={options}
              onChange={setVisitor}
            />
          </Form.Item>
          <Form.Item label={t('assignDue')} htmlFor="visit-due" extra={t('assignDueHint')}>
            <DatePicker
              id="visit-due"
              minDate={dayjs(today)}
              onChange={(day) => setDueOn(day?.format('YYYY-MM-DD'))}
            />
          </Form.Item>
          {isOver && (
            <LongText
              id="visit-reason"
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
      {told && visitor && (
        <output className="effect">
          {t('assignEffect', { ...told, visitor: name })}
          {told.skipped > 0 && <> {t('assignSkipped', { count: told.skipped })}</>}
        </output>
      )}
      {(effect.isError || assign.isError) && <ErrorState error={effect.error ?? assign.error} />}
    </Modal>
  )
}

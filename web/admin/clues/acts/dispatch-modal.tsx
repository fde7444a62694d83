import { useMutation, useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { keepTo, lastTo, useReceiverText } from './receiver.ts'
import { useHandedOn, useRefreshClues } from './use-undo.tsx'

/** States its effect in numbers before it is done, and offers to undo it afterwards. */
export function DispatchModal({ ids, onClose }: { ids: string[]; onClose(done: boolean): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const me = useMe()
  const isTownship = me.area.level === 'township' || me.area.level === 'village'
  const [to, setTo] = useState<'township' | 'village'>(isTownship ? 'village' : (lastTo() ?? 'township'))
  // The limit of the policy, as every clue of the place carries it; one's own choice goes before it.
  const first = useQuery({ queryKey: ['clue', ids[0]], queryFn: () => api.clues.get({ id: ids[0] ?? '' }) })
  const [chosen, setDays] = useState<number>()
  const days = chosen ?? first.data?.defaultDeadlineWorkingDays ?? 1
  const [note, setNote] = useState('')
  const order = { ids, to, deadlineWorkingDays: days, note }
  const effect = useQuery({
    queryKey: ['dispatch-effect', ids, to, days],
    queryFn: () => api.clues.dispatch({ ...order, dryRun: true }),
    enabled: chosen !== undefined || !first.isPending,
  })
  const refresh = useRefreshClues()
  const { notify } = useHandedOn()
  const receiverText = useReceiverText()
  const dispatch = useMutation({
    mutationFn: () => api.clues.dispatch({ ...order, dryRun: false }),
    onSuccess: async (done) => {
      keepTo(to)
      const receiver = done.receiver && receiverText(done.receiver)
      notify(
        receiver
          ? t('dispatchedTo', { count: done.clues, receiver, dueOn: done.dueOn })
          : t('dispatched', { count: done.clues, dueOn: done.dueOn }),
        done.ids,
      )
      await refresh()
      onClose(true)
    },
  })
  const preview = effect.data
  const places =
    preview &&
    (to === 'township'
      ? t('effectTownships', { count: preview.townships })
      : t('effectVillages', { count: preview.villages }))
  return (
    <Modal
      open
      title={t('dispatchTitle')}
      okText={preview ? `${t('dispatch')} ${formatCount(preview.clues)}` : t('dispatch')}
      cancelText={common('cancel')}
      okButtonProps={{
        disabled: !preview || preview.clues === 0,
        loading: dispatch.isPending,
        autoFocus: true,
      }}
      onOk={() => dispatch.mutate()}
      onCancel={() => onClose(false)}
    >
      <Form layout="vertical">
        <Form.Item label={t('dispatchTo')}>
          <Radio.Group
            value={to}
            onChange={(event) => setTo(event.target.value)}
            options={[
              { value: 'township', label: t('toTownship'), disabled: isTownship },
              { value: 'village', label: t('toVillage') },
            ]}
          />
        </Form.Item>
        <Form.Item label={t('workingDays')} htmlFor="working-days">
          <InputNumber
            id="working-days"
            min={1}
            max={60}
            value={chosen === undefined && first.isPending ? null : days}
            onChange={(value) => setDays(value ?? undefined)}
          />
        </Form.Item>
        <LongText
          id="dispatch-note"
          label={t('note')}
          rows={2}
          placeholder={t('notePlaceholder')}
          value={note}
          onChange={setNote}
        />
      </Form>
      <output className="effect">
        {effect.isPending && t('loadingEffect')}
        {preview?.receiver && (
          <strong>{t('effectReceiver', { receiver: receiverText(preview.receiver) })} </strong>
        )}
        {preview && (
          <>
            {t('effect', {
              places: places ?? '',
              clues: preview.clues,
              households: preview.households,
              days,
              dueOn: preview.dueOn,
            })}
            {preview.skipped > 0 && <> {t('effectSkipped', { count: preview.skipped })}</>}
          </>
        )}
      </output>
      {effect.isError && <ErrorState error={effect.error} onRetry={() => effect.refetch()} />}
      <Failed of={dispatch} />
    </Modal>
  )
}

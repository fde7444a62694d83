import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { ErrorState, useErrorText } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'

/** States its effect in numbers before it is done, and offers to undo it afterwards. */
export function DispatchModal({ ids, onClose }: { ids: string[]; onClose(done: boolean): void }) {
  const { t } = useTranslation('clues')
  const common = useTranslation().t
  const me = useMe()
  const { notification } = App.useApp()
  const client = useQueryClient()
  const isTownship = me.area.level === 'township' || me.area.level === 'village'
  const [to, setTo] = useState<'township' | 'village'>(isTownship ? 'village' : 'township')
  // The limit of the policy, as every clue of the place carries it; one's own choice goes before it.
  const first = useQuery({ queryKey: ['clue', ids[0]], queryFn: () => api.clues.get({ id: ids[0] ?? '' }) })
  const [chosen, setDays] = useState<number>()
  const days = chosen ?? first.data?.defaultDeadlineWorkingDays ?? 1
  const [note, setNote] = useState('')
  const errorText = useErrorText()
  const order = { ids, to, deadlineWorkingDays: days, note }
  const effect = useQuery({
    queryKey: ['dispatch-effect', ids, to, days],
    queryFn: () => api.clues.dispatch({ ...order, dryRun: true }),
    enabled: chosen !== undefined || !first.isPending,
  })
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['clues'] }),
      client.invalidateQueries({ queryKey: ['clue'] }),
      client.invalidateQueries({ queryKey: ['overview'] }),
    ])
  const dispatch = useMutation({
    mutationFn: () => api.clues.dispatch({ ...order, dryRun: false }),
    onSuccess: async (done) => {
      await refresh()
      const key = `dispatched-${ids[0]}`
      const undo = async () => {
        try {
          const { clues, skipped } = await api.clues.recall({ ids, reason: t('undone') })
          notification.info({ key, title: t('undoneAll', { count: clues }), actions: undefined, duration: 6 })
          if (skipped > 0) notification.warning({ title: t('undoneSkipped', { count: skipped }) })
        } catch (error) {
          const { what, todo } = errorText(error)
          notification.error({ key, title: what, description: todo, actions: undefined })
        }
        await refresh()
      }
      notification.success({
        key,
        title: t('dispatched', { count: done.clues, dueOn: done.dueOn }),
        // Skipped clues were handed over by somebody else; taking all back would undo their work too.
        actions:
          done.skipped === 0 ? (
            <Button size="small" onClick={undo}>
              {t('undo')}
            </Button>
          ) : undefined,
        duration: 12,
      })
      onClose(true)
    },
  })
  const told = effect.data
  const places =
    told &&
    (to === 'township'
      ? t('effectTownships', { count: told.townships })
      : t('effectVillages', { count: told.villages }))
  return (
    <Modal
      open
      title={t('dispatchTitle')}
      okText={told ? `${t('dispatch')} ${formatCount(told.clues)}` : t('dispatch')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: !told || told.clues === 0, loading: dispatch.isPending }}
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
        {told && (
          <>
            {t('effect', {
              places: places ?? '',
              clues: told.clues,
              households: told.households,
              days,
              dueOn: told.dueOn,
            })}
            {told.skipped > 0 && <> {t('effectSkipped', { count: told.skipped })}</>}
          </>
        )}
      </output>
      {(effect.isError || dispatch.isError) && <ErrorState error={effect.error ?? dispatch.error} />}
    </Modal>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { breakGlassQuery } from './break-glass-query.ts'

const offered = [30, 60, 120, 240]

/** Says what will happen, asks for the whole number and a reason, and goes to the household. */
export function OpenBreakGlass({ number: first = '', onClose }: { number?: string; onClose(): void }) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { data } = useQuery(breakGlassQuery)
  const [number, setNumber] = useState(first)
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(30)
  const [isTried, setTried] = useState(false)
  const most = data?.limits.minutes ?? 30
  const lacksNumber = number.replaceAll(/\s/g, '').length < 10
  const lacksReason = reason.trim().length < 10
  const open = useMutation({
    mutationFn: () => api.breakGlass.open({ number: number.trim(), reason: reason.trim(), minutes }),
    onSuccess: async ({ household }) => {
      await queries.invalidateQueries({ queryKey: ['break-glass'] })
      onClose()
      if (household) await navigate({ to: '/households/$ref', params: { ref: household }, search: {} })
    },
  })
  const submit = () => {
    setTried(true)
    if (!lacksNumber && !lacksReason) open.mutate()
  }
  return (
    <Modal
      open
      title={t('openTitle')}
      okText={t('submit')}
      cancelText={common('cancel')}
      okButtonProps={{ loading: open.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{t('intro')}</p>
      <Form layout="vertical" onFinish={submit}>
        <Form.Item
          label={t('number')}
          htmlFor="glass-number"
          extra={t('numberHint')}
          {...(isTried && lacksNumber ? { validateStatus: 'error', help: t('numberMissing') } : {})}
        >
          <Input
            id="glass-number"
            maxLength={20}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </Form.Item>
        <LongText
          id="glass-reason"
          label={t('reason')}
          rows={2}
          hint={t('reasonHint')}
          wrong={isTried && lacksReason && t('reasonMissing')}
          value={reason}
          onChange={setReason}
        />
        <Form.Item label={t('minutes')} htmlFor="glass-minutes">
          <Select
            id="glass-minutes"
            value={minutes}
            options={offered
              .filter((value) => value <= most)
              .map((value) => ({ value, label: t('minute', { count: value }) }))}
            onChange={setMinutes}
          />
        </Form.Item>
      </Form>
      {data && <p className="muted">{t('consequence', { perDay: data.limits.perDay })}</p>}
      <Failed of={open} />
    </Modal>
  )
}

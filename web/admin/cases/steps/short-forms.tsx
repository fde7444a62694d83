import { DatePicker, Form, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { useCaseChange } from '../use-case.ts'
import { StepError } from './guard-list.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { SubmitRow } from './submit-row.tsx'

const failingOf = ({ checks }: StepFormProps['one']) => checks.filter(({ passed }) => !passed).length

export function CompareForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const step = useCaseChange(() => api.cases.step({ id: one.id, input: { step: 'compare' } }))
  return (
    <>
      <p className="muted">{t('form.compareNote')}</p>
      <StepError error={step.error} />
      <SubmitRow
        label={t('form.compare')}
        busy={step.isPending}
        failing={failingOf(one)}
        onClick={() => step.mutate(undefined)}
      />
    </>
  )
}

interface DayAndPlaceProps {
  dayLabel: string
  placeLabel: string
  note?: string
  submit: string
  /** For what has happened: neither ahead nor before the case. */
  since?: string
  error: unknown
  busy: boolean
  failing: number
  onSubmit(day: string, place: string): void
}

/** A day and a place: what publicity and announcement have in common. */
function DayAndPlace({
  dayLabel,
  placeLabel,
  note,
  submit,
  since,
  error,
  busy,
  failing,
  onSubmit,
}: DayAndPlaceProps) {
  const { t } = useTranslation('cases')
  const today = useMe().asOf
  const [day, setDay] = useState(today)
  const [place, setPlace] = useState('')
  return (
    <Form layout="vertical" onFinish={() => onSubmit(day, place)}>
      {note && <p className="muted">{note}</p>}
      <div className="form-row">
        <Form.Item label={dayLabel} htmlFor="step-day">
          <DatePicker
            id="step-day"
            allowClear={false}
            value={dayjs(day)}
            {...(since ? { minDate: dayjs(since), maxDate: dayjs(today) } : {})}
            onChange={(chosen) => chosen && setDay(chosen.format('YYYY-MM-DD'))}
          />
        </Form.Item>
        <Form.Item label={placeLabel} htmlFor="step-place">
          <Input
            id="step-place"
            maxLength={100}
            value={place}
            placeholder={t('form.publicityHint')}
            onChange={(event) => setPlace(event.target.value)}
          />
        </Form.Item>
      </div>
      <StepError error={error} />
      <SubmitRow
        label={submit}
        busy={busy}
        failing={failing}
        lacking={place.trim() === '' ? [placeLabel] : []}
      />
    </Form>
  )
}

export function PublicityForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const step = useCaseChange(({ from, place }: { from: string; place: string }) =>
    api.cases.step({ id: one.id, input: { step: 'publicity', from, place } }),
  )
  return (
    <DayAndPlace
      dayLabel={t('form.from')}
      placeLabel={t('form.publicityPlace')}
      note={t('form.publicityNote')}
      submit={t('form.publicity')}
      error={step.error}
      busy={step.isPending}
      failing={failingOf(one)}
      onSubmit={(from, place) => step.mutate({ from, place })}
    />
  )
}

export function AnnounceForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const step = useCaseChange(({ on, place }: { on: string; place: string }) =>
    api.cases.step({ id: one.id, input: { step: 'announce', on, place } }),
  )
  return (
    <DayAndPlace
      dayLabel={t('form.on')}
      placeLabel={t('form.announcePlace')}
      submit={t('form.announce')}
      since={one.openedOn}
      error={step.error}
      busy={step.isPending}
      failing={failingOf(one)}
      onSubmit={(on, place) => step.mutate({ on, place })}
    />
  )
}

export function EnterForm({ one }: StepFormProps) {
  const { t } = useTranslation('cases')
  const [mark, setMark] = useState('')
  const step = useCaseChange(() => api.cases.step({ id: one.id, input: { step: 'enter', mark } }))
  return (
    <Form layout="vertical" onFinish={() => step.mutate(undefined)}>
      <p className="muted">{t(one.kind === 'resolution' ? 'form.enterNoteResolution' : 'form.enterNote')}</p>
      <Form.Item label={t('form.mark')} htmlFor="mark">
        <Input id="mark" maxLength={60} value={mark} onChange={(event) => setMark(event.target.value)} />
      </Form.Item>
      <StepError error={step.error} />
      <SubmitRow label={t('form.enter')} busy={step.isPending} failing={failingOf(one)} />
    </Form>
  )
}

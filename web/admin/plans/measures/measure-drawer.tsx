import { Button, Checkbox, DatePicker, Drawer, Form, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Measure, MeasureType, Plan } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { LongText } from '#web/ui/form/long-text.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { usePlanChange, useTypeName } from '../use-plan.ts'

interface MeasureDrawerProps {
  plan: Plan
  /** The one to change; without it a new one is added. */
  measure?: Measure
  onClose(): void
}

interface Typed {
  type: MeasureType | undefined
  title: string
  person: string | null
  responsible: string
  startsOn: string
  endsOn: string | null
  yuan: number | null
  evidence: string
  effect: string
  begun: boolean
}

const household = 'household'

/** Everything about a measure but its end: what, for whom, who answers for it, when, and what it costs. */
export function MeasureDrawer({ plan, measure, onClose }: MeasureDrawerProps) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const text = useText()
  const me = useMe()
  const typeName = useTypeName(plan)
  const [typed, setTyped] = useState<Typed>(() => ({
    type: measure?.type,
    title: measure?.title ?? '',
    person: measure?.person?.ref ?? null,
    responsible: measure?.responsible ?? me.name,
    startsOn: measure?.startsOn ?? me.asOf,
    endsOn: measure?.endsOn ?? null,
    yuan: measure?.moneyFen === null || measure === undefined ? null : measure.moneyFen / 100,
    evidence: measure?.evidence ?? '',
    effect: measure?.effect ?? '',
    begun: false,
  }))
  const set = (more: Partial<Typed>) => setTyped({ ...typed, ...more })
  const save = usePlanChange(({ type, yuan, begun, evidence, effect, ...rest }: Typed) => {
    const moneyFen = yuan === null ? null : Math.round(yuan * 100)
    const content = { ...rest, type: type ?? 'social-help', moneyFen }
    return measure
      ? api.plans.change({ id: measure.id, ...content, evidence, effect })
      : api.plans.add({ plan: plan.id, ...content, begun })
  }, onClose)
  const { type, title, person, responsible, startsOn, endsOn, yuan, begun } = typed
  const daysWrong = endsOn !== null && endsOn < startsOn
  const lacking = !type || title.trim() === '' || responsible.trim() === ''
  const choose = (next: MeasureType) => {
    const ready = plan.types.map((one) => text(one.title))
    const own = title.trim() !== '' && !ready.includes(title)
    const found = plan.types.find(({ id }) => id === next)
    set({ type: next, title: own || !found ? title : text(found.title) })
  }
  return (
    <Drawer
      open
      size={480}
      title={t(measure ? 'editTitle' : 'addTitle')}
      closable={{ 'aria-label': common('close') }}
      onClose={onClose}
      footer={
        <div className="drawer-foot">
          <span className="muted">{daysWrong ? t('form.daysWrong') : lacking ? t('form.lacking') : ''}</span>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            type="primary"
            disabled={lacking || daysWrong}
            loading={save.isPending}
            onClick={() => save.mutate(typed)}
          >
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical">
        <Form.Item label={t('form.type')} htmlFor="measure-type">
          <Select
            id="measure-type"
            value={type}
            options={plan.types.map(({ id }) => ({ value: id, label: typeName(id) }))}
            onChange={choose}
          />
        </Form.Item>
        <LongText
          id="measure-title"
          label={t('form.title')}
          rows={2}
          max={120}
          placeholder={t('form.titleHint')}
          value={title}
          onChange={(text) => set({ title: text })}
        />
        <Form.Item label={t('form.person')} htmlFor="measure-person">
          <Select
            id="measure-person"
            value={person ?? household}
            options={[
              { value: household, label: t('concern.household') },
              ...plan.members.map(({ ref, name, concerns }) => ({
                value: ref,
                label: [name, ...concerns.map((one) => t(`concern.${one}`))].join(' · '),
              })),
            ]}
            onChange={(value: string) => set({ person: value === household ? null : value })}
          />
        </Form.Item>
        <Form.Item label={t('form.responsible')} htmlFor="measure-responsible">
          <Input
            id="measure-responsible"
            maxLength={40}
            value={responsible}
            placeholder={t('form.responsibleHint')}
            onChange={(event) => set({ responsible: event.target.value })}
          />
        </Form.Item>
        <div className="form-pair">
          <Form.Item label={t('form.startsOn')} htmlFor="measure-from">
            <DatePicker
              id="measure-from"
              allowClear={false}
              value={dayjs(startsOn)}
              onChange={(day) => day && set({ startsOn: day.format('YYYY-MM-DD') })}
            />
          </Form.Item>
          <Form.Item label={t('form.endsOn')} htmlFor="measure-to" validateStatus={daysWrong ? 'error' : ''}>
            <DatePicker
              id="measure-to"
              value={endsOn ? dayjs(endsOn) : null}
              onChange={(day) => set({ endsOn: day ? day.format('YYYY-MM-DD') : null })}
            />
          </Form.Item>
        </div>
        <Form.Item label={t('form.money')} htmlFor="measure-money">
          <InputNumber<number>
            id="measure-money"
            min={0}
            max={1e9}
            precision={2}
            value={yuan}
            onChange={(value) => set({ yuan: value })}
          />
        </Form.Item>
        {measure ? (
          (['evidence', 'effect'] as const).map((key) => (
            <LongText
              key={key}
              id={`measure-${key}`}
              label={t(key)}
              rows={2}
              placeholder={t(`${key}Hint`)}
              value={typed[key]}
              onChange={(text) => set({ [key]: text })}
            />
          ))
        ) : (
          <>
            <Checkbox checked={begun} onChange={(event) => set({ begun: event.target.checked })}>
              {t('form.begun')}
            </Checkbox>
            <p className="muted">{t('form.begunNote')}</p>
          </>
        )}
      </Form>
      <Failed of={save} />
    </Drawer>
  )
}

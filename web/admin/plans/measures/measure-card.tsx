import { Button, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Measure, Plan } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { formatYuan } from '#web/ui/words/format.ts'
import { Standings } from '../standings.tsx'
import { useForWhom, usePlanChange, useTypeName } from '../use-plan.ts'
import '../plans.css'

// What is opened by few comes when it is opened.
const CancelModal = lazyPart(() => import('./cancel-modal.tsx'), 'CancelModal')
const FinishModal = lazyPart(() => import('./finish-modal.tsx'), 'FinishModal')
const MeasureDrawer = lazyPart(() => import('./measure-drawer.tsx'), 'MeasureDrawer')

type Doing = 'edit' | 'finish' | 'cancel'

/** One measure: what, for whom, who answers for it, and what came of it. */
export function MeasureCard({ plan, measure }: { plan: Plan; measure: Measure }) {
  const { t } = useTranslation('plans')
  const typeName = useTypeName(plan)
  const forWhom = useForWhom()
  const { state, title, responsible, startsOn, endsOn, moneyFen, evidence, effect, reason } = measure
  const pairs = [
    [t('responsible'), responsible],
    [t('period'), endsOn ? t('to', { from: startsOn, to: endsOn }) : `${t('since', { day: startsOn })}`],
    [t('money'), moneyFen === null ? '' : t('moneyYuan', { yuan: formatYuan(moneyFen) })],
    [t('evidence'), evidence],
    [t('effect'), effect],
  ].filter(([, value]) => value !== '')
  return (
    <li className={`measure measure-${state}`}>
      <div className="measure-head">
        <span className="measure-type">{typeName(measure.type)}</span>
        <Tag className={`measure-state ${state}`}>{t(`state.${state}`)}</Tag>
        <span className="muted">{forWhom(measure)}</span>
      </div>
      <h4>{title}</h4>
      <dl className="record-pairs">
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reason && <p className="muted">{t('cancelled', { reason })}</p>}
      {state !== 'cancelled' && <Standings measure={measure} lineFen={plan.monitoringLineFen} />}
      {plan.mayWrite && (state === 'planned' || state === 'under-way') && (
        <Actions plan={plan} measure={measure} />
      )}
    </li>
  )
}

function Actions({ plan, measure }: { plan: Plan; measure: Measure }) {
  const { t } = useTranslation('plans')
  const [doing, setDoing] = useState<Doing>()
  const change = usePlanChange(api.plans.change)
  const { id, state } = measure
  const close = () => setDoing(undefined)
  return (
    <>
      <div className="record-actions no-print">
        {state === 'planned' ? (
          <Button
            size="small"
            type="primary"
            loading={change.isPending}
            onClick={() => change.mutate({ id, state: 'under-way' })}
          >
            {t('begin')}
          </Button>
        ) : (
          <Button size="small" type="primary" onClick={() => setDoing('finish')}>
            {t('finish')}
          </Button>
        )}
        <Button size="small" onClick={() => setDoing('edit')}>
          {t('edit')}
        </Button>
        <Button size="small" type="text" onClick={() => setDoing('cancel')}>
          {t('cancel')}
        </Button>
      </div>
      <Failed of={change} />
      <Suspense fallback={null}>
        {doing === 'edit' && <MeasureDrawer plan={plan} measure={measure} onClose={close} />}
        {doing === 'finish' && <FinishModal measure={measure} onClose={close} />}
        {doing === 'cancel' && <CancelModal measure={measure} onClose={close} />}
      </Suspense>
    </>
  )
}

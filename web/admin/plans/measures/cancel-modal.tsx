import { useTranslation } from 'react-i18next'
import type { Measure, Plan } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { ReasonModal } from '#web/ui/form/reason-modal.tsx'
import { usePlanChange } from '../use-plan.ts'

/** A measure that is not carried out stays in the record, with the reason. */
export function CancelModal({ measure, onClose }: { measure: Measure; onClose(): void }) {
  const { t } = useTranslation('plans')
  const show = usePlanChange((next: Plan) => Promise.resolve(next))
  return (
    <ReasonModal
      danger
      title={t('cancelTitle')}
      text={t('cancelText')}
      act={(reason) => api.plans.change({ id: measure.id, state: 'cancelled', reason })}
      onDone={(next) => show.mutate(next)}
      onClose={onClose}
    />
  )
}

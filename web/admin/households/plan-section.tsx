import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Plan } from '#contract/work/plans.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { MeasureCard, MeasureDrawer, PlanChecks, PlanSuggestions, usePlan } from '../plans/index.ts'
import '#web/ui/list/records.css'

/** The plan of a monitored household; nothing for a household that never needed one. */
export function PlanSection({ household }: { household: string }) {
  const query = usePlan(household)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <SkeletonRows rows={3} height={24} />
  return query.data.plan && <PlanBody plan={query.data.plan} />
}

function PlanBody({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans')
  const [adding, setAdding] = useState(false)
  const { closedOn, measures } = plan
  return (
    <section className="panel plan" id="plan" aria-labelledby="plan-title">
      <div className="plan-head">
        <h2 id="plan-title">{t('planTitle')}</h2>
        <span className="muted">{t('since', { day: plan.openedOn })}</span>
        <span className="plan-tools no-print">
          <Link to="/plans/$ref" params={{ ref: plan.household.ref }}>
            {t('print')}
          </Link>
          {closedOn === null && (
            <MayButton
              size="small"
              type="primary"
              capability="plan.write"
              hindrance={plan.mayWrite ? undefined : t('readOnly')}
              onClick={() => setAdding(true)}
            >
              {t('add')}
            </MayButton>
          )}
        </span>
      </div>
      {closedOn && <p className="plan-closed">{t('closed', { day: closedOn })}</p>}
      <Facts plan={plan} />
      <div className={plan.suggestions.length > 0 ? 'plan-columns' : ''}>
        <PlanChecks plan={plan} />
        <PlanSuggestions plan={plan} />
      </div>
      <h3>
        {t('measuresTitle')} {measures.length > 0 && <span className="muted">{measures.length}</span>}
      </h3>
      {measures.length === 0 && <p className="muted">{t('measuresNone')}</p>}
      <ul className="measures">
        {measures.map((measure) => (
          <MeasureCard key={measure.id} plan={plan} measure={measure} />
        ))}
      </ul>
      {adding && (
        <Suspense fallback={null}>
          <MeasureDrawer plan={plan} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </section>
  )
}

/** Why, who could work, and how often somebody looks in. */
function Facts({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const { causes, labourMembers, labourless, rhythm } = plan
  return (
    <p className="plan-facts">
      <span>
        {causes.length > 0
          ? causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))
          : t('noCauses')}
      </span>
      <span>
        {labourless
          ? t('labourless')
          : labourMembers === null
            ? t('labourUnknown')
            : t('labour', { count: labourMembers })}
      </span>
      {rhythm && (
        <span className="plan-rhythm">
          <RiskMark risk={rhythm.grade === 'green' ? 'none' : rhythm.grade} text={false} size={12} />
          {t(`grade.${rhythm.grade}`)} · {t('rhythm', { days: rhythm.everyDays })} ·{' '}
          {rhythm.lastOn ? t('lastVisit', { day: rhythm.lastOn }) : t('neverVisited')} ·{' '}
          <span className={rhythm.overdue ? 'overdue' : undefined}>
            {rhythm.dueOn && t(rhythm.overdue ? 'visitOverdue' : 'nextVisit', { day: rhythm.dueOn })}
          </span>
        </span>
      )}
    </p>
  )
}

import { Alert, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import type { DueData, DueRow } from './due-data.ts'
import type { usePlanDue } from './use-plan-due.ts'

interface DueBarProps {
  data: DueData
  ticked: readonly DueRow[]
  isPending: boolean
  onTick(on: boolean): void
  onPlan(): void
  /** Whatever the list shows on all its pages, as far as the week goes. */
  onPlanAll(): void
}

/** What is ticked, whose week it fills and how far, and the one button. */
export function DueBar({ data, ticked, isPending, onTick, onPlan, onPlanAll }: DueBarProps) {
  const { t } = useTranslation('visits')
  const { rows, weekly, visitBy, mine } = data
  const people = loads(data, ticked, t('dueVisits.me'))
  return (
    <div className="due-bar panel no-print">
      <Checkbox
        checked={ticked.length === rows.length}
        indeterminate={ticked.length > 0 && ticked.length < rows.length}
        onChange={({ target }) => onTick(target.checked)}
      >
        {t('dueVisits.page')}
      </Checkbox>
      <output className="due-effect">
        {ticked.length === 0
          ? mine === null
            ? t('dueVisits.hint', { weekly })
            : t('dueVisits.hintMine', { planned: mine, weekly })
          : people.map(({ name, count, after }) => (
              <span key={name ?? ''} className={after > weekly ? 'overdue' : undefined}>
                {name === null
                  ? t('dueVisits.effectNobody', { count })
                  : after > weekly
                    ? t('dueVisits.effectFull', { name, count, after, weekly })
                    : t('dueVisits.effect', { name, count, after, weekly })}
              </span>
            ))}
      </output>
      {ticked.length === 0 && (
        <MayButton capability="visit.plan-due" loading={isPending} onClick={onPlanAll}>
          {t('dueVisits.planAll', { count: data.total })}
        </MayButton>
      )}
      <MayButton
        capability="visit.plan-due"
        type="primary"
        loading={isPending}
        hindrance={ticked.length === 0 ? t('dueVisits.tickFirst') : undefined}
        onClick={onPlan}
      >
        {ticked.length === 0
          ? t('dueVisits.plan')
          : t(mine === null ? 'dueVisits.planSome' : 'dueVisits.planMine', {
              count: ticked.length,
              day: visitBy,
            })}
      </MayButton>
    </div>
  )
}

/** How full each visitor's week would be; `null` for households nobody is proposed for. */
function loads({ mine }: DueData, ticked: readonly DueRow[], me: string) {
  if (mine !== null)
    return ticked.length > 0 ? [{ name: me, count: ticked.length, after: mine + ticked.length }] : []
  return [...Map.groupBy(ticked, ({ visitor }) => visitor?.name ?? null)].map(([name, own]) => ({
    ...{ name, count: own.length },
    after: name === null ? 0 : (own[0]?.visitor?.planned ?? 0) + own.length,
  }))
}

/** What came of it, until the next time. */
export function DueOutcome({ plan }: { plan: ReturnType<typeof usePlanDue> }) {
  const { t } = useTranslation('visits')
  if (plan.isError) return <Failed of={plan} />
  if (!plan.data) return null
  const { planned, left, nobody, skipped, dueOn, weekly, visitors } = plan.data
  const words = [
    planned > 0 && t('dueVisits.done', { count: planned, day: dueOn }),
    ...visitors
      .filter(({ visits }) => visits > 0)
      .map(({ name, visits, load }) => t('dueVisits.doneFor', { name, count: visits, load, weekly })),
    ...visitors
      .filter((one) => one.left > 0)
      .map(({ name, load, left: count }) => t('dueVisits.left', { name, load, weekly, count })),
    nobody > 0 && t('dueVisits.nobody', { count: nobody }),
    skipped > 0 && t('dueVisits.skipped', { count: skipped }),
  ].filter((one) => one !== false)
  return (
    <Alert
      className="due-outcome"
      role="status"
      type={left + nobody > 0 ? 'warning' : 'success'}
      closable
      onClose={() => plan.reset()}
      title={words[0]}
      description={words.length > 1 ? words.slice(1).join(' ') : undefined}
    />
  )
}

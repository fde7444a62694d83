import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Cause } from '#contract/common.ts'
import type { MeasureType, Plan, PlanCheck } from '#contract/work/plans.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { useTypeName } from './use-plan.ts'
import './plans.css'

const order = ['missing', 'due', 'passed'] as const
const marks = { missing: '!', due: '○', passed: '✓' } as const
const listOf = <T extends string>(text: string | undefined) => (text ? text.split(',') : []) as T[]

/** What the plan should have: what is missing first, then what is due, then what is there, each with where it is written. */
export function PlanChecks({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans')
  const of = (state: PlanCheck['state']) => plan.checks.filter((one) => one.state === state)
  const [missing, due] = [of('missing').length, of('due').length]
  if (plan.checks.length === 0) return null
  return (
    <div className="plan-checks">
      <h3>
        {missing > 0
          ? t('checks.lacking', { count: missing })
          : due > 0
            ? t('checks.dueOnly', { count: due })
            : t('checks.complete')}
      </h3>
      <ul>
        {order
          .flatMap((state) => of(state))
          .map((check) => (
            <Check key={check.check} plan={plan} check={check} />
          ))}
      </ul>
    </div>
  )
}

function Check({ plan, check }: { plan: Plan; check: PlanCheck }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const text = useText()
  const typeName = useTypeName(plan)
  const { state, details, source } = check
  const separator = common('may.separator')
  const sentence = t(`check.${check.check}.${state}`, {
    ...{ due: details.due ?? '', on: details.on ?? '', labour: details.labour ?? '' },
    causes: listOf<Cause>(details.causes)
      .map((cause) => common(`cause.${cause}`))
      .join(separator),
    types: listOf<MeasureType>(details.types).map(typeName).join(separator),
  })
  const late = state === 'passed' && details.on && details.due && details.on > details.due
  const written = `${text(source.document)} ${source.article}`
  return (
    <li className={`check-${state}`}>
      <span className="mark" role="img" aria-label={t(`checks.${state}Mark`)}>
        {marks[state]}
      </span>
      <span>
        {sentence}
        {late && <span className="muted">{t('checks.late', { due: details.due ?? '' })}</span>}
        {'\u00a0'}
        <Tooltip
          title={source.status !== 'verified' ? `${written} · ${t('checks.unverified')}` : written}
          trigger={['hover', 'focus', 'click']}
        >
          <button type="button" className="source-dot" aria-label={t('checks.source', { source: written })}>
            §
          </button>
        </Tooltip>
      </span>
    </li>
  )
}

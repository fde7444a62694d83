import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureSuggestion, Plan } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { Failed } from '#web/ui/page/failed.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useForWhom, usePlanChange, useTypeName } from './use-plan.ts'
import './plans.css'

const shownFirst = 4

/** Measures the policy has for the causes and the people of this household; one click puts one into the plan. */
export function PlanSuggestions({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans')
  const common = useTranslation().t
  const text = useText()
  const { message } = App.useApp()
  const me = useMe()
  const typeName = useTypeName(plan)
  const forWhom = useForWhom()
  const [all, setAll] = useState(false)
  const [busy, setBusy] = useState<string>()
  const adopt = usePlanChange(({ type, person, title }: MeasureSuggestion) =>
    api.plans.add({
      ...{ plan: plan.id, type, title: text(title), person: person?.ref ?? null, responsible: me.name },
      ...{ startsOn: me.asOf, endsOn: null, moneyFen: null },
    }),
  )
  const { suggestions } = plan
  if (suggestions.length === 0) return null
  const shown = all ? suggestions : suggestions.slice(0, shownFirst)
  const keyOf = ({ type, person }: MeasureSuggestion) => `${type} ${person?.ref ?? ''}`
  const why = ({ because, causes }: MeasureSuggestion) =>
    t(`because.${because}`, {
      causes: causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator')),
    })
  return (
    <div className="plan-suggestions no-print">
      <h3>{t('suggestTitle')}</h3>
      <ul>
        {shown.map((one) => (
          <li key={keyOf(one)}>
            <span className="what">
              <strong>{typeName(one.type)}</strong> {text(one.title)}
              <span className="muted">
                {one.person
                  ? t('forConcerned', { name: one.person.name, concern: t(`concern.${one.concern}`) })
                  : forWhom(one)}{' '}
                · {why(one)}
              </span>
            </span>
            <Button
              size="small"
              disabled={!plan.mayWrite}
              loading={adopt.isPending && busy === keyOf(one)}
              aria-label={`${t('adopt')} ${typeName(one.type)} ${forWhom(one)}`}
              onClick={() => {
                setBusy(keyOf(one))
                adopt.mutate(one, {
                  onSuccess: () => message.success(t('adopted', { title: text(one.title) })),
                })
              }}
            >
              {t('adopt')}
            </Button>
          </li>
        ))}
      </ul>
      {suggestions.length > shownFirst && (
        <Button type="link" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('suggestLess') : t('suggestMore', { count: suggestions.length - shownFirst })}
        </Button>
      )}
      <Failed of={adopt} />
    </div>
  )
}

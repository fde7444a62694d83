import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Measure, MeasureSuggestion, MeasureType, Plan } from '#contract/work/plans.ts'
import { api } from '#web/api/client.ts'
import { useText } from '#web/ui/words/use-text.ts'

export function usePlan(ref: string) {
  return useQuery({ queryKey: ['plan', ref], queryFn: () => api.plans.get({ ref }) })
}

/** Does something to a plan and shows what it became; lists and to-dos are requested anew. */
export function usePlanChange<T>(act: (input: T) => Promise<Plan>, onDone?: (plan: Plan) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async (plan) => {
      client.setQueryData(['plan', plan.household.ref], { plan })
      onDone?.(plan)
      await Promise.all(
        ['plans', 'workbench', 'resolution'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
}

/** Names of the kinds of help in the language of the page. */
export function useTypeName({ types }: Pick<Plan, 'types'>): (type: MeasureType) => string {
  const text = useText()
  return (type) => {
    const found = types.find(({ id }) => id === type)
    return found ? text(found.name) : type
  }
}

/** Whom a measure is for, in words. */
export function useForWhom(): (one: Pick<Measure | MeasureSuggestion, 'person'>) => string {
  const { t } = useTranslation('plans')
  return ({ person }) => (person ? t('forPerson', { name: person.name }) : t('forHousehold'))
}

import { useTranslation } from 'react-i18next'
import type { Visit, VisitItemKey } from '#contract/work/visits.ts'

/** What a step is called, in its heading and where one goes back to it. */
export function useStepTitle(visit: Pick<Visit, 'clues'>): (step: string) => string {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  return (step) => {
    const [kind = '', id = ''] = step.split(/:(.*)/s)
    if (kind === 'item') return t(`form.items.${id as VisitItemKey}`)
    if (kind === 'clue') {
      const cause = visit.clues.find((clue) => clue.id === id)?.cause ?? 'other'
      return t('form.clue', { cause: common(`cause.${cause}`) })
    }
    return t(`form.${kind as 'who' | 'risks' | 'evidence' | 'signatures' | 'review'}`)
  }
}

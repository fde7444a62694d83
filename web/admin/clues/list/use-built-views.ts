import { useTranslation } from 'react-i18next'
import { addDays } from '#contract/days.ts'
import { ClueState } from '#contract/work/clues.ts'
import { useMe } from '#web/api/session.ts'
import type { SavedView } from '#web/ui/list/saved-views.tsx'
import type { ClueSearch } from '../search.ts'

/** Filters that everybody comes back to. */
export function useBuiltViews(): SavedView<ClueSearch>[] {
  const { t } = useTranslation('clues')
  const { asOf } = useMe()
  return [
    { name: t('viewRedNew'), search: { level: ['red'], state: ['new'] } },
    { name: t('viewOverdue'), search: { overdue: true, sort: 'due' } },
    {
      name: t('viewThisWeek'),
      search: { openedFrom: addDays(asOf, -6), sort: 'opened', descending: true },
    },
    { name: t('viewAllStates'), search: { state: [...ClueState.options] } },
  ]
}

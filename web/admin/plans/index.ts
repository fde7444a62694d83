import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { plansTexts } from './locales/index.ts'

/** What the household's page shows of its plan. */
export const MeasureDrawer = lazyPart(
  () => withTexts([plansTexts], import('./measures/measure-drawer.tsx')),
  'MeasureDrawer',
)
export { MeasureCard } from './measures/measure-card.tsx'
export { PlanChecks } from './plan-checks.tsx'
export { PlanSuggestions } from './plan-suggestions.tsx'
export { usePlan } from './use-plan.ts'

import { withTexts } from '#web/locales/i18n.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { visitsTexts } from './locales/index.ts'

/** What other folders show of visits; each part brings its texts. */
export const AssignModal = lazyPart(
  () => withTexts([visitsTexts], import('./send/assign-modal.tsx')),
  'AssignModal',
)
export const PlanVisitModal = lazyPart(
  () => withTexts([visitsTexts], import('./send/plan-visit-modal.tsx')),
  'PlanVisitModal',
)
export const DueList = lazyPart(() => withTexts([visitsTexts], import('./due/due-list.tsx')), 'DueList')
export { dueSumsQuery } from './due/due-query.ts'

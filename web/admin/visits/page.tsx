import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { cluesTexts } from '../clues/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import { visitsTexts } from './locales/index.ts'
import { DueVisitSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/visits/due',
    validateSearch: DueVisitSearch,
    component: lazyRouteComponent(
      () => withTexts([visitsTexts], import('./due/due-page.tsx')),
      'DueVisitsPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/visits/$id',
    component: lazyRouteComponent(
      () => withTexts([visitsTexts, cluesTexts], import('./visit-page.tsx')),
      'VisitPage',
    ),
  }),
]

export { tasks } from './tasks.ts'

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import type { layoutRoute } from '../router.tsx'
import { CaseSearch, PublicListSearch } from '../routes.tsx'

/** The procedures: their list, the public lists, one case. */
export function caseRoutes(getParentRoute: () => typeof layoutRoute) {
  return [
    createRoute({
      getParentRoute,
      path: '/cases',
      validateSearch: CaseSearch,
      component: lazyRouteComponent(() => withTexts(['cases'], import('./cases-page.tsx')), 'CasesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/cases/public-list',
      validateSearch: PublicListSearch,
      component: lazyRouteComponent(
        () => withTexts(['cases'], import('./public-list-page.tsx')),
        'PublicListPage',
      ),
    }),
    createRoute({
      getParentRoute,
      path: '/cases/$id',
      component: lazyRouteComponent(
        () => withTexts(['cases', 'casework'], import('./case-page.tsx')),
        'CasePage',
      ),
    }),
  ] as const
}

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import { declarationsTexts } from './locales/index.ts'
import { DeclarationSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/declarations',
    validateSearch: DeclarationSearch,
    component: lazyRouteComponent(
      () => withTexts([declarationsTexts], import('./declarations-page.tsx')),
      'DeclarationsPage',
    ),
  }),
]

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import { noticesTexts } from './locales/index.ts'

/** Reached by the bell, and therefore in no menu. */
export const routes = [
  createRoute({
    ...inLayout,
    path: '/notices',
    component: lazyRouteComponent(
      () => withTexts([noticesTexts], import('./notices-page.tsx')),
      'NoticesPage',
    ),
  }),
]

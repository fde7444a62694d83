import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import { signInTexts } from '../sign-in/locales/index.ts'
import { meTexts } from './locales/index.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/me',
    component: lazyRouteComponent(() => withTexts([meTexts, signInTexts], import('./me-page.tsx')), 'MePage'),
  }),
]

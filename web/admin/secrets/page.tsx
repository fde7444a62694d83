import { UnlockOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { secretsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/break-glass',
    validateSearch: z.object({}),
    component: lazyRouteComponent(
      () => withTexts([secretsTexts], import('./break-glass-page.tsx')),
      'BreakGlassPage',
    ),
  }),
]

export const menu = [
  {
    to: '/break-glass',
    name,
    group: 'order',
    order: 5,
    capability: 'break-glass.use',
    icon: <UnlockOutlined />,
  },
  {
    to: '/break-glass',
    name,
    group: 'order',
    order: 6,
    capability: 'break-glass.review',
    icon: <UnlockOutlined />,
  },
] as const satisfies readonly MenuEntry[]

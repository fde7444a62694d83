import { DashboardOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { operationsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/operations',
    component: lazyRouteComponent(
      () => withTexts([operationsTexts], import('./operations-page.tsx')),
      'OperationsPage',
    ),
  }),
]

export const menu = [
  {
    to: '/operations',
    name,
    group: 'order',
    order: 10,
    capability: 'operations.read',
    icon: <DashboardOutlined />,
  },
] as const satisfies readonly MenuEntry[]

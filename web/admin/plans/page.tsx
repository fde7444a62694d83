import { HeartOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { plansTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { PlanSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/plans',
    validateSearch: PlanSearch,
    component: lazyRouteComponent(() => withTexts([plansTexts], import('./plans-page.tsx')), 'PlansPage'),
  }),
  createRoute({
    ...inLayout,
    path: '/plans/$ref',
    component: lazyRouteComponent(
      () => withTexts([plansTexts], import('./plan-sheet-page.tsx')),
      'PlanSheetPage',
    ),
  }),
]

export const menu = [
  {
    to: '/plans',
    name,
    group: 'work',
    order: 6,
    capability: 'case.read',
    icon: <HeartOutlined />,
  },
] as const satisfies readonly MenuEntry[]

export { tasks } from './tasks.ts'

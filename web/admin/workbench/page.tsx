import { CheckSquareOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { DueBadge } from './due-badge.tsx'
import { workbenchTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { LadderSearch, WorkbenchSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/workbench',
    validateSearch: WorkbenchSearch,
    component: lazyRouteComponent(
      () => withTexts([workbenchTexts], import('./workbench-page.tsx')),
      'WorkbenchPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/workbench/ladder',
    validateSearch: LadderSearch,
    component: lazyRouteComponent(
      () => withTexts([workbenchTexts], import('./ladder/ladder-page.tsx')),
      'LadderPage',
    ),
  }),
]

export const menu = [
  {
    to: '/workbench',
    name,
    group: 'work',
    order: 1,
    capability: 'workbench.read',
    icon: <CheckSquareOutlined />,
    Badge: DueBadge,
  },
] as const satisfies readonly MenuEntry[]

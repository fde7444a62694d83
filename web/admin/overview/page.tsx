import { GlobalOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { overviewTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { OverviewSearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/overview',
    validateSearch: OverviewSearch,
    component: lazyRouteComponent(
      () => withTexts([overviewTexts], import('./overview-page.tsx')),
      'OverviewPage',
    ),
  }),
]

export const menu = [
  {
    to: '/overview',
    name,
    group: 'work',
    order: 2,
    capability: 'overview.read',
    icon: <GlobalOutlined />,
    startOf: 'province',
  },
] as const satisfies readonly MenuEntry[]

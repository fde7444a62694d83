import { SolutionOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { casesTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { CaseSearch, PublicListSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/cases',
    validateSearch: CaseSearch,
    component: lazyRouteComponent(() => withTexts([casesTexts], import('./cases-page.tsx')), 'CasesPage'),
  }),
  createRoute({
    ...inLayout,
    path: '/cases/public-list',
    validateSearch: PublicListSearch,
    component: lazyRouteComponent(
      () => withTexts([casesTexts], import('./public-list/public-list-page.tsx')),
      'PublicListPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/cases/$id',
    component: lazyRouteComponent(() => withTexts([casesTexts], import('./case-page.tsx')), 'CasePage'),
  }),
]

export const menu = [
  {
    to: '/cases',
    name,
    group: 'work',
    order: 4,
    capability: 'case.read',
    icon: <SolutionOutlined />,
  },
] as const satisfies readonly MenuEntry[]

export { tasks } from './tasks.ts'

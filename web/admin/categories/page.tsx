import { ClusterOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { categoriesTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { CategorySearch, SpellSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/categories',
    validateSearch: CategorySearch,
    component: lazyRouteComponent(
      () => withTexts([categoriesTexts], import('./categories-page.tsx')),
      'CategoriesPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/categories/households',
    validateSearch: SpellSearch,
    component: lazyRouteComponent(
      () => withTexts([categoriesTexts], import('./spells-page.tsx')),
      'SpellsPage',
    ),
  }),
]

export const menu = [
  {
    to: '/categories',
    name,
    group: 'work',
    order: 5,
    capability: 'overview.read',
    icon: <ClusterOutlined />,
  },
] as const satisfies readonly MenuEntry[]

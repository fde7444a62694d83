import { AlertOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { declarationsTexts } from '../declarations/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { visitsTexts } from '../visits/locales/index.ts'
import { cluesTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { ClueSearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/clues',
    validateSearch: ClueSearch,
    component: lazyRouteComponent(
      () => withTexts([cluesTexts, declarationsTexts, visitsTexts], import('./clues-page.tsx')),
      'CluesPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/clues/$id',
    validateSearch: ClueSearch,
    component: lazyRouteComponent(
      () => withTexts([cluesTexts, declarationsTexts, visitsTexts], import('./clues-page.tsx')),
      'CluesPage',
    ),
  }),
]

export const menu = [
  {
    to: '/clues',
    name,
    group: 'work',
    order: 3,
    capability: 'clue.read',
    icon: <AlertOutlined />,
  },
] as const satisfies readonly MenuEntry[]

export { exportNames } from './locales/exports.ts'
export { tasks } from './tasks.ts'

import { TeamOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { accountsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { AccountSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/accounts',
    validateSearch: AccountSearch,
    component: lazyRouteComponent(
      () => withTexts([accountsTexts], import('./accounts-page.tsx')),
      'AccountsPage',
    ),
  }),
]

export const menu = [
  {
    to: '/accounts',
    name,
    group: 'order',
    order: 4,
    capability: 'account.read',
    icon: <TeamOutlined />,
  },
] as const satisfies readonly MenuEntry[]

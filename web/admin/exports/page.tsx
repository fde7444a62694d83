import { ExportOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { exportsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { ExportSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/exports',
    validateSearch: ExportSearch,
    component: lazyRouteComponent(
      () => withTexts([exportsTexts], import('./exports-page.tsx')),
      'ExportsPage',
    ),
  }),
]

export const menu = [
  {
    to: '/exports',
    name,
    group: 'order',
    order: 3,
    capability: 'export.request',
    icon: <ExportOutlined />,
  },
] as const satisfies readonly MenuEntry[]

import { FileSearchOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { auditTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { AuditSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/audit',
    validateSearch: AuditSearch,
    component: lazyRouteComponent(() => withTexts([auditTexts], import('./audit-page.tsx')), 'AuditPage'),
  }),
]

export const menu = [
  {
    to: '/audit',
    name,
    group: 'order',
    order: 7,
    capability: 'audit.read',
    icon: <FileSearchOutlined />,
  },
] as const satisfies readonly MenuEntry[]

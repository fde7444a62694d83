import { EditOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { rightsTexts } from '../own-record/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { name } from './locales/menu.ts'
import { CorrectionSearch } from './search.ts'

export { exportNames } from './locales/exports.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/corrections',
    validateSearch: CorrectionSearch,
    component: lazyRouteComponent(
      () => withTexts([rightsTexts], import('./corrections-page.tsx')),
      'CorrectionsPage',
    ),
  }),
]

export const menu = [
  {
    to: '/corrections',
    name,
    group: 'order',
    order: 2,
    capability: 'correction.handle',
    icon: <EditOutlined />,
  },
] as const satisfies readonly MenuEntry[]

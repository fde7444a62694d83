import { DeleteOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { rightsTexts } from '../own-record/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { name } from './locales/menu.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/retention',
    component: lazyRouteComponent(
      () => withTexts([rightsTexts], import('./retention-page.tsx')),
      'RetentionPage',
    ),
  }),
]

export const menu = [
  {
    to: '/retention',
    name,
    group: 'order',
    order: 8,
    capability: 'retention.read',
    icon: <DeleteOutlined />,
  },
] as const satisfies readonly MenuEntry[]

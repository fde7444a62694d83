import { KeyOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { rightsTexts } from '../own-record/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { name } from './locales/menu.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/keys',
    component: lazyRouteComponent(() => withTexts([rightsTexts], import('./keys-page.tsx')), 'KeysPage'),
  }),
]

export const menu = [
  {
    to: '/keys',
    name,
    group: 'order',
    order: 9,
    capability: 'key.read',
    icon: <KeyOutlined />,
  },
] as const satisfies readonly MenuEntry[]

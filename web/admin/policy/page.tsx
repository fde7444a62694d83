import { ReadOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { policyTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { PolicySearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/policy',
    validateSearch: PolicySearch,
    component: lazyRouteComponent(() => withTexts([policyTexts], import('./policy-page.tsx')), 'PolicyPage'),
  }),
]

export const menu = [
  {
    to: '/policy',
    name,
    group: 'ground',
    order: 2,
    capability: 'policy.read',
    icon: <ReadOutlined />,
  },
] as const satisfies readonly MenuEntry[]

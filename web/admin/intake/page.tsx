import { MergeCellsOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { intakeTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { BatchSearch, IntakeSearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/intake',
    validateSearch: IntakeSearch,
    component: lazyRouteComponent(() => withTexts([intakeTexts], import('./intake-page.tsx')), 'IntakePage'),
  }),
  createRoute({
    ...inLayout,
    path: '/intake/$ref',
    validateSearch: BatchSearch,
    component: lazyRouteComponent(
      () => withTexts([intakeTexts], import('./batch/batch-page.tsx')),
      'BatchPage',
    ),
  }),
]

export const menu = [
  {
    to: '/intake',
    name,
    group: 'ground',
    order: 1,
    capability: 'batch.read',
    icon: <MergeCellsOutlined />,
  },
] as const satisfies readonly MenuEntry[]

export { exportNames } from './locales/exports.ts'

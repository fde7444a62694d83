import { IdcardOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { casesTexts } from '../cases/locales/index.ts'
import { lettersTexts } from '../letters/locales/index.ts'
import { plansTexts } from '../plans/locales/index.ts'
import { secretsTexts } from '../secrets/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { visitsTexts } from '../visits/locales/index.ts'
import { rightsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/own-record',
    component: lazyRouteComponent(
      () =>
        withTexts(
          [rightsTexts, secretsTexts, lettersTexts, visitsTexts, casesTexts, plansTexts],
          import('./own-record-page.tsx'),
        ),
      'OwnRecordPage',
    ),
  }),
]

export const menu = [
  {
    to: '/own-record',
    name,
    group: 'order',
    order: 1,
    capability: 'own-record.read',
    icon: <IdcardOutlined />,
  },
] as const satisfies readonly MenuEntry[]

import { HomeOutlined } from '@ant-design/icons'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTexts } from '#web/locales/i18n.ts'
import { casesTexts } from '../cases/locales/index.ts'
import { lettersTexts } from '../letters/locales/index.ts'
import { plansTexts } from '../plans/locales/index.ts'
import { secretsTexts } from '../secrets/locales/index.ts'
import { inLayout } from '../shell/layout-route.ts'
import type { MenuEntry } from '../shell/menu-entry.ts'
import { visitsTexts } from '../visits/locales/index.ts'
import { householdsTexts } from './locales/index.ts'
import { name } from './locales/menu.ts'
import { HouseholdSearch, KnownOnSearch } from './search.ts'

export const routes = [
  createRoute({
    ...inLayout,
    path: '/households',
    validateSearch: HouseholdSearch,
    component: lazyRouteComponent(
      () => withTexts([householdsTexts, secretsTexts], import('./households-page.tsx')),
      'HouseholdsPage',
    ),
  }),
  createRoute({
    ...inLayout,
    path: '/households/$ref',
    validateSearch: KnownOnSearch,
    component: lazyRouteComponent(
      () =>
        withTexts(
          [householdsTexts, secretsTexts, visitsTexts, casesTexts, plansTexts, lettersTexts],
          import('./household-page.tsx'),
        ),
      'HouseholdPage',
    ),
  }),
]

export const menu = [
  {
    to: '/households',
    name,
    group: 'work',
    order: 7,
    capability: 'household.read',
    icon: <HomeOutlined />,
  },
] as const satisfies readonly MenuEntry[]

export { exportNames } from './locales/exports.ts'

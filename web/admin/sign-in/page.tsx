import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { queryClient } from '#web/api/client.ts'
import { meQuery } from '#web/api/session.ts'
import { withTexts } from '#web/locales/i18n.ts'
import { meTexts } from '../me/locales/index.ts'
import { rootRoute } from '../shell/layout-route.ts'
import { signInTexts } from './locales/index.ts'
import { SignInSearch } from './search.ts'

/** The one page outside the layout. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: SignInSearch,
  // Which step comes is known before one is shown: nobody types into a field that is then taken away.
  beforeLoad: () =>
    queryClient.ensureQueryData(meQuery).then(
      () => undefined,
      () => undefined,
    ),
  component: lazyRouteComponent(
    () => withTexts([signInTexts, meTexts], import('./sign-in-page.tsx')),
    'SignInPage',
  ),
})

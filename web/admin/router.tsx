import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from '#web/api/client.ts'
import { meQuery } from '#web/api/session.ts'
import { withTexts } from '#web/locales/i18n.ts'
import { parseSearch, stringifySearch } from '#web/ui/search-params.ts'
import { layoutRoute, rootRoute } from './layout-route.ts'
import { NoSuchPage, PageFailed } from './page-failed.tsx'
import { pageRoutes } from './routes.tsx'
import { SignInSearch } from './searches.ts'
import { startPage } from './start-page.ts'

const signInRoute = createRoute({
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
    () => withTexts(['signIn', 'me'], import('./sign-in/sign-in-page.tsx')),
    'SignInPage',
  ),
})

const indexRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: startPage(context.me) })
  },
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([signInRoute, layoutRoute.addChildren([indexRoute, ...pageRoutes()])]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NoSuchPage,
  defaultErrorComponent: PageFailed,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

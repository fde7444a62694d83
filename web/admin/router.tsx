import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from '#web/api/client.ts'
import { isHalfSignedIn, meQuery } from '#web/api/session.ts'
import { withTexts } from '#web/locales/i18n.ts'
import { parseSearch, stringifySearch } from '#web/ui/search-params.ts'
import { Layout } from './layout.tsx'
import { NoSuchPage, PageFailed } from './page-failed.tsx'
import { pageRoutes } from './routes.tsx'
import { SignInSearch } from './searches.ts'
import { startPage } from './start-page.ts'

export const rootRoute = createRootRoute({ component: Outlet })

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

export const layoutRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'layout',
  component: Layout,
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery).catch(() => undefined)
    if (!me || isHalfSignedIn(me))
      throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
    return { me }
  },
})

const indexRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: startPage(context.me) })
  },
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    layoutRoute.addChildren([indexRoute, ...pageRoutes(() => layoutRoute)]),
  ]),
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

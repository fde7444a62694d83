import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '#web/ui/page/search-params.ts'
import * as folders from '../pages.ts'
import { signInRoute } from '../sign-in/page.tsx'
import { Layout } from './layout.tsx'
import { layoutRoute, rootRoute } from './layout-route.ts'
import { startPage } from './menu.ts'
import { NoSuchPage, PageFailed } from './page-failed.tsx'

const indexRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: startPage(context.me) })
  },
})

type PageRoute = (typeof folders)[keyof typeof folders]['routes'][number]
const pageRoutes = Object.values(folders).flatMap(({ routes }): PageRoute[] => routes)

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    layoutRoute.update({ component: Layout }).addChildren([indexRoute, ...pageRoutes]),
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

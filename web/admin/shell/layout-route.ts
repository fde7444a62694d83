import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { queryClient } from '#web/api/client.ts'
import { isHalfSignedIn, meQuery } from '#web/api/session.ts'

export const rootRoute = createRootRoute({ component: Outlet })

/** Everything behind the sign-in. What it looks like comes with the router: the menu names the pages, and they stand below this. */
export const layoutRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'layout',
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(meQuery).catch(() => undefined)
    if (!me || isHalfSignedIn(me))
      throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
    return { me }
  },
})

/** Where a page stands: begins the options of its route. */
export const inLayout = { getParentRoute: () => layoutRoute }

import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { queryClient } from '#web/api/client.ts'
import { isHalfSignedIn, meQuery } from '#web/api/session.ts'
import { Layout } from './layout.tsx'

export const rootRoute = createRootRoute({ component: Outlet })

/** Everything behind the sign-in. */
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

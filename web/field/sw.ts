import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const appFiles: { url: string; revision: string | null }[]

/** The app itself is kept whole, so that it starts without a network. What the server answers is never kept here. */
void (self as unknown as { skipWaiting(): Promise<void> }).skipWaiting()
clientsClaim()
cleanupOutdatedCaches()
precacheAndRoute(appFiles)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/field/index.html'), { allowlist: [/^\/field(\/|$)/] }),
)

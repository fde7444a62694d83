import type { IncomingHttpHeaders } from 'node:http'

/** Whether a method changes nothing by its nature. */
export const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/**
 * Whether a request may come from a page of another site. Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`);
 * one that carries a session and says neither is refused too when it would change something. Links from elsewhere may open
 * pages; nothing of the API is embedded elsewhere. Programs without a session cookie are nobody's browser.
 */
export function isCrossSite(
  method: string,
  headers: IncomingHttpHeaders,
  hosts: readonly (string | undefined)[],
): boolean {
  const site = headers['sec-fetch-site']
  const { origin } = headers
  if (isSafe(method)) {
    const isNavigation = headers['sec-fetch-mode'] === 'navigate'
    return (site === 'cross-site' || site === 'same-site') && !isNavigation
  }
  if (origin !== undefined && !isHostOf(origin, hosts)) return true
  if (site !== undefined) return site !== 'same-origin'
  return origin === undefined && headers.cookie !== undefined
}

/** Never of `null`, the origin of sandboxed pages and files. */
function isHostOf(origin: string, hosts: readonly (string | undefined)[]): boolean {
  return URL.canParse(origin) && hosts.includes(new URL(origin).host)
}

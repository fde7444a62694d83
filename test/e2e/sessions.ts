import type { APIRequestContext, BrowserContext } from '@playwright/test'

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/**
 * All tests come from one address and share a few accounts, which may sign in only so often a minute: whoever has signed in
 * goes on with that session in the next test, as long as it holds. By server and account.
 */
const sessions = new Map<string, Cookies>()
const keyOf = (origin: string, username: string) => `${origin} ${username}`

/** Goes on with the session of before; answers whether there is one. */
export async function resume(context: BrowserContext, username: string): Promise<boolean> {
  const key = keyOf(await originOf(context), username)
  const cookies = sessions.get(key)
  if (!cookies) return false
  await context.addCookies(cookies)
  if (await isSignedIn(context.request)) return true
  sessions.delete(key)
  await context.clearCookies()
  return false
}

export async function remember(context: BrowserContext, username: string): Promise<void> {
  sessions.set(keyOf(await originOf(context), username), await context.cookies())
}

/** The same for what asks without a page. */
export const cookiesOf = (origin: string, username: string) => sessions.get(keyOf(origin, username)) ?? []

export async function rememberRequest(request: APIRequestContext, origin: string, username: string) {
  sessions.set(keyOf(origin, username), (await request.storageState()).cookies)
}

export const isSignedIn = async (request: APIRequestContext) => (await request.get('/api/me')).ok()

/** The server that the context's relative addresses lead to. */
async function originOf({ request }: BrowserContext): Promise<string> {
  return new URL((await request.get('/healthz')).url()).origin
}

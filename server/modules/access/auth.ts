import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins'
import type { Database } from '#server/platform/db.ts'

/** Sign-in by the auth library over our tables; scrypt password hashes, cookie sessions, built-in rate limit. */
export function createAuth(database: Database, options: { secret: string; publicUrl: string | undefined }) {
  return betterAuth({
    secret: options.secret,
    ...(options.publicUrl ? { baseURL: options.publicUrl } : {}),
    basePath: '/api/auth',
    // The platform serves its own origin only; behind a proxy SHOUWANG_PUBLIC_URL names it.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host')
      return host ? [`http://${host}`, `https://${host}`] : []
    },
    database: { db: database.db, type: 'postgres' },
    user: { modelName: 'authUser' },
    session: { modelName: 'authSession', expiresIn: 12 * 3600, updateAge: 3600 },
    account: { modelName: 'authLogin' },
    verification: { modelName: 'authVerification' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    plugins: [username()],
    advanced: {
      cookiePrefix: 'shouwang',
      useSecureCookies: options.publicUrl?.startsWith('https://') ?? false,
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

export type Auth = ReturnType<typeof createAuth>

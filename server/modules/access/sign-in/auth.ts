import { AsyncLocalStorage } from 'node:async_hooks'
import { APIError, betterAuth } from 'better-auth'
import { hashPassword } from 'better-auth/crypto'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import { sql } from 'kysely'
import type { SingleSignOn } from '#server/config.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'
import { PasswordHasher } from './hashing/hasher.ts'

/** How passwords are hashed and compared. */
export interface PasswordWork {
  hash(password: string): Promise<string>
  verify(compared: { hash: string; password: string }): Promise<boolean>
}

export interface AuthOptions {
  secret: string
  publicUrl: string | undefined
  limits: SecurityLimits
  singleSignOn?: SingleSignOn | undefined
  passwords?: PasswordWork | undefined
}

/** What a request to the sign-in carries past the library: set for its hooks, and set by them. */
export interface Passage {
  /** A session opened now counts as opened with a second factor. */
  secondFactor: boolean
  method: 'password' | 'single-sign-on'
  /** Sign-in name the provider vouched for. */
  vouchedFor?: string
  /** Whose session was opened. */
  opened?: string
  /** Where the request came from: addresses take turns at having a password checked. */
  address?: string
}
export const passage = new AsyncLocalStorage<Passage>()

const hasher = new PasswordHasher()

/** What a request brings waits its turn; accounts made by the platform itself are hashed on all threads there are. */
const passwordWork: PasswordWork = {
  hash: (password) => {
    const address = passage.getStore()?.address
    return address === undefined ? hashPassword(password) : orTooMany(hasher.hash(address, password))
  },
  verify: ({ hash, password }) =>
    orTooMany(hasher.verify(passage.getStore()?.address ?? 'inside', password, hash)),
}

/** The library answers with its own kind of error only. */
async function orTooMany<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError)
      throw new APIError('TOO_MANY_REQUESTS', { code: error.code, message: error.code })
    throw error
  }
}

/** The header in which our own server passes the client's address to the library; whatever a client sends under it is dropped. */
export const addressHeader = 'x-shouwang-address'
export const providerId = 'sso'
export const placeholderAddress = (name: string) => `${name}@accounts.invalid`

/** Sign-in by the auth library over our tables: scrypt hashes, cookie sessions, time-based codes, OpenID Connect. */
export function createAuth(database: { db: Db }, options: AuthOptions) {
  const { limits, singleSignOn } = options
  return betterAuth({
    appName: 'Shouwang',
    secret: options.secret,
    ...(options.publicUrl ? { baseURL: options.publicUrl } : {}),
    basePath: '/api/auth',
    // The platform serves its own origin only; behind a proxy SHOUWANG_PUBLIC_URL names it.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host')
      return host && !options.publicUrl ? [`http://${host}`, `https://${host}`] : []
    },
    database: { db: database.db, type: 'postgres' },
    user: { modelName: 'authUser' },
    session: {
      modelName: 'authSession',
      // The cookie lives as long as a session may; how long it may idle is in its row, prolonged by findRequester.
      expiresIn: limits.sessionMinutes * 60,
      disableSessionRefresh: true,
      additionalFields: {
        secondFactor: { type: 'boolean', required: false, input: false },
        method: { type: 'string', required: false, input: false },
      },
    },
    account: {
      modelName: 'authLogin',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [providerId], requireLocalEmailVerified: false },
    },
    verification: { modelName: 'authVerification' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: limits.passwordMinimumLength,
      maxPasswordLength: 128,
      password: options.passwords ?? passwordWork,
    },
    // Addresses are counted at our own door: the library's window begins anew with every request, and a busy office would never leave it.
    rateLimit: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: { ...session, ...(await admit(database.db, session, limits)) },
          }),
        },
      },
      // What a provider issues beside the identity is nothing we need, so nothing is kept.
      account: {
        create: {
          before: async (login) => ({
            data: { ...login, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    plugins: [
      username({ usernameValidator: (name) => /^[a-z0-9][a-z0-9._-]*$/i.test(name) }),
      twoFactor({
        issuer: '守望',
        twoFactorTable: 'authTwoFactor',
        twoFactorCookieMaxAge: 300,
        accountLockout: {
          maxFailedAttempts: limits.lockoutFailures,
          durationSeconds: limits.lockoutMinutes * 60,
        },
      }),
      ...(singleSignOn ? [genericOAuth({ config: [providerConfig(singleSignOn)] })] : []),
    ],
    advanced: {
      cookiePrefix: 'shouwang',
      useSecureCookies: options.publicUrl?.startsWith('https://') ?? false,
      // The state of a single sign-on comes back from elsewhere and stays lax; the session itself never has to.
      cookies: { session_token: { attributes: { sameSite: 'strict' } } },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    onAPIError: { errorURL: '/sign-in' },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Every session is made here, whatever the way in: only active accounts, and not for longer than it may idle. */
async function admit(db: Db, session: { userId: string }, limits: SecurityLimits) {
  const way = passage.getStore()
  const { rows } = await sql<{ state: string; username: string }>`
    select a.state, u.username from account a join auth_user u on u.id = a.user_id
    where a.user_id = ${session.userId}`.execute(db)
  const account = rows[0]
  const vouchedFor = way?.vouchedFor
  if (!account || (vouchedFor !== undefined && vouchedFor !== account.username)) {
    throw new APIError('FORBIDDEN', { code: 'account-unknown', message: 'account-unknown' })
  }
  if (account.state !== 'active') {
    throw new APIError('FORBIDDEN', { code: 'account-suspended', message: 'account-suspended' })
  }
  if (way) way.opened = session.userId
  return {
    expiresAt: new Date(Date.now() + limits.sessionIdleMinutes * 60_000),
    secondFactor: way?.secondFactor ?? false,
    method: way?.method ?? 'password',
  }
}

function providerConfig(provider: SingleSignOn) {
  return {
    providerId,
    name: provider.label,
    discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: ['openid', 'profile'],
    pkce: true,
    disableSignUp: true,
    mapProfileToUser: (claims: Record<string, unknown>) => {
      const name = claims[provider.usernameClaim]
      const vouchedFor = typeof name === 'string' ? name.trim().toLowerCase() : ''
      const way = passage.getStore()
      if (way) way.vouchedFor = vouchedFor
      return { email: placeholderAddress(vouchedFor || '-'), emailVerified: true, name: vouchedFor }
    },
    // Called with the ID token after the library verified it; the profile may come from elsewhere and lacks these claims.
    accountSubject: ({ tokens }: { tokens: { idToken?: string | undefined } }) => {
      const claims = claimsOf(tokens.idToken ?? '')
      const way = passage.getStore()
      if (way) way.secondFactor = provider.secondFactor === 'always' || usedSecondFactor(claims)
      return typeof claims.sub === 'string' ? claims.sub : ''
    },
  }
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}

/** Methods of RFC 8176 that are a second factor, and the classes that providers name for one. */
const strongMethods = new Set(['mfa', 'otp', 'hwk', 'swk', 'sms', 'fpt', 'face', 'sc'])
const strongClasses = new Set([
  'phr',
  'phrh',
  'mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
])

export function usedSecondFactor(claims: Record<string, unknown>): boolean {
  const methods = Array.isArray(claims.amr) ? claims.amr : []
  return (
    methods.some((method) => strongMethods.has(String(method))) ||
    (typeof claims.acr === 'string' && strongClasses.has(claims.acr))
  )
}

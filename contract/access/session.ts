import { z } from 'zod'
import { Department, Division, Localized } from '../common.ts'
import { route } from '../route.ts'
import { roles } from './capabilities.ts'

/**
 * `on`: this session was opened with a second factor. `required`: the role needs one and none is enrolled yet.
 * `pending`: one is enrolled, but this session (by single sign-on) has not shown it. `off`: the role needs none.
 * While it is `required` or `pending`, everything but this page's own routes answers `second-factor-required`.
 */
export const SecondFactor = z.enum(['on', 'required', 'pending', 'off'])
export type SecondFactor = z.infer<typeof SecondFactor>

export const PasswordRules = z.object({
  minimumLength: z.number().int(),
  /** How many of lower case, upper case, digits and signs it must mix. */
  classes: z.number().int(),
  /** So many earlier passwords may not come again. */
  history: z.number().int(),
})
export type PasswordRules = z.infer<typeof PasswordRules>

/** What is wrong with a new password; `problems` in the data of the answer `password-weak`. */
export const PasswordProblem = z.enum([
  'too-short',
  'too-long',
  'too-simple',
  'contains-username',
  'used-before',
])
export type PasswordProblem = z.infer<typeof PasswordProblem>

export const Me = z.object({
  name: z.string(),
  username: z.string(),
  role: z.enum(roles),
  department: Department.nullable(),
  area: Division,
  secondFactor: SecondFactor,
  /** No password of one's own is chosen yet; everything but that answers `password-change-required`. */
  mustChangePassword: z.boolean(),
  /** After so many minutes without a request the session ends. */
  idleMinutes: z.number().int(),
  /** When the session ends in any case. */
  endsAt: z.iso.datetime(),
  /** The day the platform lives on; the demo lives in the past. */
  asOf: z.iso.date(),
  demo: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const DemoAccount = z.object({
  username: z.string(),
  password: z.string(),
  title: Localized,
  role: z.enum(roles),
  /** The code of the second factor at this moment; null for roles that need none. */
  secondFactorCode: z.string().nullable(),
})
export type DemoAccount = z.infer<typeof DemoAccount>

export const SignInOptions = z.object({
  /** Single sign-on, where configured: its name on the button. */
  singleSignOn: z.object({ label: z.string() }).nullable(),
  passwordRules: PasswordRules,
  lockout: z.object({ failures: z.number().int(), minutes: z.number().int() }),
})
export type SignInOptions = z.infer<typeof SignInOptions>

export const SessionRow = z.object({
  id: z.string(),
  /** Browser and system in short, such as `Chrome · Windows`. */
  device: z.string(),
  address: z.string().nullable(),
  signedInAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  secondFactor: z.boolean(),
  /** The session this request came with. */
  current: z.boolean(),
})
export type SessionRow = z.infer<typeof SessionRow>

export const session = {
  me: route('GET', '/me', 'half', 'Who is signed in and where they may look', 'none').output(Me),
  options: route(
    'GET',
    '/sign-in-options',
    'public',
    'How one may sign in here, and the rules for passwords',
    'none',
  ).output(SignInOptions),
  demo: route(
    'GET',
    '/demo-accounts',
    'public',
    'Accounts of the demonstration; empty elsewhere',
    'none',
  ).output(z.object({ accounts: z.array(DemoAccount), asOf: z.iso.date() })),
  list: route('GET', '/sessions', 'any', "One's own sessions", 'none').output(z.array(SessionRow)),
  revoke: route('POST', '/sessions/{id}/revoke', 'any', "End one of one's own sessions").input(
    z.object({ id: z.string().max(64) }),
  ),
  revokeOthers: route(
    'POST',
    '/sessions/revoke-others',
    'any',
    "End all of one's sessions but this one",
  ).output(z.object({ ended: z.number().int() })),
}

/**
 * The sign-in itself is served by the auth library, as JSON by POST from the same origin; no other of its paths is open.
 * Bodies and answers:
 * - signIn `{ username, password }` → `{ twoFactorRedirect: true }` when a code must follow, else `{ signedIn: true }`.
 *   401 `sign-in-failed`; 429 `sign-in-locked` with `{ minutes }`, for names that do not exist as well; 403 `account-suspended`.
 * - verifyCode `{ code }` (six digits) and verifyBackupCode `{ code }` → `{ signedIn: true }`; 401 `code-wrong`,
 *   401 `challenge-ended` (sign in again), 429 `sign-in-locked`. verifyCode also finishes the enrolment.
 * - enrol `{ password }` → `{ totpURI, backupCodes }`: show both once, then verifyCode.
 * - newBackupCodes `{ password }` → `{ backupCodes }`.
 * - choosePassword `{ username, first, second, password }`, the two halves of the enrolment code → `{ chosen: true }`: the first
 *   password of an account, or a new one after a reset. 401 `enrolment-wrong`, also for names that do not exist; 422 `password-weak`.
 * - changePassword `{ currentPassword, newPassword }` → `{ changed: true }`; ends all other sessions. 400 `password-wrong`,
 *   422 `password-weak` with `{ problems: PasswordProblem[] }`.
 * - singleSignOn `{ provider: 'sso', callbackURL: '/', errorCallbackURL: '/sign-in' }` → `{ url }` to go to; a failure comes back
 *   to `/sign-in?error=` with `account-unknown`, `account-suspended` or `single-sign-on-failed`.
 * Every failure has the shape `{ code, message, data? }`, any of them may be 429 `too-many-requests`.
 */
export const signInPaths = {
  signIn: '/api/auth/sign-in/username',
  verifyCode: '/api/auth/two-factor/verify-totp',
  verifyBackupCode: '/api/auth/two-factor/verify-backup-code',
  enrol: '/api/auth/two-factor/enable',
  newBackupCodes: '/api/auth/two-factor/generate-backup-codes',
  choosePassword: '/api/auth/choose-password',
  changePassword: '/api/auth/change-password',
  singleSignOn: '/api/auth/sign-in/social',
  signOut: '/api/auth/sign-out',
} as const

/** A request that runs by itself (polling) sends this header with `1`, so that it does not count as activity. */
export const backgroundHeader = 'x-shouwang-background'

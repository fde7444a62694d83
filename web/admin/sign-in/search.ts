import { z } from 'zod'

/** Where to go after signing in: a path of this application, never another site. */
export function safeNext(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
export const SignInSearch = z.object({
  next: z.preprocess(safeNext, z.string().optional()),
  /** Why one is here. */
  why: z.enum(['idle', 'ended', 'revoked', 'out']).optional().catch(undefined),
  /** The first password, with the enrolment code. */
  step: z.enum(['choose']).optional().catch(undefined),
  /** What a single sign-on came back with. */
  error: z
    .enum(['account-unknown', 'account-suspended', 'single-sign-on-failed'])
    .optional()
    .catch(undefined),
})

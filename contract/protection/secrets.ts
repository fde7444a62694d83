import { z } from 'zod'
import { Division } from '../common.ts'
import { route } from '../route.ts'

export const SecretField = z.enum(['id-number', 'phone', 'bank-card'])
export type SecretField = z.infer<typeof SecretField>

export const RevealPurpose = z.enum([
  'verify-identity',
  'contact',
  'transfer-subsidy',
  'correct-data',
  'other',
])
export type RevealPurpose = z.infer<typeof RevealPurpose>

/** Timed access to one household outside one's area. */
export const BreakGlass = z.object({
  id: z.uuid(),
  by: z.object({ id: z.string(), name: z.string(), username: z.string(), area: Division }),
  /** Reference to open it by; null for administrators, who see no households. */
  household: z.uuid().nullable(),
  /** Head's name, masked for administrators. */
  headName: z.string(),
  county: Division,
  reason: z.string(),
  openedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** How many times something of it was read. */
  reads: z.number().int(),
  review: z.object({ by: z.string(), at: z.iso.datetime(), remark: z.string() }).nullable(),
  mayReview: z.boolean(),
  mayEnd: z.boolean(),
})
export type BreakGlass = z.infer<typeof BreakGlass>

export const secrets = {
  reveal: route('POST', '/households/{ref}/reveal', 'secret.reveal', 'Show one number in full, for a purpose')
    .input(
      z.object({
        ref: z.uuid(),
        field: SecretField,
        /** Whose ID number; left out for the household's telephone and bank card. */
        person: z.uuid().optional(),
        purpose: RevealPurpose,
        /** Required for purpose other. */
        note: z.string().trim().max(200).default(''),
      }),
    )
    .output(
      z.object({
        value: z.string(),
        /** How many more of today one may reveal. */
        left: z.number().int(),
      }),
    ),
}

export const breakGlass = {
  open: route('POST', '/break-glass', 'break-glass.use', 'Open one household outside one’s area for a time')
    .input(
      z.object({
        /** Household number or ID number of a member, whole. */
        number: z.string().trim().min(10).max(20),
        reason: z.string().trim().min(10).max(500),
        minutes: z
          .number()
          .int()
          .min(1)
          .max(24 * 60),
      }),
    )
    .output(BreakGlass),
  list: route(
    'GET',
    '/break-glass',
    'any',
    'One’s own, and those of the area for the security administrator',
    'none',
  )
    .input(z.object({ open: z.boolean().optional() }))
    .output(
      z.object({
        /** Longest time that can be requested, and how often a day. */
        limits: z.object({ minutes: z.number().int(), perDay: z.number().int() }),
        toReview: z.number().int(),
        rows: z.array(BreakGlass),
      }),
    ),
  end: route('POST', '/break-glass/{id}/end', 'break-glass.use', 'End one’s access before its time')
    .input(z.object({ id: z.uuid() }))
    .output(BreakGlass),
  review: route(
    'POST',
    '/break-glass/{id}/review',
    'break-glass.review',
    'Say what came of it; never by who used it',
  )
    .input(z.object({ id: z.uuid(), remark: z.string().trim().min(1).max(500) }))
    .output(BreakGlass),
}

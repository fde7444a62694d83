import { z } from 'zod'
import { ChosenInstant, Division } from '../common.ts'
import { route } from '../route.ts'

export const AuditOutcome = z.enum(['done', 'refused'])

/** One line of the audit: who did what, when, from where. */
export const AuditRow = z.object({
  /** Order of writing; also the key of the next page. */
  id: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({
    /** Null for the platform itself, the command line and sign-ins that failed. */
    id: z.string().nullable(),
    username: z.string(),
    role: z.string(),
    area: Division.nullable(),
  }),
  /** Group and name, such as `clues.dispatch`. */
  action: z.string(),
  outcome: AuditOutcome,
  object: z.object({ kind: z.string(), ref: z.string() }).nullable(),
  household: z.uuid().nullable(),
  reason: z.string().nullable(),
  count: z.number().int().nullable(),
  address: z.string().nullable(),
})
export type AuditRow = z.infer<typeof AuditRow>

export const AuditEntryView = AuditRow.extend({
  before: z.unknown(),
  after: z.unknown(),
  detail: z.unknown(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Its place in the chain; null while it waits to be sealed. */
  seal: z.object({ seq: z.number().int(), digest: z.string(), sealedAt: z.iso.datetime() }).nullable(),
})
export type AuditEntryView = z.infer<typeof AuditEntryView>

export const AuditFilter = z.object({
  from: ChosenInstant.optional(),
  to: ChosenInstant.optional(),
  /** Sign-in name, whole. */
  actor: z.string().trim().max(60).optional(),
  /** Whole actions such as `clues.dispatch`, or groups such as `clues`. */
  action: z.array(z.string().max(60)).optional(),
  outcome: AuditOutcome.optional(),
  household: z.uuid().optional(),
  /** Reference of the thing it was done to. */
  object: z.string().max(80).optional(),
  address: z.string().max(60).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** What a look along the chain found; `wrong` names the first entry that is not as it was sealed. */
export const Verification = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  checked: z.number().int(),
  ok: z.boolean().nullable(),
  wrong: z
    .object({
      what: z.enum(['changed', 'removed', 'inserted', 'reordered', 'cut', 'unsealed', 'forged']),
      entry: z.number().int().nullable(),
      seq: z.number().int().nullable(),
      more: z.number().int(),
    })
    .nullable(),
})
export type Verification = z.infer<typeof Verification>

export const ChainStatus = z.object({
  sealed: z.number().int(),
  pending: z.number().int(),
  /** Oldest entry that waits; null when none does. */
  pendingSince: z.iso.datetime().nullable(),
  head: z.object({ seq: z.number().int(), digest: z.string(), sealedAt: z.iso.datetime() }).nullable(),
  /** What proves the chain outside the database: the newest anchor, and the newest in a second place where one is configured. */
  anchors: z.object({
    last: z.object({ seq: z.number().int(), at: z.iso.datetime() }).nullable(),
    copied: z.object({ seq: z.number().int(), at: z.iso.datetime() }).nullable(),
    /** Why they could not be copied, last time. */
    problem: z.string().nullable(),
    /** Of the key that signs them, the first digits of its SM3. */
    publicKey: z.string().nullable(),
  }),
  verification: Verification.nullable(),
})
export type ChainStatus = z.infer<typeof ChainStatus>

export const AlarmKind = z.enum([
  'many-households',
  'night-access',
  'outside-work',
  'failed-sign-ins',
  'many-refusals',
  'large-export',
  'break-glass',
  'tally-differences',
  'account-change',
  'taken-together',
])
export type AlarmKind = z.infer<typeof AlarmKind>

export const Alarm = z.object({
  id: z.uuid(),
  kind: AlarmKind,
  account: z.object({ id: z.string().nullable(), username: z.string(), area: Division.nullable() }),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** How many households, sign-ins, refusals or rows, and from how many on it is an alarm. */
  count: z.number().int(),
  threshold: z.number().int(),
  state: z.enum(['open', 'acknowledged']),
  acknowledged: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  /** Piece by piece, where the count is not enough: accounts that were changed, what was taken. */
  detail: z
    .object({
      accounts: z
        .array(z.object({ username: z.string(), action: z.string(), requestedBy: z.string().nullable() }))
        .optional(),
      taken: z
        .object({ listed: z.number().int(), opened: z.number().int(), exported: z.number().int() })
        .optional(),
    })
    .nullable(),
  /** The entries behind it, as a filter of the list. */
  filter: AuditFilter,
})
export type Alarm = z.infer<typeof Alarm>

export const audit = {
  list: route('GET', '/audit', 'audit.read', 'Audit entries of one’s area, newest first')
    .input(
      AuditFilter.extend({
        /** Entries before this id: the last of the page before. */
        before: z.number().int().optional(),
        size: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.object({
        /** Counted up to 10,000. */
        total: z.number().int(),
        more: z.boolean(),
        rows: z.array(AuditRow),
        /** Actions there are, for the filter. */
        actions: z.array(z.string()),
      }),
    ),
  get: route('GET', '/audit/{id}', 'audit.read', 'One entry with what was before and after, and its seal')
    .input(z.object({ id: z.coerce.number().int() }))
    .output(AuditEntryView),
  chain: route('GET', '/audit/chain', 'audit.read', 'How far the chain of seals reaches', 'none').output(
    ChainStatus,
  ),
  verify: route(
    'POST',
    '/audit/verify',
    'audit.read',
    'Look along the whole chain, in the background',
  ).output(z.object({ started: z.boolean() })),
  alarms: route('GET', '/audit/alarms', 'audit.read', 'Unusual access, newest first')
    .input(
      z.object({ state: z.enum(['open', 'acknowledged']).optional(), kind: z.array(AlarmKind).optional() }),
    )
    .output(z.object({ open: z.number().int(), rows: z.array(Alarm) })),
  acknowledge: route(
    'POST',
    '/audit/alarms/{id}/acknowledge',
    'audit.read',
    'Say what came of an alarm; never by the account it is about',
  )
    .input(z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(500) }))
    .output(Alarm),
}

import { z } from 'zod'
import { Department, Division, DivisionCode, Paging } from '../common.ts'
import { route } from '../route.ts'
import { roles } from './capabilities.ts'

export const AccountState = z.enum(['active', 'suspended'])
export type AccountState = z.infer<typeof AccountState>

/** Sign-in names: 3 to 30 lower-case letters, digits, dots, dashes and underscores. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]$/)

export const AccountFilter = z.object({
  /** Division whose accounts, and those below it, are wanted; default: one's own area. */
  area: DivisionCode.optional(),
  /** Only accounts of exactly that area. */
  exact: z.boolean().optional(),
  role: z.array(z.enum(roles)).optional(),
  state: AccountState.optional(),
  /** Start of the sign-in name, or part of the person's name. */
  q: z.string().trim().max(60).optional(),
})
export type AccountFilter = z.infer<typeof AccountFilter>

export const AccountAction = z.enum([
  'move',
  'suspend',
  'resume',
  'unlock',
  'reset-password',
  'reset-second-factor',
  'handover',
])
export type AccountAction = z.infer<typeof AccountAction>

export const AccountRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  area: Division,
  department: Department.nullable(),
  state: AccountState,
  /** Locked after failed sign-ins until then. */
  lockedUntil: z.iso.datetime().nullable(),
  secondFactor: z.boolean(),
  /** Its person has not chosen a password yet. */
  mustChangePassword: z.boolean(),
  signedInAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  /** What the requester may do to it now; empty for accounts one only sees. */
  actions: z.array(AccountAction),
})
export type AccountRow = z.infer<typeof AccountRow>

export const Account = AccountRow.extend({
  createdBy: z.string().nullable(),
  suspended: z.object({ at: z.iso.datetime(), by: z.string().nullable(), reason: z.string() }).nullable(),
  /** Part (`household-access`, …) → how much open work the account has. */
  openWork: z.record(z.string(), z.number().int()),
  /** The newest handover to somebody else, as long as it can be taken back. */
  handedOver: z
    .object({ id: z.uuid(), to: z.string(), at: z.iso.datetime(), items: z.number().int() })
    .nullable(),
})
export type Account = z.infer<typeof Account>

/** What of an account takes a second person. */
export const AccountRequestKind = z.enum(['create', 'move', 'reset-password', 'reset-second-factor'])
export type AccountRequestKind = z.infer<typeof AccountRequestKind>

/** Half of the code by which a person chooses the first password: shown once, to whom it was given. */
export const HalfCode = z.object({
  /** The request. */
  id: z.uuid(),
  username: z.string(),
  name: z.string(),
  code: z.string(),
})
export type HalfCode = z.infer<typeof HalfCode>

export const AccountRequest = z.object({
  id: z.uuid(),
  kind: AccountRequestKind,
  state: z.enum(['pending', 'done', 'declined', 'expired']),
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  area: Division,
  department: Department.nullable(),
  /** What the account is now; null for a new one. */
  from: z.object({ role: z.enum(roles), area: Division }).nullable(),
  reason: z.string().nullable(),
  requestedBy: z.object({ username: z.string(), name: z.string(), role: z.enum(roles) }),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decision: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string().nullable() }).nullable(),
  /** Whether the requester of this list is the second person it needs. */
  mayDecide: z.boolean(),
})
export type AccountRequest = z.infer<typeof AccountRequest>

export const AccountFileProblem = z.object({
  /** Line of the file, the header being 1. */
  line: z.number().int(),
  /** Column's header as in the file; null when the line as a whole is meant. */
  column: z.string().nullable(),
  code: z.string(),
  /** What is wrong and how to mend it, in Chinese and English. */
  text: z.object({ zh: z.string(), en: z.string() }),
})
export type AccountFileProblem = z.infer<typeof AccountFileProblem>

/** Answer to `PUT /accounts/file`. */
export const AccountFileResult = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  good: z.number().int(),
  problems: z.array(AccountFileProblem),
  /** The requester's halves of the codes: once only, and empty on a dry run. */
  requested: z.array(HalfCode),
})
export type AccountFileResult = z.infer<typeof AccountFileResult>

/** What the list is sorted by; without it by area, role and sign-in name. */
export const AccountSort = z.enum(['name', 'role', 'signedInAt', 'createdAt'])
export type AccountSort = z.infer<typeof AccountSort>

const id = z.object({ id: z.string().min(1).max(64) })
const reason = z.string().trim().min(2).max(500)
const withReason = id.extend({ reason })
const Requested = z.object({ request: z.uuid() })
const NewAccount = z.object({
  username: Username,
  name: z.string().trim().min(1).max(60),
  role: z.enum(roles),
  area: DivisionCode,
  /** Required for department and bank accounts, forbidden for others. */
  department: Department.nullable().default(null),
})

/**
 * Accounts are managed by the level above or by the system administrator of the area. What makes, moves or resets one is a request
 * that a second person from another line of duty decides. Errors: `account-not-yours` (403), `username-taken`, `request-pending`
 * (409), `role-not-grantable`, `department-required`, `area-wrong-level` (422), `account-state`, `last-administrator` (409); of a
 * decision `same-person`, `account-tied`, `request-not-pending` (409), `approver-unfit` (403), `reason-required` (422).
 */
export const accounts = {
  list: route('GET', '/accounts', 'account.read', 'Accounts of the area')
    .input(
      AccountFilter.extend({
        ...Paging,
        sort: AccountSort.optional(),
        descending: z.boolean().optional(),
      }),
    )
    .output(
      z.object({ rows: z.array(AccountRow), total: z.number().int(), grantable: z.array(z.enum(roles)) }),
    ),
  get: route('GET', '/accounts/{id}', 'account.read', 'One account').input(id).output(Account),
  create: route(
    'POST',
    '/accounts',
    'account.manage',
    'Request an account; answers the requester’s half of its enrolment code',
  )
    .input(NewAccount)
    .output(HalfCode),
  move: route('POST', '/accounts/{id}/move', 'account.manage', 'Request another area or role for an account')
    .input(
      withReason.extend({
        role: z.enum(roles).optional(),
        area: DivisionCode.optional(),
        department: Department.nullable().optional(),
      }),
    )
    .output(Requested),
  suspend: route(
    'POST',
    '/accounts/{id}/suspend',
    'account.manage',
    'Suspend an account; ends its sessions at once',
  ).input(withReason),
  resume: route(
    'POST',
    '/accounts/{id}/resume',
    'account.manage',
    'Let a suspended account sign in again',
  ).input(withReason),
  unlock: route(
    'POST',
    '/accounts/{id}/unlock',
    'account.manage',
    'Lift the lock after failed sign-ins',
  ).input(id),
  resetPassword: route(
    'POST',
    '/accounts/{id}/reset-password',
    'account.manage',
    'Request that a person chooses a new password; answers the requester’s half of the code',
  )
    .input(withReason)
    .output(HalfCode),
  resetSecondFactor: route(
    'POST',
    '/accounts/{id}/reset-second-factor',
    'account.manage',
    'Request that the second factor is enrolled anew',
  )
    .input(withReason)
    .output(Requested),
  requests: route(
    'GET',
    '/accounts/requests',
    'account.read',
    'Requests about accounts of one’s area: those that wait, and what was decided lately',
  ).output(z.object({ toDecide: z.number().int(), rows: z.array(AccountRequest) })),
  decide: route(
    'POST',
    '/accounts/requests/decide',
    'account.approve',
    'The second person’s decision; what is approved is done at once. Answers the second halves of enrolment codes',
  )
    .input(
      z.object({
        ids: z.array(z.uuid()).min(1).max(2000),
        approve: z.boolean(),
        reason: z.string().trim().max(500).default(''),
      }),
    )
    .output(z.object({ codes: z.array(HalfCode) })),
  handover: route(
    'POST',
    '/accounts/{id}/handover',
    'account.manage',
    'Give the open work of an account to another',
  )
    .input(withReason.extend({ to: z.string().min(1).max(64), dryRun: z.boolean().default(false) }))
    .output(
      z.object({
        /** To take it back by; null on a dry run. */
        handover: z.uuid().nullable(),
        moved: z.record(z.string(), z.number().int()),
        dryRun: z.boolean(),
      }),
    ),
  takeBack: route(
    'POST',
    '/accounts/handovers/{id}/take-back',
    'account.manage',
    'Give back what a handover moved and is still open',
  )
    .input(z.object({ id: z.uuid(), reason }))
    .output(z.object({ moved: z.record(z.string(), z.number().int()) })),
}

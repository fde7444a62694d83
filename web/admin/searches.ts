import { z } from 'zod'
import { AccountAction, AccountFilter, AccountSort } from '#contract/access/accounts.ts'
import { Cause } from '#contract/common.ts'
import { BatchState } from '#contract/feeds/feeds.ts'
import { AuditFilter } from '#contract/protection/audit.ts'
import { CorrectionState } from '#contract/protection/own-record.ts'
import { SpellFilter } from '#contract/registry/categories.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { CaseKind, CaseState, CaseStep } from '#contract/work/cases.ts'
import { ClueFilter, ClueSort } from '#contract/work/clues.ts'
import { PlanCheckName } from '#contract/work/plans.ts'
import { TaskGroup, TaskKind } from '#contract/work/workbench.ts'
import { toFlag, toList } from '#web/ui/search-params.ts'

/** What stands behind the question mark of each page's address; every figure of the product links by these. */

export const area = z.coerce.number().int().optional().catch(undefined)
export const page = z.coerce.number().int().min(1).optional().catch(undefined)

/** Which of the visits that are due; written out, so that naming them needs no schema of visits. */
const dueFilter = {
  grade: z.enum(['red', 'yellow', 'green']).optional().catch(undefined),
  when: z.enum(['overdue', 'week']).optional().catch(undefined),
}

/** Where to go after signing in: a path of this application, never another site. */
export function safeNext(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
export const SignInSearch = z.object({
  next: z.preprocess(safeNext, z.string().optional()),
  /** Why one is here. */
  why: z.enum(['idle', 'ended', 'revoked', 'out']).optional().catch(undefined),
  /** What a single sign-on came back with. */
  error: z
    .enum(['account-unknown', 'account-suspended', 'single-sign-on-failed'])
    .optional()
    .catch(undefined),
})

/** The list of accounts; the open one stands beside its filter. */
export const AccountSearch = z.object({
  area,
  role: z.preprocess(toList, AccountFilter.shape.role).catch(undefined),
  state: AccountFilter.shape.state.catch(undefined),
  q: z.string().optional(),
  sort: AccountSort.optional().catch(undefined),
  descending: z.preprocess(toFlag, z.boolean().optional()),
  page,
  id: z.string().optional(),
  act: z
    .enum([...AccountAction.options, 'create', 'file'])
    .optional()
    .catch(undefined),
})
export type AccountSearch = z.infer<typeof AccountSearch>

export const OverviewSearch = z.object({ area })

/** The clue list's whole state; every figure of the product links here with a filter. */
export const ClueSearch = z.object({
  area,
  level: z.preprocess(toList, ClueFilter.shape.level).catch(undefined),
  cause: z.preprocess(toList, ClueFilter.shape.cause).catch(undefined),
  state: z.preprocess(toList, ClueFilter.shape.state).catch(undefined),
  channel: z.preprocess(toList, ClueFilter.shape.channel).catch(undefined),
  rule: z.preprocess(toList, ClueFilter.shape.rule).catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  openedFrom: z.iso.date().optional().catch(undefined),
  openedTo: z.iso.date().optional().catch(undefined),
  q: z.string().optional(),
  sort: ClueSort.optional().catch(undefined),
  descending: z.preprocess(toFlag, z.boolean().optional()),
  page,
})
export type ClueSearch = z.infer<typeof ClueSearch>

export const HouseholdSearch = z.object({
  area,
  q: z.string().optional(),
  category: z.preprocess(toList, z.array(HouseholdCategory).optional()).catch(undefined),
  page,
})

export const CaseSearch = z.object({
  area,
  kind: CaseKind.optional().catch(undefined),
  state: z.preprocess(toList, z.array(CaseState).optional()).catch(undefined),
  step: z.preprocess(toList, z.array(CaseStep).optional()).catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  household: z.uuid().optional().catch(undefined),
  page,
})
export type CaseSearch = z.infer<typeof CaseSearch>

export const PlanSearch = z.object({
  area,
  lacking: z.preprocess(toFlag, z.boolean().optional()),
  lack: PlanCheckName.optional().catch(undefined),
  page,
})
export type PlanSearch = z.infer<typeof PlanSearch>

export const PublicListSearch = z.object({
  area,
  kind: CaseKind.optional().catch(undefined),
  step: z.enum(['publicity', 'announce']).optional().catch(undefined),
})

export const CategorySearch = z.object({
  area,
  view: z.enum(['now', 'changes']).optional().catch(undefined),
  on: z.iso.date().optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  cause: Cause.optional().catch(undefined),
})
export type CategorySearch = z.infer<typeof CategorySearch>

export const SpellSearch = z.object({
  area,
  category: z.preprocess(toList, SpellFilter.shape.category).catch(undefined),
  risk: z.preprocess(toList, SpellFilter.shape.risk).catch(undefined),
  cause: SpellFilter.shape.cause.catch(undefined),
  grade: SpellFilter.shape.grade.catch(undefined),
  on: SpellFilter.shape.on.catch(undefined),
  change: SpellFilter.shape.change.catch(undefined),
  from: SpellFilter.shape.from.catch(undefined),
  to: SpellFilter.shape.to.catch(undefined),
  because: z.preprocess(toList, SpellFilter.shape.because).catch(undefined),
  page,
})
export type SpellSearch = z.infer<typeof SpellSearch>
export const WorkbenchSearch = z.object({
  group: TaskGroup.or(z.literal('rhythm')).optional().catch(undefined),
  kind: z.preprocess(toList, z.array(TaskKind).optional()).catch(undefined),
  ...dueFilter,
  page,
})
export type WorkbenchSearch = z.infer<typeof WorkbenchSearch>

/** The ladder of an area, and the list that one of its figures opened: `of` an area, on a rung, overdue, paused or all. */
export const LadderSearch = z.object({
  area,
  kind: z.preprocess(toList, z.array(TaskKind).optional()).catch(undefined),
  of: area,
  rung: z.coerce.number().int().min(0).max(2).optional().catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  paused: z.preprocess(toFlag, z.boolean().optional()),
  page,
})
export type LadderSearch = z.infer<typeof LadderSearch>

export const IntakeSearch = z.object({
  feed: z.string().optional(),
  state: z.preprocess(toList, z.array(BatchState).optional()).catch(undefined),
  page,
})

export const CorrectionSearch = z.object({
  state: z.preprocess(toList, z.array(CorrectionState).optional()).catch(undefined),
  mine: z.preprocess(toFlag, z.boolean().optional()),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  page,
  id: z.string().optional(),
})
export type CorrectionSearch = z.infer<typeof CorrectionSearch>

/** The audit's filter, the entry the page begins before, and the one that is open. */
export const AuditSearch = z.object({
  from: AuditFilter.shape.from.catch(undefined),
  to: AuditFilter.shape.to.catch(undefined),
  actor: z.string().optional(),
  action: z.preprocess(toList, AuditFilter.shape.action).catch(undefined),
  outcome: AuditFilter.shape.outcome.catch(undefined),
  household: AuditFilter.shape.household.catch(undefined),
  object: z.string().optional(),
  address: z.string().optional(),
  before: z.coerce.number().int().optional().catch(undefined),
  id: z.coerce.number().int().optional().catch(undefined),
})

/** Pages of the two tables of a batch. */
export const BatchSearch = z.object({ rejects: page, reviews: page })

export const DueVisitSearch = z.object({ area, ...dueFilter, page })

import { may, roles } from '#contract/access/capabilities.ts'
import type { CorrectionState } from '#contract/protection/own-record.ts'

export type CorrectionAction = 'assign' | 'propose' | 'confirm'

/** What may be done to a correction in each state; an ended one stays as it ended. */
export const correctionActions = {
  open: ['assign', 'propose'],
  proposed: ['assign', 'confirm'],
  corrected: [],
  declined: [],
  forwarded: [],
} as const satisfies Record<CorrectionState, readonly CorrectionAction[]>

export const openStates = ['open', 'proposed'] as const satisfies readonly CorrectionState[]

export const handlingRoles = roles.filter((role) => may(role, 'correction.handle'))

interface Standing {
  state: CorrectionState
  assignee: string | null
  proposedBy: string | null
}

export function isAllowed(action: CorrectionAction, { state }: Pick<Standing, 'state'>): boolean {
  return (correctionActions[state] as readonly CorrectionAction[]).includes(action)
}

/** Whoever has it; where nobody has, whoever comes first. */
export const mayPropose = (one: Standing, userId: string) =>
  isAllowed('propose', one) && (one.assignee === null || one.assignee === userId)

/** Anybody but whoever proposed. */
export const mayConfirm = (one: Standing, userId: string) =>
  isAllowed('confirm', one) && one.proposedBy !== userId

import type { ClueState } from '#contract/work/clues.ts'
import { type Level, levelOf } from '#server/modules/divisions/index.ts'

export type ClueStep =
  | 'dispatch'
  | 'forward'
  | 'redirect'
  | 'recall'
  | 'clear'
  | 'assign'
  | 'report'
  | 'decide'
  | 'recheck'

/**
 * What may happen next. `forward`: the township dispatches it to the village; `redirect`: who stands above both
 * takes it from the village to the township; `assign`: a named person is assigned; `report`:
 * the visitor reports what they found; `decide`: somebody else confirms, excludes or marks it solved; `clear`: its signals ceased to
 * be true; `recheck`: what a department called solved is still true.
 */
export const nextSteps = {
  new: ['dispatch', 'assign', 'clear'],
  dispatched: ['forward', 'redirect', 'recall', 'assign'],
  verifying: ['assign', 'report', 'decide'],
  confirmed: [],
  excluded: [],
  solved: ['recheck'],
  cleared: [],
} as const satisfies Record<ClueState, readonly ClueStep[]>

export type HandOver = 'township' | 'village'

/** Dispatch goes downwards only: a county to township or village, a township to its villages, a village to nobody. */
const below: Record<Level, readonly HandOver[]> = {
  province: ['township', 'village'],
  city: ['township', 'village'],
  county: ['township', 'village'],
  township: ['village'],
  village: [],
}

export function mayHandTo(area: number, to: HandOver): boolean {
  return below[levelOf(area)].includes(to)
}

/** The step a hand-over would be; undefined when the clue's state does not allow it. */
export function handOverStep(
  clue: { state: ClueState; assignee: number | null },
  to: HandOver,
): 'dispatch' | 'forward' | 'redirect' | undefined {
  const steps: readonly ClueStep[] = nextSteps[clue.state]
  if (steps.includes('dispatch')) return 'dispatch'
  if (clue.assignee === null) return undefined
  const step = to === 'village' ? 'forward' : 'redirect'
  return steps.includes(step) && levelOf(clue.assignee) !== to ? step : undefined
}

/** Only who stands above the one that has it may take it back. */
export function mayRecall(area: number, assignee: number): boolean {
  const level = levelOf(assignee)
  return (level === 'township' || level === 'village') && mayHandTo(area, level)
}

export function assigneeOf(village: number, to: HandOver): number {
  return to === 'village' ? village : Math.floor(village / 1000) * 1000
}

import { z } from 'zod'
import { HouseholdStrip } from './clues.ts'
import { Cause, Day, Division, DivisionCode, Paging, RiskLevel } from './common.ts'
import { route } from './route.ts'

/** What somebody is to do. dispatch: a clue lies with a county or township; visit: a named person is to go; settle: a report waits
 * for a decision; case: the next step of a case; plan: a plan lacks its first measure; track: a resolved household is due a visit. */
export const TaskKind = z.enum(['dispatch', 'visit', 'settle', 'case', 'plan'])
export type TaskKind = z.infer<typeof TaskKind>

export const Task = z.object({
  id: z.string(),
  kind: TaskKind,
  household: HouseholdStrip,
  /** Clue, visit, case or plan it is about. */
  subject: z.uuid(),
  /** Step of a case, purpose of a visit. */
  what: z.string(),
  causes: z.array(Cause),
  level: RiskLevel.nullable(),
  dueOn: Day,
  overdue: z.boolean(),
  paused: z.boolean(),
  /** Levels above that were told because it is overdue. */
  escalated: z.number().int(),
  /** Named person or place and role that has it. */
  holder: z.string(),
  doneAt: z.iso.datetime().nullable(),
})
export type Task = z.infer<typeof Task>

export const TaskGroup = z.enum(['overdue', 'today', 'soon', 'later', 'waiting', 'escalated', 'done'])
export type TaskGroup = z.infer<typeof TaskGroup>

export const workbench = {
  get: route('GET', '/workbench', 'workbench.read', 'What is due: by me, from others, done this week')
    .input(z.object({ group: TaskGroup.optional(), kind: z.array(TaskKind).optional(), ...Paging }))
    .output(
      z.object({
        on: Day,
        weekFrom: Day,
        counts: z.record(TaskGroup, z.number().int()),
        group: TaskGroup,
        total: z.number().int(),
        tasks: z.array(Task),
      }),
    ),
  ladder: route('GET', '/workbench/ladder', 'overview.read', 'Overdue work by area and by how long', 'none')
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        on: Day,
        area: Division,
        path: z.array(Division),
        /** Upper bounds of the rungs, in working days overdue. */
        rungs: z.array(z.number().int()),
        rows: z.array(
          z.object({
            area: Division,
            open: z.number().int(),
            overdue: z.array(z.number().int()),
            paused: z.number().int(),
          }),
        ),
      }),
    ),
}

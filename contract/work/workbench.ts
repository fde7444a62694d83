import { z } from 'zod'
import { Cause, Day, Division, DivisionCode, Localized, Paging, RiskLevel } from '../common.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'

/** A kind of work, as its module names it: `dispatch`, `visit`, `case` …; every module may bring its own. */
export const TaskKind = z.string().regex(/^[a-z]+(-[a-z]+)*$/)
export type TaskKind = z.infer<typeof TaskKind>

export const Task = z.object({
  /** Kind and subject, and for what is done its moment. */
  id: z.string(),
  kind: TaskKind,
  household: HouseholdStrip,
  /** What it is about, such as a clue or a visit. */
  subject: z.uuid(),
  /** What of its kind is to be done, in words of its module: the purpose of a visit, the step of a case. */
  what: z.string(),
  causes: z.array(Cause),
  /** Why, in one sentence: what was found of its subject; null where nothing was. */
  why: Localized.nullable(),
  level: RiskLevel.nullable(),
  /** Last day; null where nothing limits it. */
  dueOn: Day.nullable(),
  /** Working days left until then, below nought once it is past; null without a day. */
  workingDaysLeft: z.number().int().nullable(),
  overdue: z.boolean(),
  /** The clock stands still; it is not overdue however late. */
  paused: z.boolean(),
  /** How many levels above the one that has it see it, because it is overdue. */
  escalated: z.number().int(),
  /** Who has it: a person by name, or the role of a place. */
  responsible: z.object({ name: z.string(), role: z.string().nullable(), mine: z.boolean() }),
  doneAt: z.iso.datetime().nullable(),
})
export type Task = z.infer<typeof Task>

/** overdue, today, soon (within three working days) and later are one's own; waiting: handed on, others have it; escalated: overdue
 * work of a level below that has come up; done: by oneself, this week. */
export const TaskGroup = z.enum(['overdue', 'today', 'soon', 'later', 'waiting', 'escalated', 'done'])
export type TaskGroup = z.infer<typeof TaskGroup>

/** What a bench shows at once: one group, or everything one has to do oneself, which opens first. */
export const BenchView = z.enum(['mine', ...TaskGroup.options])
export type BenchView = z.infer<typeof BenchView>

const Count = z.number().int()
const TaskList = { total: Count, tasks: z.array(Task) }

/** What is overdue, due today and due by the next working day. */
const Reminder = z.object({ overdue: Count, today: Count, next: Count })

export const workbench = {
  get: route('GET', '/workbench', 'workbench.read', 'What is due: by me, from others, done this week')
    .input(z.object({ group: BenchView.optional(), kind: z.array(TaskKind).optional(), ...Paging }))
    .output(
      z.object({
        on: Day,
        /** Monday of the week. */
        weekFrom: Day,
        /** Of every group, whatever kind is chosen. */
        counts: z.record(BenchView, Count),
        /** The view requested, or the first that is not empty of one’s own, what came up, and what others have. */
        group: BenchView,
        /** By kind, what comes due by Sunday and nobody has been sent on yet, such as the visits that the rhythm of a grade asks for
         * (listed by `/visits/due`), for those below a county. Nobody has it yet, so it is in no group and comes up to nobody. */
        unassigned: z.record(TaskKind, z.object({ never: Count, overdue: Count, week: Count })),
        /** Of that group, by kind. */
        kinds: z.record(TaskKind, Count),
        ...TaskList,
        /** Different households behind the total, by which the list is paged, each with all of its tasks there; null of what is done. */
        households: Count.nullable(),
      }),
    ),
  /** For the menu: counts alone, requested often. */
  reminder: route('GET', '/workbench/reminder', 'workbench.read', 'How much is due today', 'none').output(
    Reminder.extend({ on: Day, escalated: Count }),
  ),
  ladder: route('GET', '/workbench/ladder', 'overview.read', 'Overdue work by area and by how long', 'none')
    .input(z.object({ area: DivisionCode.optional(), kind: z.array(TaskKind).optional() }))
    .output(
      z.object({
        on: Day,
        area: Division,
        path: z.array(Division),
        /** Working days overdue from which one, two and three levels above see it; the first rung takes in what is less. */
        rungs: z.array(Count),
        rows: z.array(
          z.object({
            area: Division,
            /** Everything that is to be done, overdue or not, paused included. */
            open: Count,
            /** Overdue, by rung. */
            overdue: z.array(Count),
            paused: Count,
          }),
        ),
      }),
    ),
  /** What stands behind a figure of the ladder. */
  tasks: route(
    'GET',
    '/workbench/tasks',
    'clue.read',
    'Open work of an area; totals equal the ladder’s figures',
  )
    .input(
      z.object({
        area: DivisionCode.optional(),
        kind: z.array(TaskKind).optional(),
        /** Overdue on that rung, counted from 0; on any without it where `overdue` is requested. */
        rung: z.number().int().min(0).max(2).optional(),
        overdue: z.boolean().optional(),
        paused: z.boolean().optional(),
        ...Paging,
      }),
    )
    .output(z.object({ on: Day, ...TaskList })),
  /** A line for everybody who has something, computed on request; the platform sends nothing by itself. */
  reminders: route(
    'GET',
    '/workbench/reminders',
    'workbench.read',
    'Who has what overdue or due, one line a person or place',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        on: Day,
        lines: z.array(Reminder.extend({ name: z.string(), role: z.string().nullable(), place: z.string() })),
      }),
    ),
}

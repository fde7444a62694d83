import { z } from 'zod'
import {
  Cause,
  ChosenDay,
  Day,
  Department,
  Division,
  DivisionCode,
  Localized,
  Paging,
  RiskLevel,
  Source,
  Unit,
} from '../common.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { Unknown } from '../registry/unknown.ts'
import { route } from '../route.ts'
import { ClueChannel, ClueReport } from './reports.ts'

/**
 * new: nobody has it yet; dispatched: a township or village has it; verifying: a named person goes, or went and somebody decides.
 * Ended: confirmed (a risk; a case follows), excluded (with a reason), solved by the department, cleared (its facts are no longer true).
 */
export const ClueState = z.enum([
  'new',
  'dispatched',
  'verifying',
  'confirmed',
  'excluded',
  'solved',
  'cleared',
])
export type ClueState = z.infer<typeof ClueState>

export const ClueSort = z.enum(['level', 'opened', 'due', 'name'])

export const ClueFilter = z.object({
  area: DivisionCode.optional(),
  level: z.array(RiskLevel).optional(),
  cause: z.array(Cause).optional(),
  /** Default: open clues, that is new, dispatched and verifying. */
  state: z.array(ClueState).optional(),
  channel: z.array(ClueChannel).optional(),
  rule: z.array(z.string()).optional(),
  overdue: z.boolean().optional(),
  openedFrom: ChosenDay.optional(),
  openedTo: ChosenDay.optional(),
  /** Name, pinyin initials, household number or a whole ID number. */
  q: z.string().trim().max(60).optional(),
})
export type ClueFilter = z.infer<typeof ClueFilter>

export const ClueRow = z.object({
  id: z.uuid(),
  household: HouseholdStrip,
  cause: Cause,
  level: RiskLevel,
  channel: ClueChannel,
  rules: z.array(z.string()),
  /** The strongest signal in one plain sentence. */
  why: Localized,
  state: ClueState,
  openedOn: Day,
  lastSignalOn: Day,
  dueOn: Day.nullable(),
  overdue: z.boolean(),
  /** Township or village that has it. */
  assignee: Division.nullable(),
  /** Person sent to the household. */
  visitor: z.string().nullable(),
})
export type ClueRow = z.infer<typeof ClueRow>

export const Evidence = z.object({
  feed: z.string(),
  feedName: Localized,
  department: Department,
  /** Null where the file covers more than one's area, so that one may not open it. */
  batch: z.uuid().nullable(),
  fileName: z.string(),
  /** Sheet of the row, where the file is of several. */
  sheet: z.string().nullable(),
  rowNo: z.number().int(),
  date: Day.nullable(),
  person: z.string().nullable(),
  /** What that row states, ready to read. */
  text: Localized,
})
export type Evidence = z.infer<typeof Evidence>

/**
 * How a signal ended: untrue (found to hold no longer), withdrawn (its rows were), over (it can no longer hold, whatever a source may
 * say), unknown (nothing spoke of it for longer than the policy keeps it).
 */
export const SignalEnd = z.enum(['untrue', 'withdrawn', 'over', 'unknown'])
export type SignalEnd = z.infer<typeof SignalEnd>

export const Signal = z.object({
  id: z.string(),
  rule: z.string(),
  ruleVersion: z.number().int(),
  ruleTitle: Localized,
  level: RiskLevel,
  sentence: Localized,
  /** null for rules that judge yes or no. Margin is value ÷ threshold. */
  measure: z
    .object({
      label: Localized,
      unit: Unit,
      value: z.number(),
      threshold: z.number(),
      margin: z.number().nullable(),
    })
    .nullable(),
  clears: Localized,
  source: Source,
  raisedOn: Day,
  clearedOn: Day.nullable(),
  ended: SignalEnd.nullable(),
  /** Nothing lets it be judged since that day; it is kept for no longer than until the other. */
  silent: z.object({ since: Day, keptUntil: Day }).nullable(),
  evidence: z.array(Evidence),
})
export type Signal = z.infer<typeof Signal>

export const TimelineEntry = z.object({
  at: z.iso.datetime(),
  kind: z.enum([
    'opened',
    'signal',
    'signal-cleared',
    'level',
    'dispatched',
    'recalled',
    'cleared',
    'reopened',
    'reported',
    'assigned',
    'visited',
    'again',
    'confirmed',
    'excluded',
    'solved',
    'rechecked',
  ]),
  by: z.string().nullable(),
  /**
   * Values for the translated text. opened, reopened: rules, level · signal: rule, level, change (raised, changed) ·
   * signal-cleared: rule, ended · level: from, to, causes (only where yellow signals of so many causes met in the household) ·
   * dispatched: place, dueOn, note, from (who had it before) ·
   * recalled: place, reason · cleared: nothing · reported: channel, text · assigned: visitor, dueOn ·
   * visited: outcome, reason, note · again: reason · confirmed, excluded, solved: reason, note (solved also department, doneOn, document) · rechecked: solvedOn, rules, level.
   * Where the person, or the household, moved: movedTo or movedFrom, the village.
   */
  details: z.record(z.string(), z.string()),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** A township or village that may have a clue, and who does its work there; nobody where no account was made yet. */
export const ClueReceiver = z.object({
  to: z.enum(['township', 'village']),
  place: Division,
  /** The township of a village. */
  within: Division.nullable(),
  people: z.array(z.string()),
})
export type ClueReceiver = z.infer<typeof ClueReceiver>

export const Clue = ClueRow.extend({
  signals: z.array(Signal),
  /** What people reported, beside what the rules found. */
  reports: z.array(ClueReport),
  visit: z.uuid().nullable(),
  case: z.uuid().nullable(),
  timeline: z.array(TimelineEntry),
  memberSummary: z.array(
    z.object({ ref: z.uuid(), name: z.string(), relation: z.string(), age: z.number().int().nullable() }),
  ),
  /** Other open clues of the household. */
  others: z.array(z.object({ id: z.uuid(), cause: Cause, level: RiskLevel, why: Localized })),
  /** Rules that could not be judged for this household, and why. */
  cannotJudge: z.array(z.object({ rule: z.string(), title: Localized, because: z.array(Unknown) })),
  defaultDeadlineWorkingDays: z.number().int(),
  /** To whom it can be handed now. */
  receivers: z.array(ClueReceiver),
  /** The one who asks handed it on last, and whoever received it has done nothing yet. */
  mayWithdraw: z.boolean(),
})
export type Clue = z.infer<typeof Clue>

export const DispatchEffect = z.object({
  clues: z.number().int(),
  households: z.number().int(),
  townships: z.number().int(),
  villages: z.number().int(),
  dueOn: Day,
  /** Clues of the selection that cannot be dispatched because their state changed meanwhile. */
  skipped: z.number().int(),
  /** Those that go: to be undone are these and no others of the selection. */
  ids: z.array(z.uuid()),
  /** Who would have them, where all go to one place. */
  receiver: ClueReceiver.nullable(),
})
export type DispatchEffect = z.infer<typeof DispatchEffect>

export const clues = {
  list: route('GET', '/clues', 'clue.read', 'Clues of one’s area; the total equals the figure that led here')
    .input(
      ClueFilter.extend({
        sort: ClueSort.default('level'),
        descending: z.boolean().default(false),
        ...Paging,
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        /** Different households behind the total. */
        households: z.number().int(),
        rows: z.array(ClueRow),
        /** Counts by value over the same filter without that facet. */
        facets: z.object({
          level: z.record(z.string(), z.number().int()),
          cause: z.record(z.string(), z.number().int()),
          state: z.record(z.string(), z.number().int()),
          rule: z.record(z.string(), z.number().int()),
          channel: z.record(z.string(), z.number().int()),
        }),
      }),
    ),
  get: route('GET', '/clues/{id}', 'clue.read', 'One clue as a story')
    .input(z.object({ id: z.uuid() }))
    .output(Clue),
  dispatch: route(
    'POST',
    '/clues/dispatch',
    'clue.dispatch',
    'Hand clues to the township or village of their households',
  )
    .input(
      z.object({
        ids: z.array(z.uuid()).min(1).max(1000),
        to: z.enum(['township', 'village']),
        deadlineWorkingDays: z.number().int().min(1).max(60),
        note: z.string().trim().max(500).default(''),
        /** Only preview what would happen. */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(DispatchEffect),
  report: route(
    'POST',
    '/clues/reports',
    'clue.report',
    'Report a household in trouble; joins its open clue of that cause',
  )
    .input(
      z.object({
        household: z.uuid(),
        cause: Cause,
        text: z.string().trim().min(1).max(500),
        /** The household came itself and somebody types for it. */
        forHousehold: z.boolean().default(false),
        /** Made by the client: sending twice counts once. */
        request: z.uuid(),
      }),
    )
    .output(z.object({ clue: z.uuid(), appended: z.boolean() })),
  withdraw: route(
    'POST',
    '/clues/withdraw',
    'clue.dispatch',
    'Undo one’s own hand-over while the receiver has done nothing: everything lies where it lay before',
  )
    .input(z.object({ ids: z.array(z.uuid()).min(1).max(1000), reason: z.string().trim().min(1).max(500) }))
    /** Skipped: those that somebody went on with. */
    .output(z.object({ clues: z.number().int(), skipped: z.number().int() })),
  recall: route('POST', '/clues/recall', 'clue.dispatch', 'Take dispatched clues back, with a reason')
    .input(z.object({ ids: z.array(z.uuid()).min(1).max(1000), reason: z.string().trim().min(1).max(500) }))
    /** Skipped: those that somebody has begun to look into, or that lie with nobody any more. */
    .output(z.object({ clues: z.number().int(), skipped: z.number().int() })),
}

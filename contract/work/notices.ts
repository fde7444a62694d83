import { z } from 'zod'
import { ChosenInstant, Day } from '../common.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'

/** Something that happened and concerns who reads it. */
export const Notice = z.object({
  /** As its module names it: `red-clue`, `held-batch` … */
  kind: z.string(),
  /** What it is about, such as a clue or a file. */
  subject: z.string(),
  /** What of its kind happened, in words of its module: the cause of a clue, the outcome of a case. */
  what: z.string(),
  at: z.iso.datetime(),
  household: HouseholdStrip.nullable(),
  /** What it is about where that is no household. */
  name: z.string().nullable(),
  isNew: z.boolean(),
})
export type Notice = z.infer<typeof Notice>

const Count = z.number().int()

export const notices = {
  /** The digest of a day: what happened lately, and what is to be done. */
  list: route('GET', '/notices', 'any', 'What happened lately and concerns oneself, the newest first').output(
    z.object({
      on: Day,
      unread: Count,
      rows: z.array(Notice),
      /** Of one's own work; null for who has no workbench. */
      work: z.object({ overdue: Count, today: Count, soon: Count, escalated: Count }).nullable(),
    }),
  ),
  unread: route('GET', '/notices/unread', 'any', 'How many notices one has not read', 'none').output(
    z.object({ unread: Count }),
  ),
  read: route('POST', '/notices/read', 'any', 'Say how far one has read', 'none')
    .input(z.object({ until: ChosenInstant }))
    .output(z.object({ unread: Count })),
}

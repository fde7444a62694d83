import { z } from 'zod'
import { Day, Localized } from '../common.ts'
import { route } from '../route.ts'

/** Where a household is, from the first word about it to the end of its risk. */
export const LetterKind = z.enum([
  'flagged',
  'visit-planned',
  'visited',
  'excluded',
  'solved',
  'authorise',
  'review',
  'publicity',
  'approved',
  'entered',
  'reopened',
  'refused',
  'plan',
  'resolving',
  'resolved',
])
export type LetterKind = z.infer<typeof LetterKind>

/** A note in plain words: what we saw, what it means, what happens next, whom to call. */
export const Letter = z.object({
  kind: LetterKind,
  on: Day,
  title: Localized,
  paragraphs: z.array(z.object({ head: Localized, text: Localized })),
  /** The same in one text message, without figures of money and illnesses: phones are shared. */
  sms: Localized,
  call: Localized,
  /** Working day by which the household must have it; null where no rule sets one. */
  noticeBy: Day.nullable(),
})
export type Letter = z.infer<typeof Letter>

export const letters = {
  list: route(
    'GET',
    '/households/{ref}/letters',
    'household.read',
    'Notes to a household, one for each step it is at; newest first',
  )
    .input(z.object({ ref: z.uuid() }))
    .output(z.object({ headName: z.string(), letters: z.array(Letter) })),
  own: route('GET', '/own-record/letters', 'own-record.read', 'Notes to one’s own household').output(
    z.object({ headName: z.string(), letters: z.array(Letter) }),
  ),
}

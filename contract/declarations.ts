import { z } from 'zod'
import { Cause, Day, Division, DivisionCode, Localized } from './common.ts'
import { route } from './route.ts'

/** What a household says of itself on a telephone, without an account. */
export const Declaration = z.object({
  village: DivisionCode,
  name: z.string().trim().min(1).max(40),
  /** 18 characters; the last may be an X of either case. */
  idNumber: z
    .string()
    .trim()
    .regex(/^\d{17}[\dXx]$/),
  /** Of the card of the household. */
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
  cause: Cause,
  text: z.string().trim().min(1).max(500),
  /** Made on the telephone: sending twice counts once. */
  request: z.uuid(),
})
export type Declaration = z.infer<typeof Declaration>

export const DeclarationForm = z.object({
  village: z.string(),
  township: z.string(),
  county: z.string(),
  hotline: z.string(),
  causes: z.array(z.object({ cause: Cause, plain: Localized })),
})
export type DeclarationForm = z.infer<typeof DeclarationForm>

export const DeclarationReceipt = z.object({
  /** To quote when calling. */
  receipt: z.string(),
  /** Working day by which somebody comes; null in a year whose holidays nobody has told yet. */
  dueOn: Day.nullable(),
  hotline: z.string(),
})
export type DeclarationReceipt = z.infer<typeof DeclarationReceipt>

/** Card a household keeps at home. */
export const ContactCard = z.object({
  ref: z.uuid(),
  headName: z.string(),
  groupName: z.string().nullable(),
  village: Division,
  township: Division,
  /** Six digits that prove nothing but that one has the card. */
  code: z.string(),
  helper: z.string().nullable(),
})
export type ContactCard = z.infer<typeof ContactCard>

export const declarations = {
  form: route('GET', '/declarations/{village}', 'public', 'What the phone page of a village shows', 'none')
    .input(z.object({ village: DivisionCode }))
    .output(DeclarationForm),
  send: route(
    'POST',
    '/declarations',
    'public',
    'A household says what troubles it; the answer is the same whether it is known or not',
    'change',
  )
    .input(Declaration)
    .output(DeclarationReceipt),
  cards: route('GET', '/contact-cards', 'clue.report', 'Cards of one household, or of a village')
    .input(
      z.object({
        household: z.uuid().optional(),
        /** Its monitored households, at most 400. */
        village: DivisionCode.optional(),
      }),
    )
    .output(z.object({ hotline: z.string(), rows: z.array(ContactCard) })),
  unmatched: route(
    'GET',
    '/unmatched-declarations',
    'clue.report',
    'How many declarations of thirty days fit no household, by village; nobody knows whose they were',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        total: z.number().int(),
        villages: z.array(z.object({ village: Division, count: z.number().int(), lastOn: Day })),
      }),
    ),
}

import { z } from 'zod'
import { Cause, Day, Division, DivisionCode, Localized } from '../common.ts'
import { route } from '../route.ts'

/** What a household states about itself on a telephone, without an account. */
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
  /** Words of one's own; empty where the cause alone was chosen. */
  text: z.string().trim().max(500),
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

/** For whom a code on a card does not open: places to choose from, down to the village, and a number to call. */
export const DeclarationPlaces = z.object({
  hotline: z.string(),
  path: z.array(Division),
  places: z.array(Division),
})
export type DeclarationPlaces = z.infer<typeof DeclarationPlaces>

export const DeclarationReceipt = z.object({
  /** To quote when calling. */
  receipt: z.string(),
  /** Working day by which somebody comes; null in a year whose holidays are not published yet. */
  dueOn: Day.nullable(),
  hotline: z.string(),
})
export type DeclarationReceipt = z.infer<typeof DeclarationReceipt>

/** A declaration somebody is to match by hand. */
export const UnmatchedDeclaration = z.object({
  request: z.uuid(),
  /** Number of the receipt, which people quote when they call. */
  receipt: z.string(),
  village: Division,
  township: Division,
  at: z.iso.datetime(),
  /** Working day the receipt named. */
  dueOn: Day.nullable(),
  overdue: z.boolean(),
  /** awaited: somebody found that the register lacks the household; it is matched by itself once that has it. */
  state: z.enum(['unmatched', 'awaited']),
  /** What did not fit: nobody in the register has that number, another name, or another household code. */
  why: z.enum(['number', 'name', 'code']),
  name: z.string(),
  /** As the role sees it. */
  idNumber: z.string(),
  cause: Cause,
  text: z.string(),
  note: z.string().nullable(),
  /** Households of one's own area it may be about: by the ID number, or by the name in that village. */
  candidates: z.array(
    z.object({
      ref: z.uuid(),
      householdNo: z.string(),
      headName: z.string(),
      village: Division,
      member: z.string(),
      by: z.enum(['number', 'name']),
    }),
  ),
})
export type UnmatchedDeclaration = z.infer<typeof UnmatchedDeclaration>

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
  places: route(
    'GET',
    '/declaration-places',
    'public',
    'The way to the page of a village, place by place',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(DeclarationPlaces),
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
    'Declarations of an area that fit no household, each with whom it may be about; the longest due first',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(
      z.object({
        on: Day,
        /** All that are open; the rows are the first hundred. */
        total: z.number().int(),
        overdue: z.number().int(),
        rows: z.array(UnmatchedDeclaration),
      }),
    ),
  countUnmatched: route(
    'GET',
    '/unmatched-declarations/count',
    'clue.report',
    'How many declarations of an area wait for somebody to look at them',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(z.object({ total: z.number().int(), overdue: z.number().int() })),
  decide: route(
    'POST',
    '/unmatched-declarations/{request}',
    'clue.report',
    'Say whose declaration it is, that the register lacks the household, or that nothing follows',
  )
    .input(
      z.object({
        request: z.uuid(),
        as: z.enum(['household', 'awaited', 'dismissed']),
        /** Whose it is; with `household` only. */
        household: z.uuid().optional(),
        /** Why; for the other two. */
        note: z.string().trim().max(300).default(''),
      }),
    )
    .output(z.object({ clue: z.uuid().nullable() })),
}

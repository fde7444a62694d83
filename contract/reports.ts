import { z } from 'zod'
import { Cause, DivisionCode, Localized } from './common.ts'
import { route } from './route.ts'

/** How a worry arrived. */
export const ClueChannel = z.enum(['rule', 'self', 'cadre', 'petition', 'transfer'])
export type ClueChannel = z.infer<typeof ClueChannel>

/** Words of a person about a household; appended to its open clue of that cause, or opening one. */
export const ClueReport = z.object({
  id: z.string(),
  channel: ClueChannel,
  at: z.iso.datetime(),
  by: z.string(),
  text: z.string(),
})
export type ClueReport = z.infer<typeof ClueReport>

/** Phone page of a household: name, ID number and the code of its card; no account. */
export const declarations = {
  form: route('GET', '/declarations/{village}', 'public', 'What the phone page of a village shows', 'none')
    .input(z.object({ village: DivisionCode }))
    .output(
      z.object({
        village: z.string(),
        township: z.string(),
        county: z.string(),
        hotline: z.string(),
        causes: z.array(z.object({ cause: Cause, plain: Localized })),
      }),
    ),
  send: route(
    'POST',
    '/declarations',
    'public',
    'A household says what troubles it; the answer is the same whether it is known or not',
    'change',
  )
    .input(
      z.object({
        village: DivisionCode,
        name: z.string().trim().min(1).max(40),
        idNumber: z.string().trim().min(15).max(18),
        code: z
          .string()
          .trim()
          .regex(/^\d{6}$/),
        cause: Cause,
        text: z.string().trim().min(1).max(500),
        /** Made on the phone: sending twice counts once. */
        request: z.uuid(),
      }),
    )
    .output(
      z.object({
        /** Receipt to quote when calling. */
        receipt: z.string(),
        dueOn: z.iso.date(),
        next: Localized,
        hotline: z.string(),
      }),
    ),
}

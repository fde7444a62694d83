import { z } from 'zod'

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

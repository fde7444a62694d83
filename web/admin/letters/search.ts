import { z } from 'zod'
import { LetterKind } from '#contract/contact/letters.ts'
import { area } from '#web/ui/page/search-params.ts'

export const LetterSearch = z.object({ kind: LetterKind.optional().catch(undefined) })

export const CardSearch = z.object({ area, household: z.uuid().optional().catch(undefined) })

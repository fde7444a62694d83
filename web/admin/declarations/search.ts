import { z } from 'zod'
import { area } from '#web/ui/page/search-params.ts'

export const DeclarationSearch = z.object({ area })

import { z } from 'zod'
import { page } from '#web/ui/search-params.ts'

export const ExportSearch = z.object({ page })

import { z } from 'zod'
import { page } from '#web/ui/page/search-params.ts'

export const ExportSearch = z.object({ page })

import { z } from 'zod'
import { area } from '#web/ui/search-params.ts'

export const OverviewSearch = z.object({ area })

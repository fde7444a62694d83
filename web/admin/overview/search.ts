import { z } from 'zod'
import { area } from '#web/ui/page/search-params.ts'

export const OverviewSearch = z.object({ area })

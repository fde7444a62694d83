import { z } from 'zod'

export const PolicySearch = z.object({ q: z.string().optional(), pack: z.string().optional() })

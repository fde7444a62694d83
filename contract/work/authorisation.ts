import { z } from 'zod'

/** What a comparison may look at once the household agreed. */
export const AuthorisationScope = z.enum(['bank', 'vehicles', 'housing', 'business', 'tax'])
export type AuthorisationScope = z.infer<typeof AuthorisationScope>

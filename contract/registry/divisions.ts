import { z } from 'zod'
import { Division, DivisionCode } from '../common.ts'
import { route } from '../route.ts'

export const divisions = {
  get: route(
    'GET',
    '/divisions/{code}',
    'any',
    'A division of one’s area, the way down to it, and what lies in it',
    'none',
  )
    .input(z.object({ code: DivisionCode }))
    .output(z.object({ division: Division, path: z.array(Division), children: z.array(Division) })),
}

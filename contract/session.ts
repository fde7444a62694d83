import { z } from 'zod'
import { roles } from './capabilities.ts'
import { Department, Division, Localized } from './common.ts'
import { route } from './route.ts'

export const Me = z.object({
  name: z.string(),
  username: z.string(),
  role: z.enum(roles),
  department: Department.nullable(),
  area: Division,
  /** The day the platform lives on; the demo lives in the past. */
  asOf: z.iso.date(),
  demo: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const DemoAccount = z.object({ username: z.string(), password: z.string(), title: Localized })

export const session = {
  me: route('GET', '/me', 'any', 'Who is signed in and where they may look').output(Me),
  demo: route('GET', '/demo-accounts', 'public', 'Accounts of the demonstration; empty elsewhere').output(
    z.object({ accounts: z.array(DemoAccount), asOf: z.iso.date() }),
  ),
}

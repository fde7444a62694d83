import { z } from 'zod'
import { Day, Division } from './common.ts'
import { route } from './route.ts'
import { Visit } from './visits.ts'

/** At most the households given to whoever is signed in are ever sent to a device. */
export const field = {
  register: route(
    'POST',
    '/field/devices',
    'visit.report',
    'Make this device known, so that it can be erased from afar',
  )
    .input(z.object({ device: z.uuid(), name: z.string().trim().max(120) }))
    .output(z.object({ token: z.string() })),
  /** Public on purpose: a device whose session ended must still learn that it was revoked. */
  status: route(
    'POST',
    '/field/devices/status',
    'public',
    'Whether this device must erase what it holds',
    'none',
  )
    .input(z.object({ device: z.uuid(), token: z.string().max(100) }))
    .output(z.object({ state: z.enum(['active', 'revoked', 'unknown']), now: z.iso.datetime() })),
  devices: route('GET', '/field/devices', 'any', 'One’s own devices', 'none').output(
    z.array(
      z.object({
        device: z.uuid(),
        name: z.string(),
        registeredAt: z.iso.datetime(),
        syncedAt: z.iso.datetime().nullable(),
        revokedAt: z.iso.datetime().nullable(),
      }),
    ),
  ),
  revoke: route(
    'POST',
    '/field/devices/{device}/revoke',
    'any',
    'Erase one of one’s devices when it next calls',
  ).input(z.object({ device: z.uuid() })),
  sync: route('GET', '/field/sync', 'visit.report', 'Everything the device needs to work without a network')
    .input(z.object({ device: z.uuid() }))
    .output(
      z.object({
        now: z.iso.datetime(),
        on: Day,
        area: Division,
        hotline: z.string(),
        visits: z.array(Visit),
      }),
    ),
}

import { z } from 'zod'
import { Day, Division } from '../common.ts'
import { route } from '../route.ts'
import { Visit } from './visits.ts'

export const FieldDevice = z.object({
  device: z.uuid(),
  /** Browser and system in short, as the device states it. */
  name: z.string(),
  registeredAt: z.iso.datetime(),
  /** When it last took its households; null before the first time. */
  syncedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type FieldDevice = z.infer<typeof FieldDevice>

/** What a device takes along. */
export const FieldSync = z.object({
  /** The platform's clock. On a demonstration it stands on another day than the world's; the time of day is the same. */
  now: z.iso.datetime(),
  demo: z.boolean(),
  on: Day,
  area: Division,
  hotline: z.string(),
  visits: z.array(Visit),
})
export type FieldSync = z.infer<typeof FieldSync>

/** Telephones that make visits without a network. Never more reaches one than its signed-in account may see. */
export const field = {
  /** The id is made on the device; called again, as after a lost answer, it issues a new token and the old one is none any more. */
  register: route(
    'POST',
    '/field/devices',
    'visit.report',
    'Make this device known, so that it can be erased from afar; `device-revoked` where it was erased before',
  )
    .input(z.object({ device: z.uuid(), name: z.string().trim().max(120) }))
    .output(z.object({ token: z.string() })),
  /** Public on purpose: a device whose session ended must still learn that it was revoked. */
  status: route(
    'POST',
    '/field/devices/status',
    'public',
    'Whether this device must erase its data; a wrong token is answered like a device nobody knows',
    'none',
  )
    .input(z.object({ device: z.uuid(), token: z.string().max(100) }))
    .output(
      z.object({
        /** revoked: also when the account was suspended. unknown: it must be registered again. */
        state: z.enum(['active', 'revoked', 'unknown']),
        /** The platform's clock. */
        now: z.iso.datetime(),
      }),
    ),
  devices: route('GET', '/field/devices', 'any', 'One’s own devices, those in use first', 'none').output(
    z.array(FieldDevice),
  ),
  revoke: route(
    'POST',
    '/field/devices/{device}/revoke',
    'any',
    'Erase one of one’s own devices when it next calls; `not-found` for anybody else’s',
  ).input(z.object({ device: z.uuid() })),
  sync: route(
    'GET',
    '/field/sync',
    'visit.report',
    'Everything the device needs to work without a network: the planned visits of whoever is signed in; `device-revoked`, `not-found` (not registered)',
  )
    .input(z.object({ device: z.uuid() }))
    .output(FieldSync),
}

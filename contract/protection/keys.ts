import { z } from 'zod'
import { route } from '../route.ts'

/** coming: made, and seals in some seconds; retiring: opens only, until nothing is sealed with it; retired: nothing is. */
export const KeyState = z.enum(['coming', 'active', 'retiring', 'retired'])
export type KeyState = z.infer<typeof KeyState>

export const DataKey = z.object({
  id: z.number().int(),
  state: KeyState,
  madeAt: z.iso.datetime(),
  /** Account that requested it, or `cli`; null for the first. */
  madeBy: z.string().nullable(),
  activeFrom: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
  /** Ciphertexts still to be sealed anew; of several retiring keys, those of all. Null where it was not counted yet. */
  left: z.number().int().nullable(),
})
export type DataKey = z.infer<typeof DataKey>

export const KeyProgress = z.object({
  /** `table.column`, or `files`. */
  place: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  finishedAt: z.iso.datetime().nullable(),
})
export type KeyProgress = z.infer<typeof KeyProgress>

export const KeyStatus = z.object({
  /** Newest first. */
  keys: z.array(DataKey),
  /** Of the latest rotation; empty before the first. */
  progress: z.array(KeyProgress),
})
export type KeyStatus = z.infer<typeof KeyStatus>

export const keys = {
  list: route(
    'GET',
    '/keys',
    'key.read',
    'Data keys, their states, and how far a rotation has come',
    'none',
  ).output(KeyStatus),
  rotate: route('POST', '/keys/rotate', 'key.rotate', 'Make a new data key and seal everything anew with it')
    .input(z.object({ reason: z.string().trim().min(1).max(500) }))
    .output(z.object({ id: z.number().int() })),
}

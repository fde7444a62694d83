import { z } from 'zod'
import { Localized } from '../common.ts'
import { route } from '../route.ts'

/** ok: well; attention: somebody should look at it today; bad: now; off: not in use here. */
export const CheckState = z.enum(['ok', 'attention', 'bad', 'off'])
export type CheckState = z.infer<typeof CheckState>

export const checkKeys = [
  'database',
  'backup',
  'kept',
  'seals',
  'tallies',
  'jobs',
  'held',
  'sources',
  'statements',
  'disk',
] as const

/** One thing that is looked at. What it says is `key` and `reason`, with the figures in words of a language. */
export const OperationsCheck = z.object({
  key: z.enum(checkKeys),
  state: CheckState,
  /** Which sentence says it, such as `old` or `failed`. */
  reason: z.string(),
  /** Figures of the sentence: counts, seconds, instants; nothing about people. */
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type OperationsCheck = z.infer<typeof OperationsCheck>

export const OperationsStatus = z.object({
  at: z.iso.datetime(),
  /** The worst of the checks. */
  state: CheckState,
  checks: z.array(OperationsCheck),
  queues: z.array(
    z.object({
      queue: z.string(),
      waiting: z.number().int(),
      active: z.number().int(),
      /** Of the last day. */
      failed: z.number().int(),
      oldestSeconds: z.number(),
    }),
  ),
  lateSources: z.array(
    z.object({ feed: z.string(), name: Localized, counties: z.number().int(), late: z.number().int() }),
  ),
  slowStatements: z.array(
    z.object({
      name: z.string(),
      count: z.number().int(),
      longestMs: z.number().int(),
      lastAt: z.iso.datetime(),
    }),
  ),
})
export type OperationsStatus = z.infer<typeof OperationsStatus>

export const operations = {
  get: route(
    'GET',
    '/operations',
    'operations.read',
    'Whether all is well with the installation',
    'none',
  ).output(OperationsStatus),
}

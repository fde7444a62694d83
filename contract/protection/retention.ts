import { z } from 'zod'
import { Localized, Source } from '../common.ts'
import { route } from '../route.ts'

export const RetentionRule = z.object({
  key: z.string(),
  title: Localized,
  /** Months it is kept; null: for good. */
  months: z.number().int().nullable(),
  action: z.enum(['delete-file', 'erase-cells', 'delete-rows', 'keep']),
  why: Localized,
  source: Source,
  /** What a run today would take, and how old the oldest is. */
  due: z.number().int(),
  oldest: z.iso.datetime().nullable(),
})
export type RetentionRule = z.infer<typeof RetentionRule>

export const RetentionRun = z.object({
  id: z.uuid(),
  state: z.enum(['requested', 'running', 'done', 'declined']),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Rule → how many were due at the request, and how many were taken. */
  counts: z.record(z.string(), z.object({ due: z.number().int(), taken: z.number().int() })),
  finishedAt: z.iso.datetime().nullable(),
  mayDecide: z.boolean(),
})
export type RetentionRun = z.infer<typeof RetentionRun>

export const retention = {
  get: route(
    'GET',
    '/retention',
    'retention.read',
    'What is kept how long, and what a run today would erase',
    'none',
  ).output(
    z.object({
      rules: z.array(RetentionRule),
      /** Of exactly this report; a run is requested for it. */
      digest: z.string(),
      runs: z.array(RetentionRun),
    }),
  ),
  request: route('POST', '/retention/runs', 'retention.request', 'Request a run of the report one has seen')
    .input(z.object({ digest: z.string() }))
    .output(RetentionRun),
  decide: route(
    'POST',
    '/retention/runs/{id}/decide',
    'retention.approve',
    'Approve or decline what another requested',
  )
    .input(z.object({ id: z.uuid(), approve: z.boolean(), reason: z.string().trim().max(500).default('') }))
    .output(RetentionRun),
}

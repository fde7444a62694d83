import { z } from 'zod'
import { Division, Paging } from '../common.ts'
import { route } from '../route.ts'

/** A list that can be taken away, as its module names it: `clues`, `households`, `rejects` …; every module may bring its own. */
export const ExportKind = z.string().regex(/^[a-z]+(-[a-z]+)*$/)
export type ExportKind = z.infer<typeof ExportKind>

/** pending: waits for a second person; ready: may be fetched; expired: nobody decided or fetched it in time. */
export const ExportState = z.enum(['pending', 'ready', 'declined', 'expired'])
export type ExportState = z.infer<typeof ExportState>

export const ExportRow = z.object({
  id: z.uuid(),
  /** Short number that stands in the file, visible and hidden. */
  number: z.string(),
  kind: ExportKind,
  state: ExportState,
  requestedBy: z.object({ id: z.string(), name: z.string(), username: z.string(), area: Division }),
  requestedAt: z.iso.datetime(),
  purpose: z.string(),
  rows: z.number().int(),
  /** From how many rows on a second person decides; null where the kind needs none. */
  limit: z.number().int().nullable(),
  decision: z
    .object({ by: z.string(), at: z.iso.datetime(), approved: z.boolean(), reason: z.string().nullable() })
    .nullable(),
  expiresAt: z.iso.datetime().nullable(),
  downloads: z.number().int(),
  lastDownloadAt: z.iso.datetime().nullable(),
  /** Whether the requester may decide on it; false for one's own. */
  mayDecide: z.boolean(),
  mayDownload: z.boolean(),
})
export type ExportRow = z.infer<typeof ExportRow>

/** What is to be exported, as the list's own filter; its module knows what may stand in it. */
export const ExportFilter = z.record(z.string(), z.unknown())
export type ExportFilter = z.infer<typeof ExportFilter>

export const exports = {
  request: route(
    'POST',
    '/exports',
    'export.request',
    'Request a file; above the limit a second person decides',
  )
    .input(
      z.object({
        kind: ExportKind,
        filter: ExportFilter.default({}),
        purpose: z.string().trim().min(2).max(200),
      }),
    )
    .output(ExportRow),
  more: route(
    'POST',
    '/exports/more',
    'export.request',
    'Request to read on beyond the day’s measure (`taken-limit`); a second person decides it like an export of kind `more`',
  )
    .input(z.object({ purpose: z.string().trim().min(2).max(200) }))
    .output(ExportRow),
  list: route(
    'GET',
    '/exports',
    'export.request',
    'The register of exports: one’s own, and those of one’s area for approvers',
  )
    .input(
      z.object({
        state: z.array(ExportState).optional(),
        /** Only those that wait for my decision. */
        toDecide: z.boolean().optional(),
        ...Paging,
      }),
    )
    .output(z.object({ total: z.number().int(), toDecide: z.number().int(), rows: z.array(ExportRow) })),
  get: route('GET', '/exports/{id}', 'export.request', 'One export')
    .input(z.object({ id: z.uuid() }))
    .output(ExportRow),
  decide: route('POST', '/exports/{id}/decide', 'export.approve', 'Approve or decline the export of another')
    .input(z.object({ id: z.uuid(), approve: z.boolean(), reason: z.string().trim().max(500).default('') }))
    .output(ExportRow),
}

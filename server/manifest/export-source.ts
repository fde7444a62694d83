import type { z } from 'zod'
import type { Capability } from '#contract/access/capabilities.ts'
import type { Masks } from '#contract/access/masks.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { HouseholdScope, Requester } from '#server/platform/http/requester.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import type { Platform } from '#server/platform/platform.ts'

/** Whose access an export is made with: always the requester's, never the approver's. */
export interface ExportViewer {
  deps: Platform & Pick<Services, 'taken' | 'exportLimits'> & { audit: Auditor; masks: Masks }
  me: Requester
  scope: HouseholdScope
}

export interface ExportLine {
  cells: string[]
  /** Household the line is about. */
  household?: { county: number; id: number }
}

/** A list that can be taken away as a file; each is handed in by the module it belongs to. */
export interface ExportSource<Filter = unknown> {
  /** What the list may be narrowed by; a filter that is not so is refused. */
  filter: z.ZodType<Filter>
  /** What one must be allowed to read to export it. */
  capability: Capability
  /** File name without ending. */
  name(viewer: ExportViewer, filter: Filter): Promise<string>
  count(viewer: ExportViewer, filter: Filter): Promise<number>
  /** Whether the rows are one's own, so that nobody else need agree. */
  isOwn?(viewer: ExportViewer, filter: Filter): Promise<boolean>
  headers(viewer: ExportViewer, filter: Filter): Promise<string[]>
  /** Header of the column of plain text that carries the hidden mark. */
  markedColumn: string
  /** Whether the file is sent back mended: then the marks stand in that column alone, and no line is added. */
  comesBack?: boolean
  lines(viewer: ExportViewer, filter: Filter): AsyncIterable<ExportLine[]>
}

/** By kind. */
export type ExportSources = Readonly<Record<string, ExportSource>>

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    exportSources: ExportSources
    exportLimits: {
      exportApprovalRows: number
      exportKeptDays: number
      takenPerDay: number
      takenPerMonth: number
      takenAreaPerDay: number
      takenPageWeight: number
      takenExportWeight: number
    }
  }
}

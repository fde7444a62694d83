import type { z } from 'zod'
import type { Capability } from '#contract/access/capabilities.ts'
import type { Localized } from '#contract/common.ts'
import type { Cell, CellKind } from '#contract/sheets/sheet.ts'
import type { HouseholdScope, Requester } from '#server/platform/http/requester.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'

/** Whose access an export is made with: always the requester's, never the approver's. */
export interface ExportViewer {
  deps: RequestDeps
  me: Requester
  scope: HouseholdScope
}

/** The language of who takes a file. */
export type Language = keyof Localized

/** Household a row is about: by its key, or as every list names it. */
export type HouseholdOfRow =
  | { county: number; id: number }
  | { ref: string; county: { code: number } }
  | { ref: string; village: { code: number } }

/** One column of a list in every form of file. */
export interface ExportColumn<Row> {
  head: Localized
  kind: CellKind
  width?: number
  summed?: boolean
  /** Bears the hidden mark; the first of plain text where none says so. */
  isMarked?: boolean
  cell(row: Row, language: Language): Cell
}

/** A list that can be taken away as a file; each is handed in by the module it belongs to. */
export interface ExportSource<Filter = unknown, Row = unknown> {
  /** What the list may be narrowed by; a filter that is not so is refused. */
  filter: z.ZodType<Filter>
  /** What one must be allowed to read to export it; one of several is enough. */
  capability: Capability | readonly Capability[]
  /** What the list is: title of the sheet and name of the file. */
  title: Localized
  /** File name without ending, where it is not the title and the day. */
  name?(viewer: ExportViewer, filter: Filter): Promise<string>
  count(viewer: ExportViewer, filter: Filter): Promise<number>
  /** Whether the rows are one's own, or about nobody, so that nobody else need agree. */
  isOwn?(viewer: ExportViewer, filter: Filter): Promise<boolean>
  columns(
    viewer: ExportViewer,
    filter: Filter,
    language: Language,
  ): readonly ExportColumn<Row>[] | Promise<readonly ExportColumn<Row>[]>
  /** Whether the file is sent back mended: then it has neither title nor foot, and the marks stand in their column alone. */
  comesBack?: boolean
  rows(viewer: ExportViewer, filter: Filter): AsyncIterable<readonly Row[]>
  household?(row: Row): HouseholdOfRow | null | undefined
  /** Of a file that comes back: what stands above its head. */
  titleLine?(viewer: ExportViewer, filter: Filter): Promise<string | undefined>
  /** Sums of the screen that no column adds up to, one a line. */
  sums?(viewer: ExportViewer, filter: Filter): Promise<readonly Localized[]>
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

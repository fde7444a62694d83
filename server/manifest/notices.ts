import type { RawBuilder } from 'kysely'
import type { Viewer } from './tasks.ts'

export interface NoticeViewer extends Viewer {
  department: string | null
  /** Notices are no older than this. */
  since: string
  /** No more of a kind are read. */
  limit: number
}

/**
 * One kind of thing that somebody wants to know of, computed from what happened; nothing is stored of it. Brought by the module it
 * happened in.
 */
export interface NoticeDefinition {
  kind: string
  /**
   * A query of (county, household_id, subject text, at, what text, name text), the newest first and no more than the limit; undefined for
   * whom there never is one. Without a household, `name` says what it is about.
   */
  of(viewer: NoticeViewer): RawBuilder<unknown> | undefined
}

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    /** Every kind of notice, from the lowest module up. */
    notices: readonly NoticeDefinition[]
  }
}

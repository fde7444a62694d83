import type { IntakeHooks } from '#server/manifest/intake-hooks.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { Database } from '#server/platform/database/db.ts'
import type { Platform } from '#server/platform/platform.ts'

export type FeedsDeps = Pick<Platform, 'database' | 'clock' | 'vault' | 'log' | 'fileDirectory'> & {
  intake: IntakeHooks
  audit: Auditor
  /** Sees everything: for the set work that follows a person's decision. */
  work: Database
}

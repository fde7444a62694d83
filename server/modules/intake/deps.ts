import type { IntakeHooks } from '#server/manifest/intake-hooks.ts'
import type { FileInspection } from '#server/modules/readers/index.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { Database } from '#server/platform/database/db.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { BatchState } from './pipeline/intake.ts'

/** What is heavy about a file: looking into it before anything is known of it, and taking it in. */
export interface FileWork {
  inspect(ref: string, fileName: string): Promise<FileInspection>
  process(batchId: number): Promise<BatchState>
}

export type FeedsDeps = Pick<Platform, 'database' | 'clock' | 'vault' | 'log' | 'fileDirectory'> & {
  intake: IntakeHooks
  audit: Auditor
  /** Sees everything: for the set work that follows a person's decision. */
  work: Database
  /** Where files are looked into and taken in; in this process where it is left out. */
  fileWork?: FileWork | undefined
}

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    fileWork?: FileWork | undefined
  }
}

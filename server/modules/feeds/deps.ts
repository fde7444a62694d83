import type { IntakeHooks } from '#server/platform/intake-hooks.ts'
import type { Platform } from '#server/platform/platform.ts'

export type FeedsDeps = Pick<Platform, 'database' | 'clock' | 'vault' | 'log' | 'fileDirectory'> & {
  intake: IntakeHooks
}

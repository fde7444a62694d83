import { existsSync, renameSync, rmSync } from 'node:fs'
import { inject } from 'vitest'
import { initialiseEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { copyCluster } from './copy-cluster.ts'

/** Puts into a folder what its first start would make there: `startEmbeddedPostgres` finds a cluster that was never started. */
export function freshCluster(folder: string): void {
  const kept = inject('clusterFolder')
  if (!existsSync(kept)) keepOne(kept)
  copyCluster(kept, folder)
}

/** Where the run has no server of its own; the first to be done counts. */
function keepOne(kept: string) {
  const own = `${kept}-${process.pid}`
  initialiseEmbeddedPostgres(own)
  try {
    renameSync(own, kept)
  } catch {
    rmSync(own, { recursive: true, force: true })
  }
}

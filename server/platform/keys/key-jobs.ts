import { systemAuditor } from '../audit.ts'
import type { Jobs } from '../jobs.ts'
import type { Platform } from '../platform.ts'
import { isRotating } from './key-status.ts'
import { reencrypt } from './reencrypt.ts'

const queue = 're-encrypt'

/**
 * Follows the ring and seals everything anew once another key seals. What a killed process left, or what had to wait for a file
 * on its way, is taken up again at the start and every five minutes.
 */
export async function startKeyJobs(platform: Platform, jobs: Jobs): Promise<void> {
  const { database, keyRing, log } = platform
  await jobs.work(queue, async () => {
    if (!(await isRotating(database.db))) return
    const outcome = await reencrypt(platform)
    log.info({ outcome, key: keyRing.active() }, 're-encryption')
    if (outcome === 'done') {
      const object = { kind: 'key', ref: String(keyRing.active()) }
      await systemAuditor().record(database.db, { action: 'keys.retire-older', object })
    }
  })
  await jobs.daily(queue, '*/5 * * * *')
  if (await isRotating(database.db)) await jobs.send(queue, {})
  keyRing.follow(log, () => {
    jobs.send(queue, {}).catch((error) => log.error({ err: error }, queue))
  })
}

import { expect, vi } from 'vitest'
import type { Database } from '#server/platform/database/db.ts'

const name = 'process-to-be-killed'

/** Address of a database for a process that a test kills: its connections are known by their name. */
export function addressToKill(url: string): string {
  const address = new URL(url)
  address.searchParams.set('application_name', name)
  return address.href
}

/** The database notices a moment later that a process is gone; until then its last transaction may still end. */
export async function untilNoticed({ pool }: Database): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query(
        'select pid from pg_stat_activity where datname = current_database() and application_name = $1',
        [name],
      )
      expect(rows).toEqual([])
    },
    { timeout: 60_000, interval: 20 },
  )
}

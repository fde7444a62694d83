import { sql } from 'kysely'
import type { DataKey, KeyProgress, KeyStatus } from '#contract/protection/keys.ts'
import type { Db } from '../database/db.ts'

/** The keys, newest first, and how far the re-encryption under the newest has come. Nothing of a key itself. */
export async function describeKeys(db: Db): Promise<KeyStatus> {
  const keys = await sql<Omit<DataKey, 'left'>>`
    select id, made_at, made_by, active_from, retired_at,
      case when retired_at is not null then 'retired' when active_from > now() then 'coming'
        when id = max(id) filter (where active_from <= now()) over () then 'active' else 'retiring' end as state
    from data_key order by id desc`.execute(db)
  const progress = await sql<KeyProgress & { keyId: number }>`
    select key_id, place, done, total, finished_at from key_progress
    where key_id = (select max(key_id) from key_progress) order by place`.execute(db)
  const begun = progress.rows[0]?.keyId
  const left = progress.rows.reduce((sum, { done, total }) => sum + total - done, 0)
  const active = keys.rows.find(({ state }) => state === 'active')?.id
  return {
    keys: keys.rows.map((key) => ({
      ...key,
      left: key.state === 'retired' ? 0 : key.state === 'retiring' && begun === active ? left : null,
    })),
    progress: progress.rows.map(({ keyId: _, ...row }) => row),
  }
}

/** Whether a key waits for what is sealed with it to be sealed anew. */
export async function isRotating(db: Db): Promise<boolean> {
  const { rows } = await sql<{ rotating: boolean }>`
    select count(*) filter (where retired_at is null and active_from <= now()) > 1 as rotating from data_key`.execute(
    db,
  )
  return rows[0]?.rotating ?? false
}

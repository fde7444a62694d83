import { sql } from 'kysely'
import { countRetained, type RetentionPart } from '#server/manifest/retention.ts'

/** Telephones that were ordered to erase themselves; one in use is kept however old. */
const revokedDevices = (before: Date) => sql`
  select d.user_id, d.device, d.revoked_at as at from field_device d where d.revoked_at < ${before}`

export const deviceRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countRetained(db, revokedDevices(before)),
  async take({ db }, _files, before, limit) {
    const { numAffectedRows } = await sql`
      delete from field_device f using (${revokedDevices(before)} order by d.revoked_at, d.device limit ${limit}) d
      where f.user_id = d.user_id and f.device = d.device`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
}

import { sql } from 'kysely'
import { countRetained, type RetentionPart } from '#server/manifest/retention.ts'

/** Marks that a declaration came; its content became a report of the household, or is deleted. One nobody decided on yet is no mark. */
const takenDeclarations = (before: Date) => sql`
  select d.county, d.request, d.at from declaration d where d.at < ${before} and d.declared_cipher is null`

export const declarationRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countRetained(db, takenDeclarations(before)),
  async take({ db }, _files, before, limit) {
    const { numAffectedRows } = await sql`
      delete from declaration f using (${takenDeclarations(before)} order by d.at, d.request limit ${limit}) d
      where f.county = d.county and f.request = d.request`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
}

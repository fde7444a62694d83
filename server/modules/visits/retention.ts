import { sql } from 'kysely'
import { countRetained, type RetentionPart } from '#server/manifest/retention.ts'
import { removeStoredFile } from '#server/platform/files/file-store.ts'

/** Photos of visits that are decided, of households no case of which is running: what a case rests on may still be needed. */
const decidedPhotos = (before: Date) => sql`
  select f.county, f.id, f.file, f.at from visit_photo f join visit w on w.county = f.county and w.id = f.visit_id
  where f.at < ${before} and f.file is not null and w.state in ('decided', 'cancelled') and not exists (
    select from case_file c where c.county = f.county and c.household_id = f.household_id and c.state = 'running')`

/** Photos in the file store. Their own digest is that of what the device sent, not of what is kept. */
export const photoFiles = sql`select f.file as ref, null::text as sm3 from visit_photo f where f.file is not null`

export const photoRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countRetained(db, decidedPhotos(before)),
  async take({ db }, { fileDirectory }, before, limit) {
    const { rows } = await sql<{ county: number; id: string; file: string; at: string }>`
      ${decidedPhotos(before)} order by f.at, f.id limit ${limit} for update of f`.execute(db)
    for (const { file } of rows) await removeStoredFile(fileDirectory, file)
    await sql`
      delete from visit_photo f
      using unnest(${rows.map(({ county }) => county)}::int[], ${rows.map(({ id }) => id)}::uuid[]) x (county, id)
      where f.county = x.county and f.id = x.id`.execute(db)
    return rows.length
  },
}

/** Photos that were begun and never became whole. */
const unfinishedPhotos = (before: Date) => sql`
  select f.county, f.id, f.at from visit_photo f where f.at < ${before} and f.file is null`

export const unfinishedPhotoRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countRetained(db, unfinishedPhotos(before)),
  async take({ db }, _files, before, limit) {
    const { rows } = await sql<{ id: string }>`
      with due as (${unfinishedPhotos(before)} order by f.at, f.id limit ${limit} for update), parts as (
        delete from visit_photo_part p using due where p.county = due.county and p.photo_id = due.id)
      delete from visit_photo f using due where f.county = due.county and f.id = due.id returning f.id`.execute(
      db,
    )
    return rows.length
  },
}

/** Signatures and positions of reports; what was found stays. */
const traces = (before: Date) => sql`
  select r.county, r.report, r.reported_at as at from visit_report r
  where r.reported_at < ${before} and (r.signatures_cipher is not null or r.latitude is not null)`

export const visitTraceRetention: RetentionPart = {
  role: 'work',
  findDue: (db, before) => countRetained(db, traces(before)),
  async take({ db }, _files, before, limit) {
    const { numAffectedRows } = await sql`
      update visit_report r set signatures_cipher = null, latitude = null, longitude = null, accuracy_metres = null
      from (${traces(before)} order by r.reported_at, r.report limit ${limit}) d
      where r.county = d.county and r.report = d.report`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
}

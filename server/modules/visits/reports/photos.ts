import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { withoutTraces } from '#contract/photo.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { openStoredFile, removeStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import type { StreamHandler } from '#server/platform/http/stream-route.ts'
import { findVisitRecord, type VisitRecord } from '../queries.ts'
import type { VisitDeps } from '../view.ts'

/** Larger than any telephone makes after compression, small enough for memory. */
const mostBytes = 4 * 1024 * 1024
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Photo {
  size: number
  received: number
  sha256: string
  file: string | null
}

export interface PhotoPart {
  visit: string
  photo: string
  size: number
  offset: number
  sha256: string
}

/**
 * Takes in a part of a photo and puts the photo together once the last byte is there. A part that came before is answered like the
 * first time. Throws `not-found`; `not-allowed` (no report of the sender announced it); `photo-offset` with where to go on; `photo-wrong` (digest or size do not fit: the photo begins
 * anew), `file-too-large`.
 */
export async function takePhotoPart(
  deps: VisitDeps,
  scope: AreaScope,
  me: { userId: string },
  part: PhotoPart,
  bytes: Buffer,
): Promise<{ id: string; size: number; received: number }> {
  try {
    return await addPart(deps, scope, me, part, bytes)
  } catch (error) {
    if (error instanceof AppError && error.code === 'photo-wrong') await beginAnew(deps, scope, part)
    throw error
  }
}

/** What arrived does not make the photo that was promised: all of it is sent again. */
async function beginAnew(
  { database }: VisitDeps,
  scope: AreaScope,
  { visit: id, photo, size, sha256 }: PhotoPart,
) {
  await inTransaction(database, async ({ db }) => {
    const visit = await findVisitRecord(db, scope, id)
    if (!visit) return
    await sql`delete from visit_photo_part where county = ${visit.county} and photo_id = ${photo}::uuid`.execute(
      db,
    )
    await sql`update visit_photo set received = 0, size = ${size}, sha256 = ${sha256}
      where county = ${visit.county} and id = ${photo}::uuid and visit_id = ${id}::uuid and file is null`.execute(
      db,
    )
  })
}

async function addPart(
  deps: VisitDeps,
  scope: AreaScope,
  me: { userId: string },
  part: PhotoPart,
  bytes: Buffer,
): Promise<{ id: string; size: number; received: number }> {
  const { photo, size, offset, sha256 } = part
  if (size > mostBytes) throw new AppError('file-too-large', { maxBytes: mostBytes })
  return inTransaction(deps.database, async ({ db }) => {
    const visit = await findVisitRecord(db, scope, part.visit)
    if (!visit) throw new AppError('not-found', { what: 'visit' })
    if (!(await isAnnounced(db, visit, me.userId, photo))) throw new AppError('not-allowed', { photo })
    const known = await lockPhoto(deps, db, visit, me.userId, part)
    if (known.size !== size || known.sha256 !== sha256) throw new AppError('photo-wrong', { photo })
    const received = known.file ? known.size : known.received
    deps.audit.nothing()
    if (offset + bytes.length <= received) return { id: photo, size, received }
    if (offset !== received || offset + bytes.length > size) throw new AppError('photo-offset', { received })
    await sql`
      insert into visit_photo_part (county, photo_id, household_id, village, from_byte, content_cipher)
      values (${visit.county}, ${photo}::uuid, ${visit.householdId}, ${visit.village}, ${offset},
        ${deps.vault.encrypt(bytes.toString('base64'))})`.execute(db)
    const now = offset + bytes.length
    await sql`update visit_photo set received = ${now} where county = ${visit.county} and id = ${photo}::uuid`.execute(
      db,
    )
    if (now === size) await assemble(deps, db, visit, part)
    return { id: photo, size, received: now }
  })
}

/** Evidence comes from who was there, and only what the report promised: nobody adds to it after the decision. */
async function isAnnounced(db: Db, { county, id }: VisitRecord, userId: string, photo: string) {
  const { rows } = await sql`
    select from visit_report where county = ${county} and visit_id = ${id}::uuid and by_user = ${userId}
      and ${photo}::uuid = any(photos)`.execute(db)
  return rows.length > 0
}

async function lockPhoto(
  { clock }: VisitDeps,
  db: Db,
  { county, id, householdId, village }: VisitRecord,
  userId: string,
  { photo, size, sha256 }: PhotoPart,
): Promise<Photo> {
  await sql`
    insert into visit_photo (county, id, household_id, village, visit_id, size, sha256, taken_by, at)
    values (${county}, ${photo}::uuid, ${householdId}, ${village}, ${id}::uuid, ${size}, ${sha256}, ${userId},
      ${clock.now()})
    on conflict (county, id) do nothing`.execute(db)
  const { rows } = await sql<Photo>`
    select size, received, sha256, file from visit_photo
    where county = ${county} and id = ${photo}::uuid and visit_id = ${id}::uuid for update`.execute(db)
  const [found] = rows
  if (!found) throw new AppError('not-found', { what: 'photo' })
  return found
}

/** The file is kept before its parts go; a process killed between the two keeps both, and the photo is requested again. */
async function assemble(
  { vault, fileDirectory, audit }: VisitDeps,
  db: Db,
  visit: VisitRecord,
  { photo, sha256 }: PhotoPart,
) {
  const { rows } = await sql<{ contentCipher: Buffer }>`
    select content_cipher from visit_photo_part where county = ${visit.county} and photo_id = ${photo}::uuid
    order by from_byte`.execute(db)
  const whole = Buffer.concat(
    rows.map(({ contentCipher }) => Buffer.from(vault.decrypt(contentCipher), 'base64')),
  )
  // The telephone drew it anew already; another sender may not have.
  const bare = hash('sha256', whole) === sha256 ? withoutTraces(whole) : undefined
  if (!bare) throw new AppError('photo-wrong', { photo })
  const stored = await storeFile(fileDirectory, vault.fileKeys(), Readable.from([Buffer.from(bare)]))
  try {
    await sql`update visit_photo set file = ${stored.ref} where county = ${visit.county}
      and id = ${photo}::uuid`.execute(db)
    await sql`delete from visit_photo_part where county = ${visit.county} and photo_id = ${photo}::uuid`.execute(
      db,
    )
    await audit.record(db, {
      action: 'visits.photo',
      object: { kind: 'visit', ref: visit.id },
      household: visit.ref,
      after: { photo, bytes: whole.length },
    })
  } catch (error) {
    await removeStoredFile(fileDirectory, stored.ref)
    throw error
  }
}

/** `PUT /visits/{id}/photos/{photo}`. */
export const photoPartStream: StreamHandler = async ({ deps, me, scope, params, query, body }) => {
  const part = {
    visit: params.id ?? '',
    photo: params.photo ?? '',
    size: Number(query.size),
    offset: Number(query.offset),
    sha256: query.sha256 ?? '',
  }
  const fits =
    [part.visit, part.photo].every((ref) => uuid.test(ref)) &&
    [part.size, part.offset].every((n) => Number.isSafeInteger(n) && n >= 0) &&
    part.size > 0 &&
    /^[0-9a-f]{64}$/.test(part.sha256)
  if (!fits) throw new AppError('bad-request', { photo: part.photo })
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > mostBytes) throw new AppError('file-too-large', { maxBytes: mostBytes })
    chunks.push(chunk)
  }
  const answer = await takePhotoPart(deps, scope, me, part, Buffer.concat(chunks))
  return { type: 'application/json', body: JSON.stringify(answer) }
}

/** `GET /visits/{id}/photos/{photo}`. */
export const photoStream: StreamHandler = async ({ deps, scope, params }) => {
  const { id = '', photo = '' } = params
  if (![id, photo].every((ref) => uuid.test(ref))) throw new AppError('not-found', { what: 'photo' })
  const { db } = deps.database
  const visit = await findVisitRecord(db, scope, id)
  const { rows } = await sql<{ file: string | null }>`
    select file from visit_photo where county = ${visit?.county ?? 0} and id = ${photo}::uuid
      and visit_id = ${id}::uuid`.execute(db)
  if (!visit || !rows[0]?.file) throw new AppError('not-found', { what: 'photo' })
  const stored = await openStoredFile(deps.fileDirectory, deps.vault.fileKeys(), rows[0].file)
  try {
    const content = await stored.read(0, stored.size)
    await deps.audit.record(db, {
      action: 'streams.photo',
      object: { kind: 'visit', ref: id },
      household: visit.ref,
      count: 1,
    })
    return { type: 'image/jpeg', body: content }
  } finally {
    await stored.close()
  }
}

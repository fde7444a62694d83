import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RetentionPart } from '#server/manifest/retention.ts'
import { declarationRetention } from '#server/modules/contact/declarations/retention.ts'
import { deviceRetention } from '#server/modules/field/retention.ts'
import {
  photoRetention,
  unfinishedPhotoRetention,
  visitTraceRetention,
} from '#server/modules/visits/retention.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { openStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'

type World = Awaited<ReturnType<typeof openOwnHousehold>>
let world: World
let visitor: string
const before = new Date('2019-01-01T00:00:00Z')
const [old, fresh] = ['2018-06-01T00:00:00Z', '2019-06-01T00:00:00Z']

beforeAll(async () => {
  world = await openOwnHousehold()
  visitor = await world.idOf('chengguan-cun')
}, 60_000)
afterAll(() => world.close())

const rows = async <R extends object>(text: string, values: unknown[] = []) =>
  (await world.t.database.pool.query<R>(text, values)).rows
const place = () => [world.own.county, world.own.id, world.own.village] as const

/** What the report counts and what the job takes, chunk by chunk, under the role the job runs as. */
async function apply(part: RetentionPart): Promise<{ due: number; taken: number[] }> {
  const { database, fileDirectory } = world.server.services
  const { due } = await part.findDue(database.db, before)
  const taken: number[] = []
  do taken.push(await inTransaction(database, (session) => part.take(session, { fileDirectory }, before, 1)))
  while ((taken.at(-1) ?? 0) > 0)
  expect(await part.findDue(database.db, before)).toEqual({ due: 0, oldest: null })
  return { due, taken }
}

async function addVisit(state: 'decided' | 'reported'): Promise<string> {
  const [made] = await rows<{ id: string }>(
    `insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on, decided_by,
      decided_at)
     values ($1, $2, $3, 'routine', $4, $5, $6, '2018-06-01', $7, $8) returning id`,
    [
      ...place(),
      ...[state, visitor, old],
      ...(state === 'decided' ? [await world.idOf('chengguan'), old] : [null, null]),
    ],
  )
  return made?.id ?? ''
}

async function addPhoto(
  visit: string,
  at: string,
  whole = true,
): Promise<{ id: string; file: string | null }> {
  const { fileDirectory, vault } = world.server.services
  const body = Readable.from([Buffer.from([0xff, 0xd8, 1])])
  const file = whole ? (await storeFile(fileDirectory, vault.fileKeys(), body)).ref : null
  const id = randomUUID()
  await rows(
    `insert into visit_photo (county, id, household_id, village, visit_id, size, received, sha256, file, taken_by, at)
     values ($1, $2, $3, $9, $4, 3, $5, 'x', $6, $7, $8)`,
    [world.own.county, id, world.own.id, visit, whole ? 3 : 1, file, visitor, at, world.own.village],
  )
  if (!whole)
    await rows(
      `insert into visit_photo_part (county, photo_id, household_id, village, from_byte, content_cipher)
        values ($1, $2, $3, $5, 0, $4)`,
      [world.own.county, id, world.own.id, vault.encrypt('x'), world.own.village],
    )
  return { id, file }
}
const isKept = async (file: string | null) => {
  const { fileDirectory, vault } = world.server.services
  return openStoredFile(fileDirectory, vault.fileKeys(), file ?? '').then(
    async (stored) => {
      await stored.close()
      return true
    },
    () => false,
  )
}

test('photos of decided visits go with their files; those of an open visit, a running case or of late stay', async () => {
  const [decided, open] = [await addVisit('decided'), await addVisit('reported')]
  const [gone, alsoGone] = [await addPhoto(decided, old), await addPhoto(decided, old)]
  const kept = [await addPhoto(decided, fresh), await addPhoto(open, old)]
  const piece = await addPhoto(decided, old, false)
  const freshPiece = await addPhoto(decided, fresh, false)

  await rows(
    `insert into case_file (county, household_id, village, kind, state, step, causes, opened_on, due_on, total_due_on,
      pack)
     values ($1, $2, $3, 'identification', 'running', 'review', '{illness}', '2018-06-01', '2018-06-05', '2018-06-20',
       'anhui-2020')`,
    [...place()],
  )
  expect(await apply(photoRetention)).toEqual({ due: 0, taken: [0] })
  await rows(`update case_file set state = 'dropped', step = null, due_on = null, closed_on = '2018-07-01'`)

  expect(await apply(photoRetention)).toEqual({ due: 2, taken: [1, 1, 0] })
  expect(await Promise.all([gone, alsoGone, ...kept].map(({ file }) => isKept(file)))).toEqual([
    ...[false, false, true, true],
  ])
  expect(await apply(unfinishedPhotoRetention)).toEqual({ due: 1, taken: [1, 0] })
  expect(await rows('select photo_id as id from visit_photo_part')).toEqual([{ id: freshPiece.id }])
  const left = (await rows<{ id: string }>('select id from visit_photo')).map(({ id }) => id)
  expect(left.toSorted()).toEqual([...kept, freshPiece].map(({ id }) => id).toSorted())
  expect(left).not.toContain(piece.id)
})

test('signatures and positions are erased, what was found is not', async () => {
  const visit = await addVisit('decided')
  for (const at of [old, fresh])
    await rows(
      `insert into visit_report (county, visit_id, household_id, village, report, by_user, reported_at, started_at,
        ended_at,
         clock_ahead_seconds, second_visitor, remark, latitude, longitude, accuracy_metres, new_risks,
         signatures_cipher)
       values ($1, $2, $3, $7, gen_random_uuid(), $4, $5, $5, $5, 0, '某人', '屋顶漏雨', 33.06, 115.27, 8, '[]', $6)`,
      [
        world.own.county,
        visit,
        world.own.id,
        visitor,
        at,
        world.server.services.vault.encrypt('[]'),
        world.own.village,
      ],
    )
  expect(await apply(visitTraceRetention)).toEqual({ due: 1, taken: [1, 0] })
  expect(
    await rows(
      `select remark, latitude is null as moved, signatures_cipher is null as unsigned from visit_report
        order by reported_at`,
    ),
  ).toEqual([
    { remark: '屋顶漏雨', moved: true, unsigned: true },
    { remark: '屋顶漏雨', moved: false, unsigned: false },
  ])
})

test('revoked telephones and marks of declarations go, those in use or waiting stay', async () => {
  for (const [n, revoked] of [old, fresh, null].entries())
    await rows(
      `insert into field_device (device, user_id, token_digest, name, registered_at, revoked_at)
       values (gen_random_uuid(), $1, $2, '', $3, $4)`,
      [visitor, `digest ${n}`, old, revoked],
    )
  expect(await apply(deviceRetention)).toEqual({ due: 1, taken: [1, 0] })
  expect(await rows('select from field_device')).toHaveLength(2)

  for (const [at, outcome] of [
    [old, 'joined'],
    [old, 'dismissed'],
    [old, 'waiting'],
    [old, 'unmatched'],
    [fresh, 'lapsed'],
  ])
    await rows(
      `insert into declaration (county, request, village, at, declared_cipher, outcome)
       values ($1, gen_random_uuid(), $2, $3, $4, $5)`,
      [
        ...[world.own.county, world.own.village, at],
        ...[
          /waiting|unmatched/.test(String(outcome)) ? world.server.services.vault.encrypt('{}') : null,
          outcome,
        ],
      ],
    )
  expect(await apply(declarationRetention)).toEqual({ due: 2, taken: [1, 1, 0] })
  expect(await rows('select outcome from declaration order by outcome')).toEqual([
    { outcome: 'lapsed' },
    { outcome: 'unmatched' },
    { outcome: 'waiting' },
  ])
})

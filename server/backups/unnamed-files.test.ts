import { readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { storeFile } from '#server/platform/files/file-store.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { csvOf, openIntake, registerPeople, settlement, type TestIntake } from '#test/harness/intake.ts'
import { commandLine } from '../modules/intake/receiving/import-file.ts'
import { receiveFile } from '../modules/intake/receiving/receive-file.ts'
import { removeUnnamed } from './unnamed-files.ts'

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

it('takes away what no row names and nobody is sending any more, and leaves the rest', async () => {
  const [person] = await registerPeople(t.database, intake, 1)
  if (!person) throw new Error('no people')
  const { fileDirectory: folder, vault } = intake.deps
  const sealed = () => readdirSync(folder).filter((name) => name.endsWith('.sealed'))
  const body = Readable.from([Buffer.from(csvOf('medical-settlement', [settlement(person, 'A')]))])
  await receiveFile(intake.deps, commandLine, { name: 'A.csv', body })
  const named = sealed()
  // Kept by processes that were killed before they wrote its row: one long ago, one just now.
  const [old, young] = await Promise.all(
    ['old', 'young'].map((text) => storeFile(folder, vault.fileKeys(), Readable.from([Buffer.from(text)]))),
  )
  const before = new Date(Date.now() - 2 * 3_600_000)
  for (const name of [...named, `${old?.ref}.sealed`]) utimesSync(path.join(folder, name), before, before)
  expect(await removeUnnamed(t.database.db, folder, 3_600_000)).toBe(1)
  expect(sealed().toSorted()).toEqual([...named, `${young?.ref}.sealed`].toSorted())
  expect(readdirSync(folder).filter((name) => name.startsWith(old?.ref ?? ''))).toEqual([])
})

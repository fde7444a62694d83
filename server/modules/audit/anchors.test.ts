import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemAuditor } from '#server/platform/audit.ts'
import { newSigningKey, signerOf } from '#server/platform/keys/signer.ts'
import { openTestDatabase, type TestDatabase, testMasterKey, testVault } from '#test/harness/database.ts'
import { openKeyRing, prepareKeyRing } from '../../platform/keys/key-ring.ts'
import { type Anchors, anchorFileIn, fileAnchors, readAnchors } from './chain/anchors.ts'
import { publishAnchors } from './chain/published-anchors.ts'
import { sealPending } from './chain/sealing.ts'
import { chainStatus } from './chain/status.ts'
import { verifyAnchors } from './chain/verify.ts'

const root = path.resolve(import.meta.dirname, '../../..')
let t: TestDatabase
let folder: string
let second: string
const signer = signerOf(newSigningKey())

beforeEach(async () => {
  t = await openTestDatabase()
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-anchors-'))
  second = path.join(folder, 'second')
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await t.close()
})

const openAnchors = () => fileAnchors(anchorFileIn(folder), { signer, copyTo: second })
const copyFile = () => path.join(second, readdirSync(second).find((name) => name.endsWith('.log')) ?? '')

/** So many entries, each sealed and anchored by itself. */
async function work(anchors: Anchors, entries: number) {
  for (let i = 0; i < entries; i++) {
    await systemAuditor().record(t.database.db, { action: 'x.y', reason: String(i) })
    await sealPending({ database: t.database, vault: testVault, anchors })
    anchors.flush()
  }
  return anchors.copied()
}
const asOwner = (...statements: string[]) =>
  t.database.pool.query(
    ['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join('; '),
  )
const faults = async (file: string, publicKey = signer.publicKey) =>
  (await verifyAnchors(t.database.db, readAnchors(file), publicKey)).faults

it('shows from the second place alone that the tail was cut here, file and all', async () => {
  await work(openAnchors(), 6)
  expect(await faults(copyFile())).toEqual([])
  // The owner of the database, with the master key and the anchors of this machine.
  await asOwner('delete from audit_seal where seq > 3', 'delete from audit_entry where id > 3')
  const here = readFileSync(anchorFileIn(folder), 'utf8').split('\n').filter(Boolean)
  writeFileSync(anchorFileIn(folder), `${here.slice(0, 3).join('\n')}\n`)
  expect(await faults(anchorFileIn(folder))).toEqual([])
  expect(await faults(copyFile())).toEqual([{ what: 'cut', entry: null, seq: 6 }])
  // It goes on, and other entries take the places of those that are gone.
  await work(openAnchors(), 4)
  const found = await faults(copyFile())
  expect(found.map(({ what, seq }) => [what, seq])).toEqual([
    ['changed', 4],
    ['changed', 5],
    ['changed', 6],
  ])
})

it('tells anchors that were made up or changed, and seals taken from the middle', async () => {
  await work(openAnchors(), 3)
  const text = readFileSync(copyFile(), 'utf8')
  const other = signerOf(newSigningKey())
  expect((await faults(copyFile(), other.publicKey)).map(({ what }) => what)).toEqual([
    'forged',
    'forged',
    'forged',
  ])
  writeFileSync(copyFile(), text.replaceAll(/ 3 ([0-9a-f]{64})/g, ` 2 ${'ab'.repeat(32)}`))
  expect((await faults(copyFile())).map(({ what, seq }) => [what, seq])).toEqual([
    ['forged', 2],
    ['changed', 2],
  ])
  writeFileSync(copyFile(), text)
  await asOwner('delete from audit_seal where seq = 2')
  expect((await faults(copyFile())).map(({ what, seq }) => [what, seq])).toEqual([
    ['removed', 2],
    ['removed', null],
  ])
})

it('brings a second place up to date that was away, and says so on the page until then', async () => {
  mkdirSync(path.dirname(second), { recursive: true })
  writeFileSync(second, 'no folder')
  const anchors = openAnchors()
  const lost = await work(anchors, 2)
  expect(lost).toMatchObject({ last: { seq: 2 }, copied: undefined })
  await publishAnchors(t.database, lost)
  expect((await chainStatus(t.database.db, signer)).anchors).toMatchObject({
    ...{ last: { seq: 2 }, copied: null },
    ...{ problem: expect.stringContaining('EEXIST'), publicKey: expect.stringMatching(/^[0-9a-f]{16}$/) },
  })
  rmSync(second)
  const back = await work(anchors, 1)
  await publishAnchors(t.database, back)
  expect((await chainStatus(t.database.db)).anchors).toMatchObject({ copied: { seq: 3 }, problem: null })
  expect(readAnchors(copyFile()).map(({ seq }) => seq)).toEqual([1, 2, 3])
  // What a full disk left of a line is none, and spoils no other; a server that starts anew adds what is missing and nothing twice.
  appendFileSync(anchorFileIn(folder), '2020-03-10T00:00:00Z 4 abc')
  await work(openAnchors(), 1)
  expect(readAnchors(copyFile()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(await faults(copyFile())).toEqual([])
})

it('is verified on the command line without the master key', async () => {
  await prepareKeyRing(t.database, testMasterKey)
  const ring = await openKeyRing(t.database, testMasterKey)
  await work(fileAnchors(anchorFileIn(folder), { signer: ring.signer, copyTo: second }), 3)
  ring.close()
  const publicKey = copyFile().replace(/\.log$/, '.pub.pem')
  expect(existsSync(publicKey)).toBe(true)
  const verify = () =>
    spawnSync(
      process.execPath,
      [
        ...['server/cli.ts', 'audit', 'verify', '--database', t.database.url, '--json'],
        ...['--anchors', copyFile(), '--public-key', publicKey],
      ],
      {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, SHOUWANG_DATA: path.join(folder, 'none') },
      },
    )
  expect(JSON.parse(verify().stdout)).toMatchObject({ checked: 3, ok: true })
  await asOwner('delete from audit_seal where seq = 3')
  chmodSync(copyFile(), 0o400)
  const cut = verify()
  expect(JSON.parse(cut.stdout)).toMatchObject({ ok: false, faults: [{ what: 'cut', seq: 3 }] })
  expect(cut.status).toBe(3)
  expect(existsSync(path.join(folder, 'none'))).toBe(false)
})

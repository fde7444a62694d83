import { hash, randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derivedKeys, openVault, vaultOf } from '../keys/crypto.ts'
import { isFileKeyCurrent, rewrapFileKey } from './file-keys.ts'
import { clearUnfinishedFiles, openStoredFile, removeStoredFile, storeFile } from './file-store.ts'

const keys = openVault(Buffer.alloc(32, 3)).fileKeys()
const chunk = 256 * 1024
const fixtures = join(import.meta.dirname, 'fixtures')
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'file-store-'))
})
afterAll(() => rm(dir, { recursive: true }))

async function contentOf(ref: string) {
  const file = await openStoredFile(dir, keys, ref)
  return buffer(file.stream()).finally(() => file.close())
}

const compressible = Buffer.from('姓名,证件号码,医疗费总额\r\n'.repeat(40_000))
const store = (bytes: Buffer) => storeFile(dir, keys, Readable.from([bytes]))

describe('file store', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([7])],
    ['exactly one chunk', randomBytes(chunk)],
    ['compressible chunks and a rest', compressible],
    ['incompressible chunks and a rest', randomBytes(3 * chunk + 17)],
  ])('gives back %s, with size and SM3', async (_, bytes) => {
    const { ref, size, sm3 } = await store(bytes)
    expect({ size, sm3 }).toEqual({ size: bytes.length, sm3: hash('sm3', bytes) })
    expect((await contentOf(ref)).equals(bytes)).toBe(true)
  })

  it('reads any range', async () => {
    const bytes = randomBytes(2 * chunk + 999)
    const { ref } = await store(bytes)
    const file = await openStoredFile(dir, keys, ref)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length + 9), fc.nat(chunk + 9), async (offset, length) => {
        expect((await file.read(offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(true)
      }),
      { numRuns: 60 },
    )
    await file.close()
  })

  it('leaves no plaintext on disk', async () => {
    const { ref } = await store(Buffer.from('341221190001010019'))
    expect((await readFile(join(dir, `${ref}.sealed`))).includes('3412211900')).toBe(false)
  })

  it('refuses any changed byte, a cut, swapped chunks, another file under the name, another key', async () => {
    const bytes = randomBytes(2 * chunk)
    const { ref } = await store(bytes)
    const path = join(dir, `${ref}.sealed`)
    const sealed = await readFile(path)
    const length = chunk + 33
    const swapped = Buffer.concat([
      sealed.subarray(length, 2 * length),
      sealed.subarray(0, length),
      sealed.subarray(2 * length),
    ])
    const changed = (at: number) => Buffer.from(sealed.map((byte, i) => (i === at ? byte ^ 1 : byte)))
    const wrong = [
      ...[0, chunk, chunk + 5, sealed.length - 40, sealed.length - 2].map(changed),
      sealed.subarray(0, -1),
      sealed.subarray(0, length),
      Buffer.alloc(0),
      swapped,
    ]
    for (const bad of wrong) {
      await writeFile(path, bad)
      await expect(contentOf(ref)).rejects.toMatchObject({ code: 'file-damaged' })
    }
    await writeFile(path, sealed)
    expect((await contentOf(ref)).equals(bytes)).toBe(true)
    const foreign = openVault(Buffer.alloc(32, 4)).fileKeys()
    await expect(openStoredFile(dir, foreign, ref)).rejects.toMatchObject({ code: 'key-wrong' })
    const other = await store(randomBytes(2 * chunk))
    await rename(path, join(dir, `${other.ref}.sealed`))
    await expect(contentOf(other.ref)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('calls a damaged key of a file damaged, and a whole one that nothing opens wrong', async () => {
    const { ref } = await store(randomBytes(100))
    const path = join(dir, `${ref}.key`)
    const key = await readFile(path)
    for (let at = 0; at < key.length; at++) {
      await writeFile(path, Buffer.from(key.map((byte, i) => (i === at ? byte ^ 1 : byte))))
      await expect(contentOf(ref)).rejects.toMatchObject({ code: 'file-damaged' })
    }
    for (const cut of [0, 1, 90, 98, key.length - 1]) {
      await writeFile(path, key.subarray(0, cut))
      await expect(contentOf(ref)).rejects.toMatchObject({ code: 'file-damaged' })
    }
    // As it was written before keys had a sum.
    await writeFile(path, key.subarray(0, -8))
    expect(await contentOf(ref)).toHaveLength(100)
  })

  it('opens a file from before each had a key of its own, and gives it one', async () => {
    const { ref } = JSON.parse(await readFile(join(fixtures, 'file.json'), 'utf8')) as { ref: string }
    await copyFile(join(fixtures, `${ref}.sealed`), join(dir, `${ref}.sealed`))
    expect((await contentOf(ref)).toString()).toBe('姓名,证件号码\n张测试,341221190001010019\n')
    await rewrapFileKey(dir, keys, ref)
    expect(await isFileKeyCurrent(dir, keys, ref)).toBe(true)
    expect((await contentOf(ref)).toString()).toContain('张测试')
  })

  it('wraps the keys of files anew under another data key, and leaves the files as they are', async () => {
    const { ref } = await store(compressible)
    const sealed = await readFile(join(dir, `${ref}.sealed`))
    const first = derivedKeys(Buffer.alloc(32, 3))
    const data = new Map([...first.data, [2, randomBytes(48)] as const])
    const next = vaultOf({ ...first, active: 2, data }).fileKeys()
    expect(await isFileKeyCurrent(dir, next, ref)).toBe(false)
    await rewrapFileKey(dir, next, ref)
    expect(await isFileKeyCurrent(dir, next, ref)).toBe(true)
    expect((await readFile(join(dir, `${ref}.sealed`))).equals(sealed)).toBe(true)
    await expect(openStoredFile(dir, keys, ref)).rejects.toMatchObject({ code: 'key-wrong' })
    const file = await openStoredFile(dir, next, ref)
    expect((await buffer(file.stream()).finally(() => file.close())).equals(compressible)).toBe(true)
  })

  it('keeps nothing of a source that breaks or is too long, and clears what a killed process left', async () => {
    const before = await readdir(dir)
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(2 * chunk)
        throw new Error('connection lost')
      })(),
    )
    await expect(storeFile(dir, keys, broken)).rejects.toThrow('connection lost')
    await expect(storeFile(dir, keys, Readable.from([randomBytes(2000)]), 1999)).rejects.toMatchObject({
      code: 'file-too-large',
    })
    expect(await readdir(dir)).toEqual(before)
    expect(await readdir(join(dir, 'partial'))).toEqual([])
    await writeFile(join(dir, 'partial', 'left'), 'x')
    // What is being received somewhere else is young, and stays.
    await clearUnfinishedFiles(dir)
    expect(await readdir(join(dir, 'partial'))).toEqual(['left'])
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    await utimes(join(dir, 'partial', 'left'), longAgo, longAgo)
    await clearUnfinishedFiles(dir)
    expect(await readdir(join(dir, 'partial'))).toEqual([])
  })

  it('knows no file it does not have, and no path for a reference', async () => {
    const { ref } = await store(Buffer.from('x'))
    await removeStoredFile(dir, ref)
    for (const unknown of [ref, '../../etc/passwd']) {
      await expect(openStoredFile(dir, keys, unknown)).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

import { hash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearUnfinishedFiles, openStoredFile, removeStoredFile, storeFile } from './file-store.ts'

const keys = { cipherKey: Buffer.alloc(16, 3), macKey: Buffer.alloc(32, 4) }
const chunk = 256 * 1024
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
      await expect(contentOf(ref)).rejects.toMatchObject({ code: 'key-wrong' })
    }
    await writeFile(path, sealed)
    expect((await contentOf(ref)).equals(bytes)).toBe(true)
    await expect(openStoredFile(dir, { ...keys, macKey: Buffer.alloc(32) }, ref)).rejects.toMatchObject({
      code: 'key-wrong',
    })
    const other = await store(randomBytes(2 * chunk))
    await rename(path, join(dir, `${other.ref}.sealed`))
    await expect(contentOf(other.ref)).rejects.toMatchObject({ code: 'key-wrong' })
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
    await clearUnfinishedFiles(dir)
    expect(await readdir(dir)).not.toContain('partial')
  })

  it('knows no file it does not have, and no path for a reference', async () => {
    const { ref } = await store(Buffer.from('x'))
    await removeStoredFile(dir, ref)
    for (const unknown of [ref, '../../etc/passwd']) {
      await expect(openStoredFile(dir, keys, unknown)).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

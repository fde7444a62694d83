import { hash, hkdfSync, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../errors.ts'

/**
 * Every received file has a key of its own, kept beside it under the data key: `REF.sealed` and `REF.key`. A change of the data
 * key wraps these few bytes anew and leaves the files as they are.
 */
export interface FileKeys {
  /** What the key of a file without `.key` derives from: files received before each had one. */
  cipherKey: Buffer
  macKey: Buffer
  /** Seals a file's key with the active data key. */
  wrap(key: Buffer): Buffer
  /** Throws where the wrapped key fits no data key. */
  unwrap(wrapped: Buffer): Buffer
  /** Whether it was sealed with the active data key. */
  isCurrent(wrapped: Buffer): boolean
}

const keyLength = 48

export const sealedPath = (dir: string, ref: string) => join(dir, `${ref}.sealed`)
export const keyPath = (dir: string, ref: string) => join(dir, `${ref}.key`)
export const partialPath = (dir: string, name: string) => join(dir, 'partial', name)

export const newFileKey = () => randomBytes(keyLength)

/** Cipher key (16 bytes) and MAC key (32) of a file. */
export async function readFileKey(dir: string, keys: FileKeys, ref: string): Promise<Buffer> {
  const wrapped = await readWrapped(dir, ref)
  if (!wrapped) return derivedKey(keys, ref)
  const whole = withoutSum(wrapped)
  if (!whole) throw new AppError('file-damaged', { ref, chunk: 'key' })
  try {
    return keys.unwrap(whole)
  } catch (cause) {
    throw new AppError('key-wrong', { ref, chunk: 'key' }, cause)
  }
}

const sumLength = 8
/** Bytes of a wrapped key with its sum behind it; keys from before there was one are shorter. */
const lengthWithSum = 105
const sumOf = (wrapped: Buffer) => hash('sm3', wrapped, 'buffer').subarray(0, sumLength)

/** The wrapped key as it was written: its sum tells a damaged one from one that another master key wrapped. */
function withoutSum(bytes: Buffer): Buffer | undefined {
  if (bytes.length < lengthWithSum) return bytes.length === lengthWithSum - sumLength ? bytes : undefined
  const wrapped = bytes.subarray(0, -sumLength)
  return bytes.length === lengthWithSum && sumOf(wrapped).equals(bytes.subarray(-sumLength))
    ? wrapped
    : undefined
}

function derivedKey(keys: FileKeys, ref: string): Buffer {
  return Buffer.concat([
    Buffer.from(hkdfSync('sm3', keys.cipherKey, ref, 'file-cipher', 16)),
    Buffer.from(hkdfSync('sm3', keys.macKey, ref, 'file-mac', 32)),
  ])
}

async function readWrapped(dir: string, ref: string): Promise<Buffer | undefined> {
  return readFile(keyPath(dir, ref)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** The key file appears whole or keeps what it was. */
export async function writeFileKey(dir: string, keys: FileKeys, ref: string, key: Buffer) {
  await mkdir(join(dir, 'partial'), { recursive: true, mode: 0o700 })
  const partial = partialPath(dir, `${ref}.key`)
  const handle = await open(partial, 'w', 0o600)
  try {
    const wrapped = keys.wrap(key)
    await writeWhole(handle, Buffer.concat([wrapped, sumOf(wrapped)]))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(partial, keyPath(dir, ref))
}

export async function writeWhole(handle: FileHandle, bytes: Buffer) {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten
  }
}

/** References of the stored files; read as they come, so that a million of them take no memory. */
export async function* listStoredFiles(dir: string): AsyncGenerator<string> {
  const folder = await opendir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!folder) return
  for await (const { name } of folder) if (name.endsWith('.sealed')) yield name.slice(0, -'.sealed'.length)
}

/** Whether the file's key is wrapped by the active data key. */
export async function isFileKeyCurrent(dir: string, keys: FileKeys, ref: string): Promise<boolean> {
  const wrapped = await readWrapped(dir, ref)
  return wrapped !== undefined && keys.isCurrent(wrapped)
}

/** Wraps a file's key with the active data key; a file removed meanwhile leaves nothing behind. */
export async function rewrapFileKey(dir: string, keys: FileKeys, ref: string) {
  await writeFileKey(dir, keys, ref, await readFileKey(dir, keys, ref))
  await stat(sealedPath(dir, ref)).catch(() => rm(keyPath(dir, ref), { force: true }))
}

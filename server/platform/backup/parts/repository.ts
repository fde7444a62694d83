import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ConfigError } from '#server/config.ts'
import { hmacSm3 } from '../../hmac-sm3.ts'
import { keyWrap } from '../../keys/key-wrap.ts'
import type { Manifest } from './manifest.ts'
import { openSealBox, type SealBox, sealBoxKeyLength, tagLength } from './seal-box.ts'
import { folderStore, type Store } from './store.ts'

/**
 * A folder of backups. What one master key can open lies in a folder of its own, so that a changed master key neither stops the backups
 * nor spoils the older ones:
 *
 *     ‹key name›/key            the key of the backups, wrapped by the master key
 *               /backups/‹instant›.sealed   one backup: its files, each as a list of pieces; written last
 *               /pieces/‹xx›/‹tag›          sealed pieces of at most 1 MiB, shared by all backups
 *               /files/‹xx›/‹ref›.sealed    received files as they lie in the data folder: sealed already
 *               /wal/‹system›/‹segment›     what was written since, piece by piece as it came
 */
export interface Repository {
  box: SealBox
  /** Of the box, for the threads that seal. */
  key: Buffer
  store: Store
  /** Folder of what this master key opens. Undefined for a stream. */
  folder: string | undefined
}

export type FolderRepository = Repository & { folder: string }

const purpose = 'backup'
const keyPart = 'key'

/** Names the master key without telling anything of it. */
const keyName = (masterKey: Buffer) => hmacSm3(masterKey)('backup-key-name').toString('hex').slice(0, 12)

/** Opens the folder of backups, and makes it where it is not there. */
export async function openRepository(folder: string, masterKey: Buffer): Promise<FolderRepository> {
  const own = path.join(folder, keyName(masterKey))
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const store = folderStore(own)
  const known = await readFile(path.join(own, keyPart)).catch(() => undefined)
  const { key, wrapped } = known ? { key: unwrap(known, masterKey), wrapped: undefined } : newKey(masterKey)
  if (wrapped) await store.write(keyPart, wrapped)
  return { box: openSealBox(key), key, store, folder: own }
}

/** Opens a folder to read from it. Throws `ConfigError` where this master key has made no backup in it. */
export function openRepositoryToRead(folder: string, masterKey: Buffer): { box: SealBox; folder: string } {
  const own = path.join(folder, keyName(masterKey))
  let wrapped: Buffer
  try {
    wrapped = readFileSync(path.join(own, keyPart))
  } catch {
    const others = foldersOfKeys(folder)
    throw new ConfigError(
      others.length > 0
        ? `${folder} 中没有用这把主密钥做的备份；其中的备份是用别的主密钥做的。请用 SHOUWANG_KEY 或 SHOUWANG_KEY_FILE 给出备份当时的主密钥。`
        : `${folder} 中没有备份。`,
    )
  }
  return { box: openSealBox(unwrap(wrapped, masterKey)), folder: own }
}

/** Sends a repository of its own down a stream. */
export async function streamRepository(store: Store, masterKey: Buffer): Promise<Repository> {
  const { key, wrapped } = newKey(masterKey)
  const prefix = keyName(masterKey)
  const own: Store = {
    sizeOf: (name) => store.sizeOf(`${prefix}/${name}`),
    write: (name, bytes) => store.write(`${prefix}/${name}`, bytes),
    copy: (name, file) => store.copy(`${prefix}/${name}`, file),
  }
  await own.write(keyPart, wrapped)
  return { box: openSealBox(key), key, store: own, folder: undefined }
}

/** Folders of other or former master keys, which this one cannot open. */
export function foldersOfKeys(folder: string): string[] {
  return list(folder).filter((name) => /^[0-9a-f]{12}$/.test(name))
}

function newKey(masterKey: Buffer) {
  const key = randomBytes(sealBoxKeyLength)
  return { key, wrapped: keyWrap(masterKey).wrap(key, purpose) }
}

function unwrap(wrapped: Buffer, masterKey: Buffer): Buffer {
  const key = keyWrap(masterKey).unwrap(wrapped, purpose)
  if (!key) throw new ConfigError('备份文件夹中的密钥文件已损坏，这些备份打不开。')
  return key
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const backupEnding = '.sealed'
/** A name that sorts by time: 20200310T023000123Z. */
const backupName = (at: Date) => `${at.toISOString().replace(/[-:.]/g, '')}${backupEnding}`

export interface KeptBackup {
  name: string
  startedAt: Date
}

/** Backups that are whole, oldest first. */
export function listBackups(folder: string): KeptBackup[] {
  return list(path.join(folder, 'backups'))
    .flatMap((name) => {
      const [, y, m, d, h, min, s, ms] =
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.sealed$/.exec(name) ?? []
      return y === undefined ? [] : [{ name, startedAt: new Date(`${y}-${m}-${d}T${h}:${min}:${s}.${ms}Z`) }]
    })
    .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
}

export async function writeManifest({ box, store }: Repository, manifest: Manifest): Promise<string> {
  const name = backupName(new Date(manifest.startedAt))
  const { tag, sealed } = box.seal(`backups/${name}`, Buffer.from(JSON.stringify(manifest)))
  await store.write(`backups/${name}`, Buffer.concat([tag, sealed()]))
  return name
}

export async function readManifest(
  { box, folder }: { box: SealBox; folder: string },
  name: string,
): Promise<Manifest> {
  const bytes = await readFile(path.join(folder, 'backups', name))
  const plain = box.open(`backups/${name}`, bytes.subarray(0, tagLength), bytes.subarray(tagLength))
  return JSON.parse(plain.toString()) as Manifest
}

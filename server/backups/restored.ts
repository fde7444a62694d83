import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  anchorFileIn,
  type Findings,
  fileAnchors,
  sealPending,
  verifyChain,
} from '#server/modules/audit/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { openStoredFile } from '#server/platform/files/file-store.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { TallyDifference } from '#server/platform/projections/keep.ts'
import { findTallyDifferences } from '../tallies.ts'
import { removeUnnamed, storedFiles } from './unnamed-files.ts'

/** What a look at a restored installation found. */
export interface Checked {
  tallies: TallyDifference[]
  seals: Findings
  files: FileFindings
  ok: boolean
}

interface FileFindings {
  checked: number
  /** Named by the database and not there. */
  missing: string[]
  /** Do not open, or have another digest than the database knows. */
  damaged: string[]
  /** There and not named by the database: erased since, or of a row that was never committed. They are taken away. */
  removed: number
}

type Deps = Pick<Platform, 'database' | 'vault' | 'keyRing' | 'fileDirectory'>

/** Tallies against what they count, the chain of seals against its anchors, every received file against its digest. */
export async function checkRestored(
  platform: Deps,
  dataDirectory: string,
  report: (step: 'tallies' | 'seals' | 'files', done: number) => void = () => undefined,
): Promise<Checked> {
  report('tallies', 0)
  const tallies = await findTallyDifferences(platform.database)
  const { signer } = platform.keyRing
  const anchors = fileAnchors(anchorFileIn(dataDirectory), { signer })
  const known = anchors.list()
  // What waited for its seal when the backup was made is sealed as at any start.
  await sealPending({ ...platform, anchors })
  const { db } = platform.database
  const seals = await verifyChain(db, platform.vault, known, signer?.publicKey, (n) => report('seals', n))
  const files = await checkFiles(platform, (n) => report('files', n))
  const wrong = tallies.length + seals.faults.length + files.missing.length + files.damaged.length
  return { tallies, seals, files, ok: wrong === 0 }
}

interface StoredFileRow {
  ref: string
  sm3: string | null
}

const perPage = 500

async function checkFiles(
  { database: { db }, vault, fileDirectory }: Deps,
  report: (checked: number) => void,
): Promise<FileFindings> {
  const found: FileFindings = {
    checked: 0,
    missing: [],
    damaged: [],
    removed: await removeUnnamed(db, fileDirectory),
  }
  for (let after = ''; ; ) {
    const { rows } = await sql<StoredFileRow>`
      select ref, max(sm3) as sm3 from (${storedFiles}) f where ref > ${after} group by ref order by ref
      limit ${perPage}`.execute(db)
    for (const { ref, sm3 } of rows) {
      const state = await lookAt({ vault, fileDirectory }, ref, sm3)
      if (state !== 'ok') found[state].push(ref)
      found.checked += 1
    }
    report(found.checked)
    const last = rows.at(-1)
    if (!last || rows.length < perPage) return found
    after = last.ref
  }
}

async function lookAt(
  { vault, fileDirectory }: Pick<Deps, 'vault' | 'fileDirectory'>,
  ref: string,
  sm3: string | null,
): Promise<'ok' | 'missing' | 'damaged'> {
  try {
    const file = await openStoredFile(fileDirectory, vault.fileKeys(), ref)
    try {
      const digest = createHash('sm3')
      for await (const chunk of file.chunks()) digest.update(chunk)
      return sm3 === null || digest.digest('hex') === sm3 ? 'ok' : 'damaged'
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) return error.code === 'not-found' ? 'missing' : 'damaged'
    throw error
  }
}

import type { Visit } from '#contract/work/visits.ts'
import type { Offset } from '../work/clock.ts'
import type { Draft } from '../work/draft.ts'
import type { OutboxItem } from '../work/outbox.ts'
import { database, type SealedRow, type SealedTable } from './database.ts'
import { openBytes, sealBytes } from './vault.ts'

/** Whose device it is. */
export interface Owner {
  username: string
  name: string
  role: string
}

/** What the last exchange with the server said. */
export interface SyncFacts extends Offset {
  at: string
  /** The day the platform lives on. */
  on: string
  areaName: string
  hotline: string
}

/** What a person decided here and no server knows. */
export interface LogEntry {
  id: string
  at: string
  kind: 'dropped' | 'taken-back' | 'sent'
  household: string
  reason: string
}

/** What each table holds once it is opened. */
export interface Contents {
  visits: Visit
  drafts: Draft
  outbox: OutboxItem
  contents: Uint8Array<ArrayBuffer>
  log: LogEntry
  facts: { owner?: Owner; sync?: SyncFacts }
}

export interface Change {
  put?: { [T in SealedTable]?: [id: string, value: Contents[T]][] }
  remove?: { [T in SealedTable]?: readonly string[] }
}

const place = (table: SealedTable, id: string) => `${table}/${id}`

/** Writes and removes rows of any tables in one transaction: all of it or nothing. */
export async function applyChange(key: CryptoKey, { put = {}, remove = {} }: Change): Promise<void> {
  // Sealing comes first: the database ends a transaction that waits for anything but itself.
  const sealed = await Promise.all(
    (Object.keys(put) as SealedTable[]).flatMap((table) =>
      (put[table] ?? []).map(async ([id, value]) => ({
        table,
        row: { id, ...(await sealBytes(key, place(table, id), toBytes(value))) } satisfies SealedRow,
      })),
    ),
  )
  await database.transaction('rw', database.tables, async () => {
    for (const { table, row } of sealed) await database[table].put(row)
    for (const table of Object.keys(remove) as SealedTable[])
      await database[table].bulkDelete([...(remove[table] ?? [])])
  })
}

export async function findRow<T extends SealedTable>(
  key: CryptoKey,
  table: T,
  id: string,
): Promise<Contents[T] | undefined> {
  const row = await database[table].get(id)
  return row && openRow(key, table, row)
}

export async function listRows<T extends SealedTable>(key: CryptoKey, table: T): Promise<Contents[T][]> {
  return openRows(key, table, await database[table].toArray())
}

export function openRows<T extends SealedTable>(
  key: CryptoKey,
  table: T,
  rows: readonly SealedRow[],
): Promise<Contents[T][]> {
  return Promise.all(rows.map((row) => openRow(key, table, row)))
}

async function openRow<T extends SealedTable>(
  key: CryptoKey,
  table: T,
  row: SealedRow,
): Promise<Contents[T]> {
  const bytes = await openBytes(key, place(table, row.id), row)
  const value: unknown = table === 'contents' ? bytes : JSON.parse(new TextDecoder().decode(bytes))
  return value as Contents[T]
}

function toBytes(value: unknown): Uint8Array<ArrayBuffer> {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return new TextEncoder().encode(JSON.stringify(value))
}

/** The browser says there is no room; it may say so directly or inside an aborted transaction. */
export function isStorageFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const inner = (error as { inner?: unknown }).inner
  return error.name === 'QuotaExceededError' || (inner !== undefined && isStorageFull(inner))
}

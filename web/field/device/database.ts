import Dexie, { type EntityTable } from 'dexie'
import type { Sealed, VaultRecord } from './vault.ts'

/** The one row that is readable without the PIN: it names the device and holds nothing about a household. */
export interface DeviceRow {
  id: 'device'
  device: string
  /** Proves to the server which device checks whether it was revoked; good for nothing else. */
  token: string | null
  vault: VaultRecord
  /** PINs tried since the last right one. */
  wrongPins: number
}

export interface SealedRow extends Sealed {
  id: string
}

export const sealedTables = ['visits', 'drafts', 'outbox', 'contents', 'log', 'facts'] as const
export type SealedTable = (typeof sealedTables)[number]

type FieldDatabase = Dexie & { device: EntityTable<DeviceRow, 'id'> } & {
  [T in SealedTable]: EntityTable<SealedRow, 'id'>
}

const name = 'shouwang-field'
// What the app calls kept is on the disk and not in a buffer: a battery that dies takes nothing along.
export const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as FieldDatabase
database.version(1).stores({
  device: 'id',
  ...Object.fromEntries(sealedTables.map((table) => [table, 'id'])),
})

export function findDevice(): Promise<DeviceRow | undefined> {
  return database.device.get('device')
}

/** Removes everything at once; the key in memory is worth nothing afterwards. */
export async function eraseDatabase(): Promise<void> {
  // Another window may hold the database open; emptied it is as good as gone.
  await database.transaction('rw', database.tables, () =>
    Promise.all(database.tables.map((table) => table.clear())),
  )
  database.close()
  await Promise.race([Dexie.delete(name), new Promise((resolve) => setTimeout(resolve, 2000))])
  await database.open()
}

import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import { database, type SealedTable } from './database.ts'
import { useOpen } from './state.ts'
import { type Contents, openRows } from './store.ts'

/** The opened rows of a table, also after another window changed them; undefined until they are read. */
export function useRows<T extends SealedTable>(table: T): Contents[T][] | undefined {
  const { key } = useOpen()
  const [rows, setRows] = useState<Contents[T][]>()
  useEffect(() => {
    let latest = 0
    const subscription = liveQuery(() => database[table].toArray()).subscribe(async (sealed) => {
      latest += 1
      const mine = latest
      // A row sealed with a key of before is of a device that was erased meanwhile.
      const opened = await openRows(key, table, sealed).catch(() => undefined)
      if (opened && mine === latest) setRows(opened)
    })
    return () => {
      latest = -1
      subscription.unsubscribe()
    }
  }, [key, table])
  return rows
}

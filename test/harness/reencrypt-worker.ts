import { openDatabase } from '#server/platform/database/db.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { reencrypt } from '#server/platform/keys/reencrypt.ts'
import { testMasterKey } from './database.ts'
import { standStill } from './stand-still.ts'

/** `reencrypt-worker.ts DATABASE-URL FILE-DIRECTORY PLACE DONE`: a process of its own for a test to kill; tells how far it is, and waits there. */
const [url = '', fileDirectory = '', waitsAt = '', waitsFor = ''] = process.argv.slice(2)
const database = openDatabase(url)
const keyRing = await openKeyRing(database, testMasterKey)
const outcome = await reencrypt({ database, keyRing, fileDirectory }, ({ place, done, total }) => {
  console.log(`${place} ${done} ${total}`)
  if (place === waitsAt && done >= Number(waitsFor)) standStill()
})
console.log(outcome)
await database.close()

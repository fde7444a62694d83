import { openDatabase } from '#server/platform/db.ts'
import { openKeyRing } from '#server/platform/key-ring.ts'
import { reencrypt } from '#server/platform/reencrypt.ts'
import { testMasterKey } from './database.ts'

/** `reencrypt-worker.ts DATABASE-URL FILE-DIRECTORY`: a process of its own that a test can kill; tells how far it is. */
const [url = '', fileDirectory = ''] = process.argv.slice(2)
const database = openDatabase(url)
const keyRing = await openKeyRing(database, testMasterKey)
const outcome = await reencrypt({ database, keyRing, fileDirectory }, ({ place, done, total }) =>
  console.log(`${place} ${done} ${total}`),
)
console.log(outcome)
await database.close()

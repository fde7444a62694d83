import { openDatabase } from '#server/platform/db.ts'
import {describeTexts} from './describe.ts'
const db = openDatabase(process.env.DB!)
const client = await db.pool.connect()
console.log((await client.query('select 1')).rows)
console.log(JSON.stringify(await describeTexts(client,['select $1::int as a, name from division','selec','analyze division'])))
process.exit(0)

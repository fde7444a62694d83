import {writeFileSync} from 'node:fs'
import {openProgram, placeOf, templatesOf} from './program.ts'
import {explore} from './evaluate/explore.ts'
import {checkStatements} from './check.ts'
import { openDatabase } from '#server/platform/db.ts'
import { exampleValues } from './examples.ts'
const cpu=()=>Math.round(process.cpuUsage().user/1000)
const {checker, files} = openProgram(['server','contract'])
console.log('program', cpu())
const machine = {checker, followed:new Set(), examples:exampleValues(), isOurs:(f)=>!f.fileName.includes('node_modules'), modules:new Map(), implementations:new Map()}
const st = explore(machine as any, files.filter(f=>f.fileName.includes('/server/')))
console.log('explore', cpu(), process.memoryUsage().heapUsed/1e6)
const all=files.flatMap(templatesOf)
const db = openDatabase(process.env.DB!)
const client = await db.pool.connect()
const {findings, sound} = await checkStatements(client, checker, st)
const evaluated=new Set(st.flatMap(s=>[...s.nodes]))
console.log('describe', cpu())
console.log('templates',all.length,'not evaluated',all.filter(n=>!evaluated.has(n)).length,'not ok',all.filter(n=>!sound.has(n)).length,'statements',st.length,'followed',machine.followed.size)
for(const n of all) if(!evaluated.has(n)) console.log('NOT', placeOf(n), n.getText().slice(0,70).replace(/\s+/g,' '))
for(const n of all) if(evaluated.has(n)&&!sound.has(n)) console.log('BAD', placeOf(n), n.getText().slice(0,70).replace(/\s+/g,' '))
for(const k of findings) console.log('P', k)
client.release(true); await db.close()

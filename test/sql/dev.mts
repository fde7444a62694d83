import {writeFileSync} from 'node:fs'
import {openProgram, placeOf, templatesOf} from '/work/w-sqlcheck/test/sql/program.ts'
import {explore} from '/work/w-sqlcheck/test/sql/evaluate/explore.ts'
import {describeTexts} from './describe.ts'
import {compareColumns} from './compare.ts'
import {asQuery, commandsOf, createTables} from './schema.ts'
import { CamelCasePlugin } from 'kysely'
import { openDatabase } from '#server/platform/db.ts'
const cpu=()=>Math.round(process.cpuUsage().user/1000)
const {checker, files} = openProgram(['server','contract'])
console.log('program', cpu())
const { exampleValues } = await import("./examples.ts")
const machine = {checker, followed:new Set(), examples:exampleValues(), isOurs:(f)=>!f.fileName.includes('node_modules'), modules:new Map(), implementations:new Map()}
const st = explore(machine as any, files.filter(f=>f.fileName.includes('/server/')))
console.log('explore', cpu())
const all=files.flatMap(templatesOf)
const evaluated=new Set(st.flatMap(s=>[...s.nodes]))
if(process.env.NODB) { for(const n of all) if(!evaluated.has(n)) console.log('NOT', placeOf(n), n.getText().slice(0,70)); process.exit(0) }
const db = openDatabase(process.env.DB!)
const client = await db.pool.connect()
await createTables(client, st.map(s=>s.text))
const camel = new (class extends CamelCasePlugin { name(s:string){return this.camelCase(s)} })()
const unique = new Map<string, typeof st>()
for (const s of st) for (const c of commandsOf(s.text)) { const q=asQuery(c); unique.set(q,[...(unique.get(q)??[]),s]) }
const texts=[...unique.keys()]
const described = await describeTexts(client, texts)
console.log('describe', cpu(), texts.length)
const problems=new Map<string,Set<string>>()
const ok=new Set()
for(const [i,q] of texts.entries()){
  const d=described[i]!
  for (const s of unique.get(q)!) {
    if('problem' in d){ const k=placeOf(s.at)+' '+d.problem; problems.set(k,(problems.get(k)??new Set()).add(q)); continue}
    for(const n of s.nodes) ok.add(n)
    if(s.row && d.columns){ for(const f of compareColumns(checker,s.row,d.columns.map(c=>s.camel?{...c,name:camel.name(c.name)}:c))) {const k=placeOf(s.at)+' ROW '+f; problems.set(k,(problems.get(k)??new Set()).add(q))} }
  }
}
console.log('templates',all.length,'not evaluated',all.filter(n=>!evaluated.has(n)).length,'not ok',all.filter(n=>!ok.has(n)).length,'statements',st.length,'followed',machine.followed.size)
for(const n of all) if(!evaluated.has(n)) console.log('NOT', placeOf(n), n.getText().slice(0,70).replace(/\s+/g,' '))
for(const n of all) if(evaluated.has(n)&&!ok.has(n)) console.log('BAD', placeOf(n), n.getText().slice(0,70).replace(/\s+/g,' '))
for(const [k,v] of problems) console.log('P', k)
writeFileSync('/tmp/problems.json', JSON.stringify([...problems].map(([k,v])=>[k,[...v][0]]),null,1))
client.release(true); await db.close()

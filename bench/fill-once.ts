import { openProvince } from '/root/speed/bench/world/open-province.ts'
const t = Date.now()
const p = await openProvince({ households: 1_880_000, out: '/tmp/speed/data' })
console.log('filled', (Date.now() - t) / 1000)
await p.close()

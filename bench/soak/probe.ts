import { writeFileSync } from 'node:fs'
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Loaded before a server: at each SIGUSR2 it writes down what its memory holds once all that nobody needs is gone. */
const { BENCH_PROBE_FILE: file, BENCH_SNAPSHOTS: snapshots } = process.env
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
let looked = 0

process.on('SIGUSR2', () => {
  collect()
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  looked += 1
  if (snapshots) writeHeapSnapshot(`${snapshots}/${String(looked).padStart(4, '0')}.heapsnapshot`)
  if (file) writeFileSync(file, JSON.stringify({ looked, heapUsed, external, rss }))
})

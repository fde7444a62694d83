import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchOptions } from './options.ts'

/** `npm run bench -- NAME`: runs bench/NAME.ts; its result is the last line, one JSON object. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    households: { type: 'string' },
    rows: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const folder = import.meta.dirname
const names = readdirSync(folder).flatMap((file) =>
  /^[a-z-]+\.ts$/.test(file) ? [path.parse(file).name] : [],
)
const known = names.filter((name) => name !== 'main' && name !== 'options')
const [name = ''] = positionals
if (!known.includes(name) || !existsSync(path.join(folder, `${name}.ts`))) {
  console.error(`Usage: npm run bench -- NAME [--households N] [--rows N] [--seed S] [--out DIR] [--json]
NAME: ${known.join(', ')}`)
  process.exit(2)
}

const number = (text: string | undefined, of: string): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`--${of} must be a whole number, not ${text}`)
  process.exit(2)
}
const options: BenchOptions = {
  households: number(values.households, 'households'),
  rows: number(values.rows, 'rows'),
  seed: number(values.seed, 'seed'),
  out: values.out,
  json: values.json,
}
const bench = (await import(`./${name}.ts`)) as { run?: (options: BenchOptions) => Promise<unknown> }
if (!bench.run) throw new Error(`bench/${name}.ts has no run`)
const result = await bench.run(options)
if (result !== undefined) console.log(JSON.stringify(result))

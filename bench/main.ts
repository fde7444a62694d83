import { readdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type BenchFigures, type BenchOptions, print } from './options.ts'

/** `npm run bench -- NAME`: runs bench/NAME.ts; what it found is the last line, one JSON object. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    households: { type: 'string' },
    rows: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    work: { type: 'string' },
    kind: { type: 'string' },
    moments: { type: 'string' },
    minutes: { type: 'string' },
    clean: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    // Progress goes to the error stream and the result is JSON in any case.
    json: { type: 'boolean', default: false },
  },
})

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !/^(main|options)\.ts$|\.test\.ts$/.test(file))
  .map((file) => path.parse(file).name)
const [name = ''] = positionals
if (!names.includes(name)) {
  print(`npm run bench -- NAME [--households N] [--rows N] [--seed S] [--format csv|xlsx] [--out DIR] [--clean] [--all] [--json]
  faults: [--work NAME] [--kind NAME] [--moments N] [--minutes N]   soak: [--minutes N]
NAME: ${names.join(', ')}`)
  process.exit(2)
}

function whole(text: string, of: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  print(`--${of} must be a whole number, not ${text}`)
  return process.exit(2)
}

const options: BenchOptions = {
  seed: whole(values.seed, 'seed'),
  clean: values.clean,
  all: values.all,
  format: values.format === 'xlsx' ? 'xlsx' : 'csv',
  ...(values.households === undefined ? {} : { households: whole(values.households, 'households') }),
  ...(values.rows === undefined ? {} : { rows: whole(values.rows, 'rows') }),
  ...(values.moments === undefined ? {} : { moments: whole(values.moments, 'moments') }),
  ...(values.minutes === undefined ? {} : { minutes: whole(values.minutes, 'minutes') }),
  ...(values.work === undefined ? {} : { work: values.work }),
  ...(values.kind === undefined ? {} : { kind: values.kind }),
  ...(values.out === undefined ? {} : { out: values.out }),
}
// What a run started ends with it, by the handlers of `exit`.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(143))

const bench: { run(options: BenchOptions): Promise<BenchFigures> } = await import(`./${name}.ts`)
console.log(JSON.stringify(await bench.run(options)))

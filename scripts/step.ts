import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

const pathOf = (binary: string) => path.join(root, 'node_modules/.bin', binary)
const secondsSince = (started: number) => ((performance.now() - started) / 1000).toFixed(1)

/** Runs one tool of the project and shows its output only when it fails; returns its output, or exits the process. */
export function step(
  title: string,
  binary: string,
  args: string[],
  options: { show?: boolean } = {},
): string {
  const started = performance.now()
  const run = spawnSync(pathOf(binary), args, {
    cwd: root,
    encoding: 'utf8',
    stdio: options.show ? 'inherit' : 'pipe',
    maxBuffer: 2 ** 28,
  })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}\n✗ ${title} (${secondsSince(started)} s)\n`)
    process.exit(run.status ?? 1)
  }
  process.stderr.write(`✓ ${title} (${secondsSince(started)} s)\n`)
  return run.stdout ?? ''
}

export interface Step {
  title: string
  binary: string
  args: string[]
  /** What is wrong, read from what the tool printed, for one whose exit code does not say. */
  faults?(output: string): string[]
}

/** Runs tools of the project at once, each told of as it ends; answers whether all is well. What failed is shown whole. */
export async function sideBySide(steps: readonly Step[]): Promise<boolean> {
  const ends = await Promise.all(steps.map(runStep))
  return ends.every(Boolean)
}

async function runStep({ title, binary, args, faults }: Step): Promise<boolean> {
  const started = performance.now()
  const child = spawn(pathOf(binary), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (data: Buffer) => output.push(data))
  child.stderr.on('data', (data: Buffer) => errors.push(data))
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const text = Buffer.concat(output).toString()
  const found = status === 0 && faults ? faults(text) : []
  const well = status === 0 && found.length === 0
  if (!well) {
    process.stderr.write(found.length > 0 ? `${found.map((fault) => `✗ ${fault}`).join('\n')}\n` : text)
    process.stderr.write(Buffer.concat(errors))
  }
  process.stderr.write(`${well ? '✓' : '✗'} ${title} (${secondsSince(started)} s)\n`)
  return well
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

it('ends quietly when whoever reads has left', async () => {
  const child = spawn(process.execPath, ['server/cli.ts', 'feeds', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Before the first line is written nobody is there any more.
  child.stdout.destroy()
  const [shown, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect({ shown, code }).toEqual({ shown: '', code: 0 })
})

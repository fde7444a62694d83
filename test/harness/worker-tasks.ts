import { AppError } from '#server/platform/errors.ts'
import { serveTasks } from '#server/platform/processes/serve-tasks.ts'

/** A process whose tasks end in every way there is. */
serveTasks<{ greeting: string }>(async ({ greeting }) => ({
  greet: async (name) => `${greeting} ${name}, ${process.pid}`,
  refuse: async () => {
    throw new AppError('file-empty', { sheet: '一' })
  },
  break: async () => {
    throw Object.assign(new Error('connection lost'), { code: '57P01' })
  },
  wrap: async () => {
    const cause = Object.assign(new Error('it ended'), { code: '57P01' })
    throw new Error('no transaction', { cause })
  },
  heap: async () => {
    const kept: unknown[] = []
    for (let i = 0; ; i++) kept.push({ i, text: `row ${i}` })
  },
  buffers: async () => {
    const kept: Buffer[] = []
    for (;;) {
      kept.push(Buffer.alloc(2 ** 24, 1))
      await new Promise((resolve) => setImmediate(resolve))
    }
  },
  leave: async () => process.exit(7),
  forever: () => new Promise(() => undefined),
}))

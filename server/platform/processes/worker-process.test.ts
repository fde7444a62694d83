import { afterEach, expect, it, vi } from 'vitest'
import { isDatabaseAway } from '../database/away.ts'
import { AppError } from '../errors.ts'
import { WorkerEnded, WorkerProcess } from './worker-process.ts'

const entry = new URL('../../../test/harness/worker-tasks.ts', import.meta.url)
let worker: WorkerProcess
const start = (options: { memoryMb?: number; idleMs?: number } = {}) => {
  worker = new WorkerProcess({ entry, opening: () => ({ greeting: '你好' }), memoryMb: 300, ...options })
  return worker
}
afterEach(() => worker.stop())

const pidOf = (answer: string) => Number(answer.split(', ')[1])
const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('answers tasks one after the other in one process, opened once', async () => {
  start()
  const answers = await Promise.all(['一', '二', '三'].map((name) => worker.run<string>('greet', name)))
  expect(answers.map((answer) => answer.split(',')[0])).toEqual(['你好 一', '你好 二', '你好 三'])
  expect(new Set(answers.map(pidOf)).size).toBe(1)
  expect(pidOf(answers[0] ?? '')).not.toBe(process.pid)
})

it('gives failures back as what they are', async () => {
  start()
  const refused = await worker.run('refuse', null).catch((error) => error)
  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject({ code: 'file-empty', details: { sheet: '一' } })
  await expect(worker.run('break', null)).rejects.toMatchObject({ code: '57P01', message: 'connection lost' })
  // A driver that wraps another's words leaves the reason in the cause alone.
  const wrapped = await worker.run('wrap', null).catch((error) => error)
  expect(wrapped).toMatchObject({ message: 'no transaction', cause: { code: '57P01' } })
  expect(isDatabaseAway(wrapped)).toBe(true)
  await expect(worker.run('nothing', null)).rejects.toThrow('no task nothing')
})

it.each(['heap', 'buffers'])('a task that takes more memory than there is (%s) ends alone', async (task) => {
  start()
  const [ended, next] = await Promise.allSettled([worker.run(task, null), worker.run<string>('greet', '四')])
  expect(ended).toMatchObject({ status: 'rejected', reason: { why: 'out-of-memory' } })
  expect(next).toMatchObject({ status: 'fulfilled', value: expect.stringMatching(/^你好 四/) })
})

it('a process that ends by itself, or is killed, fails its task and no other', async () => {
  start()
  await expect(worker.run('leave', null)).rejects.toMatchObject({ why: 'ended' })
  const pid = pidOf(await worker.run<string>('greet', '五'))
  const waiting = worker.run('forever', null)
  process.kill(pid, 'SIGKILL')
  await expect(waiting).rejects.toMatchObject({ why: 'ended' })
  expect(pidOf(await worker.run<string>('greet', '六'))).not.toBe(pid)
})

it('goes after some time without work, and comes again', async () => {
  start({ idleMs: 1 })
  const pid = pidOf(await worker.run<string>('greet', '七'))
  await vi.waitFor(() => expect(isThere(pid)).toBe(false), { timeout: 30_000 })
  expect(pidOf(await worker.run<string>('greet', '八'))).not.toBe(pid)
})

it('stops in the middle of a task, and takes no more', async () => {
  start()
  const pid = pidOf(await worker.run<string>('greet', '九'))
  const waiting = worker.run('forever', null).catch((error) => error)
  await worker.stop()
  expect(await waiting).toBeInstanceOf(WorkerEnded)
  expect(await waiting).toMatchObject({ why: 'stopped' })
  expect(isThere(pid)).toBe(false)
  await expect(worker.run('greet', '十')).rejects.toMatchObject({ why: 'stopped' })
})

import os from 'node:os'
import { type FromProcess, type ToProcess, toPlain } from './messages.ts'

/** The tasks of a process by name, and what it opened for them. */
export type Tasks = Record<string, (input: unknown) => Promise<unknown>>

/** Below the pages, which people wait for. */
const priority = 10

/**
 * Makes this process one that answers tasks, one after the other: what the first message brings is opened once. It ends with whoever
 * started it, however that ended; what it had begun in the database is rolled back there.
 */
export function serveTasks<Opening>(open: (opening: Opening) => Promise<Tasks>): void {
  const reply = (message: FromProcess) => process.send?.(message)
  let tasks: Promise<Tasks> | undefined
  os.setPriority(priority)
  // Ctrl-C reaches the whole group; whoever started this one decides.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit(0))
  process.on('message', async (message: ToProcess) => {
    try {
      if ('opening' in message) {
        tasks = open(message.opening as Opening)
        await tasks
        reply({ ready: true })
        return
      }
      const task = (await tasks)?.[message.task]
      if (!task) throw new Error(`no task ${message.task}`)
      reply({ answer: await task(message.input) })
    } catch (error) {
      reply({ failure: toPlain(error) })
    }
  })
}

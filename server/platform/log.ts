import { type Logger, pino } from 'pino'

export type { Logger }

/** Structured logs on stderr. What is logged carries ids, codes and counts, never names, numbers or addresses of people. */
export function createLogger(level: string): Logger {
  return pino(
    { level, redact: ['req.headers.cookie', 'req.headers.authorization', '*.password'] },
    pino.destination({ dest: 2, sync: false }),
  )
}

/** Whoever reads may leave first (`| head`): what was begun is finished, and what nobody reads any more is not written. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

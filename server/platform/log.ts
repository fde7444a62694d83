import { type Logger, pino } from 'pino'

export type { Logger }

/** Structured logs on stderr. What is logged carries ids, codes and counts, never names, numbers or addresses of people. */
export function createLogger(level: string): Logger {
  return pino(
    { level, redact: ['req.headers.cookie', 'req.headers.authorization', '*.password'] },
    pino.destination({ dest: 2, sync: false }),
  )
}

import type { OperationsStatus } from '#contract/protection/operations.ts'
import { os, type Services } from '#server/platform/http/rpc.ts'
import type { SlowStatements } from '#server/platform/watch/slow-statements.ts'
import { readFigures } from './figures.ts'
import { judgeFigures } from './rules.ts'

let statements: SlowStatements | undefined

/** From the start of the server on its slow statements are counted. */
export function useStatements(counted: SlowStatements | undefined): void {
  statements = counted
}

export async function getStatus(services: Services): Promise<OperationsStatus> {
  const figures = await readFigures(services, statements)
  return {
    ...judgeFigures(figures),
    at: figures.at.toISOString(),
    queues: figures.queues,
    lateSources: figures.sources.filter(({ late }) => late > 0),
    slowStatements: figures.slow.list.slice(0, 20),
  }
}

export const operationsRoutes = {
  get: os.operations.get.handler(({ context: { deps } }) => getStatus(deps)),
}

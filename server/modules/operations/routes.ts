import type { OperationsStatus } from '#contract/protection/operations.ts'
import { os, type Services } from '#server/platform/http/rpc.ts'
import { readFigures } from './figures.ts'
import { judgeFigures } from './rules.ts'

export async function getStatus(services: Services): Promise<OperationsStatus> {
  const figures = await readFigures(services)
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

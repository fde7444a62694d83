import type { FastifyInstance, FastifyRequest } from 'fastify'
import { streams } from '#contract/streams.ts'
import type { Module } from '#server/manifest/module.ts'
import type { Requester, Services } from '#server/platform/http/rpc.ts'
import { serveStream } from '#server/platform/http/stream-route.ts'
import { modules } from './modules.ts'

/** Serves every file stream of the contract by the module that brings it. */
export function registerStreams(
  app: FastifyInstance,
  services: Services,
  requesterOf: (request: FastifyRequest) => Promise<Requester | undefined>,
) {
  for (const key of Object.keys(streams) as (keyof typeof streams)[]) {
    const [handler] = (modules as readonly Module[]).flatMap((module) => module.streams?.[key] ?? [])
    if (!handler) throw new Error(`no module serves the stream ${key}`)
    serveStream(app, `streams.${key}`, streams[key], handler, services, requesterOf)
  }
}

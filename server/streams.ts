import type { FastifyInstance, FastifyRequest } from 'fastify'
import { streams } from '#contract/streams.ts'
import { accountFileStream } from '#server/modules/access/index.ts'
import {
  caseDocumentStream,
  photoPartStream,
  photoStream,
  publicListStream,
} from '#server/modules/clues/index.ts'
import { exportStream } from '#server/modules/exports/index.ts'
import { rejectStream, uploadStream } from '#server/modules/feeds/index.ts'
import type { Requester, Services } from '#server/platform/http/rpc.ts'
import { type StreamHandlers, serveStream } from '#server/platform/http/stream-route.ts'

/** Each module's file streams; the key is the one of `contract/streams.ts`. */
const handlers: StreamHandlers = {
  upload: uploadStream,
  rejects: rejectStream,
  exportFile: exportStream,
  photoPart: photoPartStream,
  photo: photoStream,
  publicList: publicListStream,
  caseDocument: caseDocumentStream,
  accountFile: accountFileStream,
}

export function registerStreams(
  app: FastifyInstance,
  services: Services,
  requesterOf: (request: FastifyRequest) => Promise<Requester | undefined>,
) {
  for (const key of Object.keys(streams) as (keyof typeof streams)[]) {
    serveStream(app, `streams.${key}`, streams[key], handlers[key], services, requesterOf)
  }
}

import { OpenAPIGenerator } from '@orpc/openapi'
import type { AnyRouter } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { FastifyInstance } from 'fastify'
import { type StreamRoute, streams } from '#contract/streams.ts'
import product from '../../../package.json' with { type: 'json' }

/** The OpenAPI 3.1 document: the typed routes from their schemas, the file streams from their table. */
export async function describeApi(router: AnyRouter): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(router, {
    info: {
      title: 'Shouwang 守望',
      version: product.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
  })
  const paths = { ...document.paths } as Record<string, Record<string, unknown>>
  for (const stream of Object.values<StreamRoute>(streams)) {
    paths[stream.path] = { ...paths[stream.path], [stream.method.toLowerCase()]: describeStream(stream) }
  }
  return { ...document, paths }
}

function describeStream(stream: StreamRoute) {
  const inPath = [...stream.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(stream.query).map(([name, { description, required }]) => ({
    name,
    in: 'query',
    required,
    description,
    schema: { type: 'string' },
  }))
  return {
    summary: stream.summary,
    operationId: `stream.${stream.path.slice(1)}`,
    parameters: [...inPath, ...inQuery],
    ...(stream.requestBody
      ? {
          requestBody: {
            required: true,
            content: { [stream.requestBody]: { schema: { type: 'string', format: 'binary' } } },
          },
        }
      : {}),
    responses: { 200: { description: 'OK', content: { [stream.response]: {} } } },
  }
}

export function serveOpenApi(app: FastifyInstance, router: AnyRouter) {
  let document: Promise<object> | undefined
  app.get('/api/openapi.json', () => {
    document ??= describeApi(router)
    return document
  })
}

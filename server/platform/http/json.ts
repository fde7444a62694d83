import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

/** JSON bodies of at most so many bytes and levels; any other body is left to its handler, who streams it. */
export function parseJsonBodies(app: FastifyInstance, { bytes, depth }: { bytes: number; depth: number }) {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bytes },
    (request: FastifyRequest, body: Buffer, done) => {
      if (body.length === 0) return done(null, {})
      if (depthOf(body, depth) > depth) return done(new AppError('request-malformed', { depth }))
      parse(request, body.toString('utf8'), (error, value) =>
        error || isText(value) ? done(error, value) : done(new AppError('request-malformed', {})),
      )
    },
  )
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
}

/** Whether all of a JSON value can be kept: no NUL, which the database has no place for, and no half characters. */
export function isText(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isText(key) && isText(inner))
}

const [quote, backslash] = [0x22, 0x5c]

/** Levels of objects and arrays, counted before anything is built of them; stops where there are more than `most`. */
export function depthOf(json: Uint8Array, most: number): number {
  let level = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]
    if (inString) {
      if (byte === backslash) i++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === 0x7b || byte === 0x5b) {
      deepest = Math.max(deepest, ++level)
      if (deepest > most) return deepest
    } else if (byte === 0x7d || byte === 0x5d) level--
  }
  return deepest
}

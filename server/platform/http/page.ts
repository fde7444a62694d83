import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { fieldPermissions, pagePolicy, workerPolicy } from './headers.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const noncePlaceholder = '__CSP_NONCE__'
/** As it is, or as it was compressed. */
const worker = /[/\\]field[/\\]sw\.js(\.br|\.gz)?$/

/** The built web; every path that is no file and no API is the application, whose router takes over. */
export async function serveWeb(app: FastifyInstance, built = path.join(root, 'dist/web')) {
  const page = path.join(built, 'index.html')
  const fieldPage = path.join(built, 'field/index.html')
  const declarePage = path.join(built, 'declare/index.html')
  await app.register(fastifyStatic, { root: path.join(root, 'data'), prefix: '/geo/', serve: false })
  app.get('/geo/anhui-counties.geojson', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('application/geo+json')
      .sendFile('anhui-counties.geojson', path.join(root, 'data')),
  )
  if (existsSync(built)) {
    await app.register(fastifyStatic, {
      root: built,
      decorateReply: false,
      wildcard: false,
      index: false,
      globIgnore: [
        'index.html*',
        '.vite/**',
        'field/index.html*',
        'field/.vite/**',
        'declare/index.html*',
        'declare/.vite/**',
        'api/docs/index.html*',
      ],
      preCompressed: true,
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
        if (worker.test(file)) reply.header('content-security-policy', workerPolicy)
      },
    })
  }
  const apiPage = path.join(built, 'api/docs/index.html')
  if (existsSync(apiPage)) {
    app.get('/api/docs', (_request, reply) => reply.redirect('/api/docs/'))
    app.get('/api/docs/', (_request, reply) => sendPlainPage(reply, apiPage))
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !/^\/((field|declare)\/)?(api|assets|geo)(\/|$)/.test(request.url) &&
      existsSync(page)
    if (!wantsPage) return reply.code(404).send({ code: 'not-found', message: 'no such page' })
    // Without the slash the page would be outside the reach of its service worker.
    if (/^\/field(\?|$)/.test(request.url)) return reply.redirect('/field/')
    if (isField(request.url) && existsSync(fieldPage)) return sendFieldPage(reply, fieldPage)
    if (request.url.startsWith('/declare/') && existsSync(declarePage))
      return sendPlainPage(reply, declarePage)
    return sendPage(reply, page)
  })
}

const isField = (url: string) => url.startsWith('/field/')

/** Kept by the app's service worker, and the same for everybody. */
async function sendFieldPage(reply: FastifyReply, page: string) {
  return reply
    .header('cache-control', 'no-cache')
    .header('content-security-policy', pagePolicy())
    .header('permissions-policy', fieldPermissions)
    .type('text/html; charset=utf-8')
    .send(await readFile(page))
}

/** No style but its sheet, the same for everybody: for a household without an account, and of the API. */
async function sendPlainPage(reply: FastifyReply, page: string) {
  return reply
    .header('cache-control', 'no-cache')
    .header('content-security-policy', pagePolicy())
    .type('text/html; charset=utf-8')
    .send(await readFile(page))
}

/** The page with a nonce of its own, which its policy names; it is therefore never kept. */
async function sendPage(reply: FastifyReply, page: string) {
  const nonce = randomBytes(18).toString('base64')
  const text = (await readFile(page, 'utf8')).replaceAll(noncePlaceholder, nonce)
  return reply
    .header('cache-control', 'no-store')
    .header('content-security-policy', pagePolicy(nonce))
    .type('text/html; charset=utf-8')
    .send(text)
}

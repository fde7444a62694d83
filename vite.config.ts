import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import * as session from '#contract/access/session.ts'
import { contract } from './contract/index.ts'

const root = import.meta.dirname
const contractFile = path.resolve(root, 'contract/index.ts')
const sessionFile = path.resolve(root, 'contract/access/session.ts')
const built = path.resolve(root, 'dist/web')

/** What documents a route and what only the server decides by. */
const documented = new Set(['summary', 'tags', 'meta'])
const leaveOut = (key: string, value: unknown) =>
  !documented.has(key) || isRoute(value) ? value : key === 'meta' ? {} : undefined
/** A route may bear such a name itself. */
const isRoute = (value: unknown) => typeof value === 'object' && value !== null && '~orpc' in value

/** The client needs each route's method and path only; the page gets no more of the contract than that. */
function routesOfContract(): Plugin {
  return {
    name: 'routes-of-contract',
    apply: 'build',
    load: (id) =>
      id === contractFile
        ? `export const contract = ${JSON.stringify(minifyContractRouter(contract), leaveOut)}`
        : undefined,
  }
}

/** The field app checks no schema: of the sign-in it gets the paths alone, and zod stays out of a telephone's first load. */
function pathsOfSession(): Plugin {
  const { signInPaths, backgroundHeader } = session
  const kept = Object.entries({ signInPaths, backgroundHeader })
  return {
    name: 'paths-of-session',
    apply: 'build',
    load: (id) =>
      id === sessionFile
        ? kept.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n')
        : undefined,
  }
}

/** Everything the app is made of, each with what tells a new version; the hashed names tell it themselves. */
function listAppFiles() {
  const folder = path.join(built, 'field')
  return globSync('**/*.{js,css,html,svg,png,webmanifest}', { cwd: folder })
    .filter((file) => file !== 'sw.js')
    .toSorted()
    .map((file) => ({
      url: `/field/${file}`,
      revision: file.startsWith('assets/')
        ? null
        : createHash('sha256')
            .update(readFileSync(path.join(folder, file)))
            .digest('hex')
            .slice(0, 16),
    }))
}

/** `npm run dev` serves the pages from here and asks the server it started for everything else. */
const api = process.env.SHOUWANG_DEV_SERVER ?? 'http://127.0.0.1:8080'
// The host stays what the browser asked for: the server takes nothing from pages of another.
const ask = { target: api, changeOrigin: false }
const server = { host: '127.0.0.1', proxy: { '/api': ask, '/geo': ask }, fs: { allow: [root] } }
const cacheOf = (part: string) => path.resolve(root, 'node_modules/.cache', `vite-${part}`)

const admin: UserConfig = {
  root: path.resolve(root, 'web/admin'),
  cacheDir: cacheOf('admin'),
  plugins: [react(), routesOfContract()],
  build: {
    outDir: built,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    // What every page needs comes in one piece: two dozen small ones compress worse and are asked for one by one.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server,
}

const field: UserConfig = {
  root: path.resolve(root, 'web/field'),
  cacheDir: cacheOf('field'),
  base: '/field/',
  plugins: [react(), routesOfContract(), pathsOfSession()],
  build: {
    outDir: path.join(built, 'field'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // One piece, so that nothing is missing without a network.
    chunkSizeWarningLimit: 700,
  },
  server,
}

/** What a household opens without an account: a few plain scripts. */
const declare: UserConfig = {
  root: path.resolve(root, 'web/declare'),
  cacheDir: cacheOf('declare'),
  base: '/declare/',
  build: {
    outDir: path.join(built, 'declare'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2020',
    modulePreload: { polyfill: false },
  },
  server,
}

/** The API as a page: a library draws the OpenAPI document. Heavy, for those who write programs; no other page loads any of it. */
const apiDocs: UserConfig = {
  root: path.resolve(root, 'web/api-docs'),
  cacheDir: cacheOf('api-docs'),
  base: '/api/docs/',
  build: {
    outDir: path.join(built, 'api/docs'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
}

/** Built last: it names the files of the app. */
const worker = (): UserConfig => ({
  root: path.resolve(root, 'web/field'),
  publicDir: false,
  define: { appFiles: JSON.stringify(listAppFiles()), 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: path.join(built, 'field'),
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: path.resolve(root, 'web/field/sw.ts'), formats: ['es'], fileName: () => 'sw.js' },
  },
})

/** `vite build` makes the office's pages, `--mode declare` the page of a household, `--mode api-docs` the page of the API, `--mode field` the field app, `--mode field-worker` its service worker, in this order. */
export default defineConfig(({ mode }) => {
  if (mode === 'declare') return declare
  if (mode === 'field') return field
  if (mode === 'api-docs') return apiDocs
  return mode === 'field-worker' ? worker() : admin
})

import path from 'node:path'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './contract/index.ts'

const contractFile = path.resolve(import.meta.dirname, 'contract/index.ts')

/** What documents a route and what only the server decides by. */
const documented = new Set(['summary', 'tags', 'meta'])
const leaveOut = (key: string, value: unknown) =>
  !documented.has(key) ? value : key === 'meta' ? {} : undefined

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

export default defineConfig({
  root: path.resolve(import.meta.dirname, 'web/admin'),
  plugins: [react(), routesOfContract()],
  build: {
    outDir: path.resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/geo': 'http://127.0.0.1:8080' } },
})

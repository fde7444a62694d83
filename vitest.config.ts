import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,bench,demo,test,scripts,web}/**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'test/e2e/**'],
    setupFiles: ['test/harness/random.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    pool: 'forks',
    // Processes that tests start find here what those before them compiled: a quarter of a start.
    env: { NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/node') },
    maxWorkers: 2,
    // Seven eighths of a small file was loading the server anew; nothing here keeps what another file would trip over.
    isolate: false,
    // Bounds for what hangs, far from what is slow: on a machine that is shared everything takes four times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})

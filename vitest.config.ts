import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,bench,demo,test,scripts,web}/**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'test/e2e/**'],
    setupFiles: ['test/harness/random.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Seven eighths of a small file was loading the server anew; nothing here keeps what another file would trip over.
    isolate: false,
    // Bounds for what hangs, far from what is slow: on a machine that is shared everything takes four times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})

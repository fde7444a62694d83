import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,bench,test,scripts,web}/**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'test/e2e/**'],
    globalSetup: ['test/harness/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})

import { defineConfig } from '@playwright/test'

/** Specs that make a demonstration for themselves, of another year or to be stopped and started. */
const ownDemonstration = ['story.spec.ts', 'sudden-hardship.spec.ts']

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // One for the demonstration that most share, whose work they would take from each other, and one for stories that have their own.
  workers: 2,
  projects: [
    { name: 'shared', workers: 1, testIgnore: ownDemonstration },
    { name: 'own', workers: 1, testMatch: ownDemonstration },
  ],
  // Bounds for what hangs, far from what is slow: at a load of 25 on two cores a visit of 8 s took 3 minutes.
  timeout: 900_000,
  expect: { timeout: 60_000 },
  globalSetup: './test/e2e/global-setup.ts',
  use: {
    // Known once the demonstration runs; the workers read this file after that.
    baseURL: process.env.SHOUWANG_TEST_URL ?? '',
    // What is not there to be clicked is a failure, and known as one before the test's whole time is over.
    actionTimeout: 90_000,
    locale: 'zh-CN',
    // The zone of the machine must not matter: SHOUWANG_TEST_ZONE=America/Los_Angeles draws every page in another.
    timezoneId: process.env.SHOUWANG_TEST_ZONE ?? 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // Nothing slides away under a click; the product keeps to what the system asks for.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      // Without a UTF-8 locale Chromium cannot name a downloaded file in Chinese.
      env: { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>,
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { demoAccounts } from '#server/modules/access/index.ts'
import { levelOf } from '#server/modules/divisions/index.ts'
import { freePort, startDemo } from '#test/e2e/demo-server.ts'
import { signInByCard } from '#test/e2e/pages.ts'
import { menuOf, type Walk, walk } from './figures/walk.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'

/**
 * As every account of the demonstration – one of each role and level, or `--all` – every figure on every page of the menu that opens
 * to a list is opened in a real browser, and its list counted. `--households` is the size of the demonstration.
 */
export async function run({ households = 3000, all = false }: BenchOptions): Promise<BenchFigures> {
  const { url, stop } = await openDemonstration(households)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  try {
    const walks: Walk[] = []
    const chosen = all ? demoAccounts : oneOfEach()
    for (const { username } of chosen) {
      const found = await walkAs(browser, url, username)
      walks.push(found)
      print(`${username}: ${found.figures} figures on ${found.pages} pages`)
      for (const { page, figure, leads, shows, counted } of found.differences)
        print(`  ${page}: ${figure} shows ${shows}, ${leads} has ${counted ?? 'no list'}`)
    }
    const sum = (key: 'pages' | 'figures') => walks.reduce((total, one) => total + one[key], 0)
    return {
      accounts: chosen.length,
      ...{ pages: sum('pages'), figures: sum('figures') },
      differences: walks.flatMap(({ differences }) => differences).length,
    }
  } finally {
    await browser.close()
    await stop()
  }
}

/** The one at `SHOUWANG_TEST_URL` where one stands already, else one of its own. */
async function openDemonstration(households: number) {
  const there = process.env.SHOUWANG_TEST_URL
  if (there) return { url: there, stop: async () => {} }
  const root = path.resolve(import.meta.dirname, '..')
  spawnSync(process.execPath, ['scripts/build-web.ts'], { cwd: root, stdio: ['ignore', 2, 2] })
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-figures-'))
  const port = await freePort()
  const stop = await startDemo({ port, folder, households })
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function oneOfEach() {
  const seen = new Set<string>()
  return demoAccounts.filter(({ role, area }) => {
    const key = `${role} ${levelOf(area)}`
    return !seen.has(key) && seen.add(key)
  })
}

async function walkAs(browser: Browser, baseURL: string, username: string): Promise<Walk> {
  const context = await browser.newContext({
    baseURL,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  })
  try {
    const page = await context.newPage()
    await signInByCard(page, username)
    return await walk(page, await menuOf(page))
  } finally {
    await context.close()
  }
}

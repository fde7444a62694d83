import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { ensureChromium } from './chromium.ts'
import { root } from './step.ts'

/** Takes the pictures of the README from a running demonstration: `node scripts/run.mjs scripts/pictures.ts [ADDRESS]`. */
const address = process.argv[2] ?? 'http://127.0.0.1:8080'
const out = path.join(root, 'docs/images')
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: ['--no-sandbox', '--disable-quic'],
})

async function take(
  name: string,
  account: string,
  url: string,
  act?: (page: Page) => Promise<void>,
  width = 1440,
) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: 'zh-CN',
  })
  const page = await context.newPage()
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: new RegExp(`\\s${account}(\\s|$)`) }).click()
  await page.locator('.shell-nav').waitFor()
  await page.goto(address + url)
  await page.waitForLoadState('networkidle')
  await act?.(page)
  await page.waitForLoadState('networkidle')
  // Nothing is on its way any more.
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await page.screenshot({ path: path.join(out, `${name}.png`) })
  await context.close()
}

const openFirst = async (page: Page) => {
  await page.locator('.clue-table tbody th a').first().click()
  await page.locator('.story .evidence li').first().waitFor()
}
const openHousehold = async (page: Page) => {
  await openFirst(page)
  await page.getByRole('link', { name: /看户档案/ }).click()
  await page.locator('.income-bars').waitFor()
}
await take('overview', 'anhui', '/overview')
await take('county', 'linquan', '/overview')
await take('clue', 'linquan', '/clues?rule=R01', openFirst)
await take('household', 'linquan', '/clues?rule=R01', openHousehold)
await take('intake', 'yibao', '/intake')
await take('policy', 'linquan', '/policy')
await take('clues-narrow', 'linquan', '/clues', undefined, 390)
await take('workbench', 'chengguan', '/workbench')
await take('case', 'chengguan-cun', '/cases?step=publicity', async (page) => {
  await page.locator('.record-list tbody th a').first().click()
  await page.locator('.case-steps').waitFor()
})
await take('categories', 'fuyang', '/categories')
await takeOnTelephone('field', '/field/', async (page) => {
  await page.getByRole('button', { name: /chengguan-cun$/ }).click()
  for (const heading of ['设置设备密码', '再输一遍']) {
    await page.getByRole('heading', { name: heading }).waitFor()
    await page.keyboard.type('271828')
  }
  await page.getByText(/^更新到/).waitFor()
})
await takeOnTelephone('declare', '/declare/341221001003', (page) =>
  page.getByRole('button', { name: '下一步' }).waitFor(),
)
await browser.close()

/** A page outside the office, as a telephone shows it. */
async function takeOnTelephone(name: string, url: string, act: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(address + url)
  await act(page)
  await page.screenshot({ path: path.join(out, `${name}.png`) })
  await context.close()
}

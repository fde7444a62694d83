import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import {
  badge,
  beginVisit,
  expectUsable,
  fillVisit,
  handIn,
  makePhotos,
  next,
  openPage,
  pin,
  setUpPhone,
  startAgain,
  storedRows,
} from './field-app.ts'
import { assign, endVisit, type Officer, officer, sendSomebody } from './field-work.ts'

const phone = { viewport: { width: 390, height: 844 } }
test.use(phone)

let township: Officer
test.beforeAll(async ({ playwright, baseURL }) => {
  township = await officer(playwright, baseURL ?? '', 'chengguan')
})
test.afterAll(() => township.close())

const sent: string[] = []
async function send() {
  const made = await sendSomebody(township, 'village')
  sent.push(made.visit)
  return made
}
test.afterEach(async () => {
  for (const visit of sent.splice(0)) await endVisit(township, visit)
})

interface Visit {
  state: string
  photos: { id: string; size: number; received: number }[]
}
const visitOf = (id: string) => township.get<Visit>(`/api/visits/${id}`)

async function slow(context: BrowserContext, page: Page, bytesPerSecond: number) {
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 80, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond },
  })
}

/** Where the parts of photos began, and the digest each photo was announced with. */
function watchParts(context: BrowserContext) {
  const offsets: number[] = []
  const digests = new Set<string>()
  context.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (!pathname.includes('/photos/')) return
    offsets.push(Number(searchParams.get('offset')))
    digests.add(searchParams.get('sha256') ?? '')
  })
  return { offsets, digests }
}

test('the browser dies in the middle of an upload: started again, the photo goes on where it stood', async ({
  baseURL,
  playwright,
}, { project }) => {
  const { visit } = await send()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-phone-'))
  const { locale, timezoneId, launchOptions } = project.use
  const open = () =>
    playwright.chromium.launchPersistentContext(folder, {
      ...{ ...launchOptions, ...phone, locale, timezoneId, baseURL },
    })
  const first = await open()
  const page = await first.newPage()
  await setUpPhone(page, 'chengguan-cun')
  const [photo] = await makePhotos(page, 1, 520)
  await first.setOffline(true)
  await fillVisit(page, visit, photo ? [photo] : [], 1)
  await openPage(page, 'outbox')
  // Half a minute for the whole photo, so that it is in the middle when it ends.
  await slow(first, page, 8192)
  await first.setOffline(false)
  await expect(page.locator('.item progress')).toBeVisible({ timeout: 300_000 })
  const died = new Promise((resolve) => first.once('close', resolve))
  const session = await first.newCDPSession(page)
  await session.send('Browser.crash').catch(() => undefined)
  await died

  const before = await visitOf(visit)
  expect(before.state).toBe('reported')
  const [half] = before.photos
  expect(half?.received).toBeGreaterThan(0)
  expect(half?.received).toBeLessThan(half?.size ?? 0)

  const second = await open()
  const { offsets, digests } = watchParts(second)
  // The session died as well, as it does when nobody had time to write it down.
  await second.clearCookies()
  const again = await second.newPage()
  await again.goto('/field/')
  await expect(again.getByRole('heading', { name: '输入设备密码' })).toBeVisible()
  await again.keyboard.type(pin)
  await again.getByRole('link', { name: '登录后上传' }).click()
  await again.getByRole('button', { name: /chengguan-cun$/ }).click()
  await expect(badge(again)).toHaveText('已全部上传', { timeout: 300_000 })
  expect(Math.min(...offsets)).toBeGreaterThan(0)
  const after = await visitOf(visit)
  expect(after.photos.map(({ size, received }) => size - received)).toEqual([0])
  const bytes = await township.file(`/api/visits/${visit}/photos/${half?.id}`)
  expect([...digests]).toEqual([createHash('sha256').update(bytes).digest('hex')])
  expect(await storedRows(again, 'contents')).toEqual([])
  await second.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Writes beside the app until not even a few bytes find room. */
function fillStorage(page: Page) {
  return page.evaluate(async () => {
    const opening = indexedDB.open('pictures of others')
    opening.addEventListener('upgradeneeded', () =>
      opening.result.createObjectStore('all', { autoIncrement: true }),
    )
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const write = (size: number) =>
      new Promise<boolean>((resolve) => {
        const bytes = new Uint8Array(size)
        for (let from = 0; from < size; from += 65_536)
          crypto.getRandomValues(bytes.subarray(from, from + 65_536))
        const writing = opening.result.transaction('all', 'readwrite')
        writing.objectStore('all').add(bytes)
        writing.addEventListener('complete', () => resolve(true))
        writing.addEventListener('abort', () => resolve(false))
      })
    for (const size of [500_000, 50_000, 5000, 500, 50]) while (await write(size));
  })
}

test('a full storage is said, and nothing typed is lost', async ({ page, context, baseURL }) => {
  const { visit } = await send()
  // A telephone with little room, which fills up: from then on the browser itself refuses to write.
  const storage = await context.newCDPSession(page)
  const origin = new URL(baseURL ?? '').origin
  await storage.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6e6 })
  await setUpPhone(page, 'chengguan-cun')
  await beginVisit(page, visit)
  await expect(page.getByText('已存在手机上')).toBeVisible()
  await fillStorage(page)
  await page.getByLabel('同去的另一人').fill('周干部')
  await expect(page.getByRole('alert')).toContainText('手机存储满了')
  await expect(page.getByText('还没有存上', { exact: true })).toBeVisible()
  await expect(page.getByLabel('同去的另一人')).toHaveValue('周干部')
  await expectUsable(page)
  await page.getByRole('button', { name: '再存一次' }).click()
  await expect(page.getByRole('alert')).toContainText('手机存储满了')

  await storage.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 12e6 })
  // An update that succeeds tries by itself, and may be quicker than the finger.
  const retry = page.getByRole('button', { name: '再存一次' })
  await expect(async () => {
    if (await retry.isVisible()) await retry.click({ timeout: 1000 })
    await expect(page.getByText('已存在手机上')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(page.getByRole('alert')).toHaveCount(0)
  const again = await startAgain(context, page, `visit/${visit}`)
  await expect(again.getByLabel('同去的另一人')).toHaveValue('周干部')
})

test('a clue that came while the report lay in the outbox is answered before it goes out', async ({
  page,
  context,
}) => {
  const { visit, visitor, household } = await send()
  await setUpPhone(page, 'chengguan-cun')
  const photos = await makePhotos(page, 2, 120)
  await context.setOffline(true)
  await fillVisit(page, visit, photos, 1)
  const { clue } = await township.post<{ clue: string }>('/api/clues/reports', {
    ...{ household: household.ref, cause: 'schooling', text: '孩子没去上学', request: crypto.randomUUID() },
  })
  await assign(township, [clue], visitor)
  await context.setOffline(false)
  await openPage(page, 'outbox')
  await expect(page.getByText('等走访报告先上传')).toHaveCount(2)
  await page.getByRole('link', { name: '去决定' }).click({ timeout: 300_000 })
  await page.getByRole('button', { name: '线索变了，补填后上报' }).click()
  await expect(page.getByText('还有 1 步没填完')).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: '线索：因学' }).click()
  await page.getByRole('radio', { name: '属实，有风险' }).click()
  // One of the photos turns out to be of no use.
  await openStep(page, '照片和位置')
  await page.getByRole('button', { name: '删除照片 2' }).click()
  await expect(page.locator('.photos img')).toHaveCount(1)
  await openStep(page, '看一遍再上报')
  await handIn(page)
  await expect(badge(page)).toHaveText('已全部上传', { timeout: 300_000 })
  const after = await visitOf(visit)
  expect(after.state).toBe('reported')
  expect(after.photos).toHaveLength(1)
  expect(await storedRows(page, 'contents')).toEqual([])
})

/** Goes on in the form until the step of that name. */
async function openStep(page: Page, name: string) {
  const heading = page.locator('.form-page h1')
  for (let at = await heading.innerText(); at !== name; at = await heading.innerText()) {
    await next(page)
    await expect(heading).not.toHaveText(at)
  }
}

test('a clock that is wrong is said, with by how much', async ({ page, context }) => {
  await setUpPhone(page, 'chengguan-cun')
  await expect(page.getByText(/手机时间/)).toHaveCount(0)
  await context.route('**/api/field/sync*', async (route) => {
    const answer = await route.fetch()
    const told = (await answer.json()) as { now: string }
    const now = new Date(Date.parse(told.now) - 47 * 60_000).toISOString()
    await route.fulfill({ response: answer, json: { ...told, now } })
  })
  await page.getByRole('button', { name: '立即更新' }).click()
  await expect(page.getByText('手机时间快了 47 分钟，请校准。', { exact: false })).toBeVisible()
  await expectUsable(page)
})

test('a telephone that was lost is erased from another, locked and signed out as it is', async ({
  page,
  context,
  browser,
}) => {
  await setUpPhone(page, 'chengguan-cun')
  const [lost] = await storedRows<{ device: string }>(page, 'device')
  await context.clearCookies()
  await context.setOffline(true)
  const elsewhere = await browser.newContext({ ...phone, locale: 'zh-CN' })
  const other = await elsewhere.newPage()
  await setUpPhone(other, 'chengguan-cun')
  await other.getByRole('link', { name: '本机', exact: true }).click()
  await expect(other.getByRole('heading', { name: '我的设备' })).toBeVisible()
  const rows = other.locator('.devices > li')
  await expect(rows.first()).toContainText('本机')
  await expectUsable(other)
  const row = other.locator(`.devices > li[data-device="${lost?.device}"]`)
  await row.getByRole('button', { name: '停用' }).click()
  await expect(row).toContainText('这台设备下次联网时自动清除全部资料')
  await row.getByRole('button', { name: /^停用 / }).click()
  await expect(row).toBeHidden()
  await other.getByText(/^已停用的 \d+ 台$/).click()
  await expect(row).toContainText('已停用')
  await expectUsable(other)
  // The one in the hand goes on working.
  await expect(other.getByRole('heading', { name: '本机', level: 1 })).toBeVisible()
  await elsewhere.close()

  // Locked, nobody signed in, no PIN typed: the network alone is enough.
  await page.reload()
  await expect(page.getByRole('heading', { name: '输入设备密码' })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: '本机资料已清除' })).toBeVisible()
  for (const table of ['device', 'visits', 'drafts', 'outbox', 'contents', 'facts'])
    expect(await storedRows(page, table)).toEqual([])
})

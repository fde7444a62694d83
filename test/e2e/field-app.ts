import { type BrowserContext, expect, type Page } from '@playwright/test'
import { expectAccessible } from './pages.ts'
import { remember, resume } from './sessions.ts'

export const pin = '271828'

/** Signs in on a new telephone and chooses its PIN. */
export async function setUpPhone(page: Page, username: string) {
  const isKnown = await resume(page.context(), username)
  await page.goto('/field/')
  const choosing = page.getByRole('heading', { name: '设置设备密码' })
  if (!isKnown) {
    // All tests come from one address; where they came too often the page says so, and one tries again.
    await expect(async () => {
      await page.getByRole('button', { name: new RegExp(`${username}$`) }).click()
      await expect(choosing.or(page.locator('.lacks'))).toBeVisible()
      expect(await choosing.count(), 'signed in').toBe(1)
    }).toPass({ intervals: [5000] })
    await remember(page.context(), username)
  }
  await expect(choosing).toBeVisible()
  await page.keyboard.type(pin)
  await expect(page.getByRole('heading', { name: '再输一遍' })).toBeVisible()
  await page.keyboard.type(pin)
  await expect(page.getByRole('heading', { name: '今天' })).toBeVisible()
  await expect(page.getByText(/^更新到/)).toBeVisible()
  // From now on the app starts without a network.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

type SeenTexts = Record<'.badge' | '.thumb', string[]>

/** Writes down all that the badge and the foot of the page ever said, however short. */
function watchWords() {
  const seenTexts: SeenTexts = { '.badge': [], '.thumb': [] }
  Object.assign(window, { seenTexts })
  const look = () => {
    for (const [place, words] of Object.entries(seenTexts)) {
      const text = document.querySelector(place)?.textContent
      if (text && words.at(-1) !== text) words.push(text)
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
}
/** What they said since the app was started again. */
export const seenTexts = (page: Page) =>
  page.evaluate(() => (window as unknown as { seenTexts: SeenTexts }).seenTexts)

/** Starts the app again, as after a kill: another page over the same storage. */
export async function startAgain(context: BrowserContext, killed: Page, path = ''): Promise<Page> {
  await killed.close()
  const page = await context.newPage()
  await page.addInitScript(watchWords)
  await page.goto(`/field/${path}`)
  await expect(page.getByRole('heading', { name: '输入设备密码' })).toBeVisible()
  await page.keyboard.type(pin)
  await expect(page.getByRole('link', { name: /待上传|已全部上传/ }).first()).toBeVisible()
  return page
}

/** Nothing keeps anybody out, and everything to tap is large enough for a thumb in the sun. */
export async function expectUsable(page: Page) {
  await expectAccessible(page)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, summary, select, textarea, input')]
      .map((one) => one.closest<HTMLElement>('label') ?? one)
      .filter((one) => one.checkVisibility())
      .map((one) => ({ box: one.getBoundingClientRect(), text: one.textContent?.trim() ?? '' }))
      .filter(({ box }) => box.height < 48 || box.width < 44)
      .map(({ box, text }) => `${text}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  )
  expect(small).toEqual([])
}

/** Rows of a table as they lie on the telephone, sealed but for the device's own; none where there is no database. */
export function storedRows<T>(page: Page, table: string): Promise<T[]> {
  return page.evaluate(async (name) => {
    const request = indexedDB.open('shouwang-field')
    // It is only looked at: a database that is not there is not made.
    request.addEventListener('upgradeneeded', () => request.transaction?.abort())
    const found = await new Promise<IDBDatabase | undefined>((resolve) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => resolve(undefined))
    })
    if (!found?.objectStoreNames.contains(name)) return []
    const all = found.transaction(name).objectStore(name).getAll()
    await new Promise((resolve) => all.addEventListener('success', resolve))
    found.close()
    return all.result
  }, table)
}

export const badge = (page: Page) => page.locator('.badge')
export const next = (page: Page) => page.getByRole('button', { name: '下一步' }).click()

export async function beginVisit(page: Page, visit: string) {
  await openPage(page, `card/${visit}`)
  await page.getByRole('link', { name: /开始填写|接着填写/ }).click()
}

/** Goes to a page without loading the app anew, which would lock it. */
export async function openPage(page: Page, path: string) {
  await page.evaluate((to) => {
    history.pushState(null, '', `/field/${to}`)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}

export async function fillWho(page: Page) {
  await expect(page.getByRole('heading', { name: '谁去，见到谁' })).toBeVisible()
  await page.getByLabel('同去的另一人').fill('周干部')
  await page.locator('.option').first().click()
  await next(page)
}

const items = ['吃的', '穿的', '上学', '看病', '住房', '饮水', '收入', '支出', '自己发展的能力']

export async function fillItems(page: Page, upTo = items.length) {
  for (const item of items.slice(0, upTo)) {
    await expect(page.getByRole('heading', { name: item, level: 1 })).toBeVisible()
    await page.getByRole('radio', { name: '没问题' }).click()
    await next(page)
  }
}

export async function excludeClue(page: Page) {
  await expect(page.getByRole('heading', { name: /^线索：/, level: 1 })).toBeVisible()
  await page.getByRole('radio', { name: '没有风险' }).click()
  await page.getByRole('radio', { name: '数据有误' }).click()
  await next(page)
}

export async function skipRisks(page: Page) {
  await expect(page.getByRole('heading', { name: '还有没有新的风险' })).toBeVisible()
  await next(page)
}

export async function addPhotos(page: Page, photos: readonly Buffer[]) {
  await expect(page.getByRole('heading', { name: '照片和位置' })).toBeVisible()
  for (const [i, buffer] of photos.entries()) {
    await page.locator('input[type=file]').setInputFiles({ name: `${i}.jpg`, mimeType: 'image/jpeg', buffer })
    await expect(page.locator('.photos img')).toHaveCount(i + 1)
  }
  await next(page)
}

export async function sign(page: Page) {
  await expect(page.getByRole('heading', { name: '签字', level: 1 })).toBeVisible()
  for (const pad of (await page.locator('canvas').all()).slice(0, 2)) {
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    if (!box) throw new Error('no place to sign')
    await page.mouse.move(box.x + 40, box.y + 30)
    await page.mouse.down()
    for (const step of [1, 2, 3, 4, 5, 6]) {
      await page.mouse.move(box.x + 40 + step * 25, box.y + 30 + (step % 2) * 40)
    }
    await page.mouse.up()
    await expect(pad).toHaveAccessibleName(/已签/)
  }
  await next(page)
}

export async function handIn(page: Page) {
  await expect(page.getByRole('heading', { name: '看一遍再上报' })).toBeVisible()
  await page.getByRole('button', { name: '上报' }).click()
  await expect(page.getByRole('heading', { name: '已放进待上传' })).toBeVisible()
}

/** The whole way through a visit with one clue or none. */
export async function fillVisit(page: Page, visit: string, photos: readonly Buffer[], clues = 0) {
  await beginVisit(page, visit)
  await fillWho(page)
  await fillItems(page)
  for (let i = 0; i < clues; i += 1) await excludeClue(page)
  await skipRisks(page)
  await addPhotos(page, photos)
  await sign(page)
  await handIn(page)
}

/** Pictures full of noise, so that they do not shrink; the same seed makes the same. */
export function makePhotos(page: Page, count: number, side: number): Promise<Buffer[]> {
  return page
    .evaluate(
      ([many, width]) => {
        const canvas = document.createElement('canvas')
        canvas.width = width
        canvas.height = width
        const pen = canvas.getContext('2d')
        let seed = 20_200_310
        const random = () => {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
          return seed / 2_147_483_648
        }
        return Array.from({ length: many }, () => {
          const pixels = new ImageData(width, width)
          for (let i = 0; i < pixels.data.length; i += 1) pixels.data[i] = i % 4 === 3 ? 255 : random() * 256
          pen?.putImageData(pixels, 0, 0)
          return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
        })
      },
      [count, side] as const,
    )
    .then((urls) => urls.map((url) => Buffer.from(url, 'base64')))
}

import { expect, type Locator, test } from '@playwright/test'
import jsQR from 'jsqr'
import { expectAccessible, signIn } from './pages.ts'

// As fine as an office printer: 300 dots an inch.
test.use({ deviceScaleFactor: 3 })

/** What a telephone reads from a code on the page, its edge included. */
async function readCode(code: Locator): Promise<string> {
  const picture = await code.screenshot()
  const { data, width, height } = await code.evaluate(
    async (_, bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      pen?.drawImage(bitmap, 0, 0)
      const pixels = pen?.getImageData(0, 0, bitmap.width, bitmap.height)
      return { data: [...(pixels?.data ?? [])], width: bitmap.width, height: bitmap.height }
    },
    [...picture],
  )
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? ''
}

test('a household reads its letters before anything else, on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, 'chengguan-nonghu')
  const own = page.locator('.own-letters')
  await expect(own.getByRole('heading', { level: 2, name: '给您家的信' })).toBeVisible()
  await expect(own).toContainText('接下来')
  await expect(own).toContainText('12317')
  await expect(own).not.toContainText(/[{}]|undefined|\d{4}-\d{2}-\d{2}/)
  await expect(page.locator('.own-record > .panel').first()).toHaveClass(/own-letters/)
  await expectAccessible(page)
})

test('an officer sends a letter as a message, prints it, and hands over a card', async ({
  browser,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, 'linquan')
  await page.goto('/clues?level=red')
  const href = await page.evaluate(async () => {
    const { rows } = await (await fetch('/api/clues?size=1')).json()
    return `/households/${rows[0].household.ref}`
  })
  await page.goto(href)
  const section = page.locator('.letters-section')
  await expect(section.getByRole('heading', { name: '写给这户的信' })).toBeVisible()
  await section.getByRole('button', { name: '复制短信' }).first().click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^您好，.*12317/)
  const message = await copied()
  expect(message).not.toMatch(/确诊|生病|元/)
  await expectAccessible(page)
  await section.getByRole('link', { name: '打印这封信' }).first().click()
  await expect(page.locator('.letter-sheet')).toHaveCount(1)
  await expect(page.locator('.letter-sheet')).toContainText('签收人')
  await expectAccessible(page)
  await page.getByRole('link', { name: '回到户档案' }).click()
  await section.getByRole('link', { name: '联系卡' }).click()
  const card = page.locator('.contact-card')
  await expect(card.locator('.card-code')).toHaveText(/^\d{3} \d{3}$/)
  await expectAccessible(page)
  const declare = await readCode(card.getByRole('img', { name: '申报页面的二维码' }))
  const visit = await readCode(card.getByRole('img', { name: '走访页面的二维码' }))
  expect(visit).toBe(`${new URL(page.url()).origin}/field/#/h/${href.split('/').at(-1)}`)
  const phone = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await phone.goto(declare)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('您是谁')
  await phone.goto(visit)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('登录')
  await phone.context().close()
  await page.getByRole('link', { name: '全村联系卡' }).click()
  await expect(page).toHaveURL(/area=\d{12}/)
  await expectAccessible(page)
})

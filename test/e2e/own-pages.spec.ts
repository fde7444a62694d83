import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './pages.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

/** Texts smaller than 18 px and targets smaller than 48 px that are on the page to be seen. */
function tooSmall(page: Page) {
  return page.evaluate(() => {
    const shown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    }
    const lineOf = (element: Element, size: number) =>
      `${element.tagName.toLowerCase()}.${element.className} ${size} ${(element.textContent ?? '').trim().slice(0, 20)}`
    const texts = [...document.querySelectorAll('body *')].filter(
      (element) =>
        shown(element) &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    )
    const small = texts.flatMap((element) => {
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      return size < 18 ? [lineOf(element, size)] : []
    })
    const targets = [
      ...document.querySelectorAll(
        'a[href], button, summary, input, textarea, [role="switch"], [role="menuitem"]',
      ),
    ].filter(shown)
    const low = targets.flatMap((element) => {
      // A choice is as large as the label around it.
      const { height } = (element.closest('label') ?? element).getBoundingClientRect()
      return height < 47.5 ? [lineOf(element, height)] : []
    })
    return { small, low }
  })
}
const nothing = { small: [], low: [] }

test('a household’s own pages are in large type and for any thumb, and consent names what was tapped', async ({
  page,
}) => {
  await signIn(page, 'chengguan-nonghu')
  await expect(page.getByRole('heading', { level: 1, name: '我家的档案' })).toBeVisible()
  for (const summary of await page.locator('.own-record summary').all()) await summary.click()
  expect(await tooSmall(page)).toEqual(nothing)
  await expectAccessible(page)

  await page.getByRole('switch', { name: '车辆' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('以下信息：车辆。')
  await expect(dialog).not.toContainText(/银行|房产|工商|税/)
  expect(await tooSmall(page)).toEqual(nothing)
  await dialog.getByRole('button', { name: /取\s?消/ }).click()
  await page.getByRole('button', { name: '其他不对的地方' }).click()
  await expect(dialog.getByLabel('应该是')).toBeVisible()
  expect(await tooSmall(page)).toEqual(nothing)
  await dialog.getByRole('button', { name: /取\s?消/ }).click()

  await expect(page.locator('.own-record a[href="tel:12317"]').first()).toBeVisible()
  // The browser of the tests has no voice of its own, and nothing is sent to be read elsewhere.
  await page.getByRole('button', { name: '读给我听' }).click()
  await expect(page.locator('.read-aloud')).toContainText(/不能朗读|不读了/)
})

test('a code that does not open leads to the village; a cause is enough', async ({ page }) => {
  await page.goto('/declare/341221999999')
  await expect(page.getByRole('alert')).toContainText('这个二维码打不开')
  await expect(page.locator('a[href="tel:12317"]')).toBeVisible()
  expect(await tooSmall(page)).toEqual(nothing)
  await expectAccessible(page)
  const place = (name: RegExp | string) => page.locator('.place-choice', { hasText: name }).first()
  await place('阜阳市').click()
  await place('临泉县').click()
  await place('城关街道').click()
  await page.locator('.place-choice').first().click()
  await expect(page).toHaveURL(/\/declare\/341221001\d{3}$/)
  await expect(page.getByRole('heading', { level: 1, name: '您是谁' })).toBeVisible()
  expect(await tooSmall(page)).toEqual(nothing)

  await page.getByLabel('姓名').fill('测试')
  await page.getByLabel('身份证号').fill('341221190001010019')
  await page.getByLabel('家庭编码').fill('123456')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '家里遇到了什么事' })).toBeVisible()
  expect(await tooSmall(page)).toEqual(nothing)
  await page.getByText('吃水有困难').click()
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('没有写')).toBeVisible()
  expect(await tooSmall(page)).toEqual(nothing)
  await expectAccessible(page)
})

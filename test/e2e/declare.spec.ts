import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn, signOut } from './pages.ts'

interface Known {
  village: number
  name: string
  idNumber: string
  code: string
}

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

/** A household of the demonstration that has its card and its ID card in the hand. */
async function findHousehold(page: Page): Promise<Known> {
  await signIn(page, 'linquan')
  const known = await page.evaluate(async () => {
    const call = async (path: string, body?: unknown) => {
      const response = await fetch(`/api${path}`, {
        method: body ? 'POST' : 'GET',
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      })
      if (!response.ok) throw new Error(await response.text())
      return response.json()
    }
    const { rows } = await call('/households?size=20&page=3')
    const { ref, members, village } = await call(`/households/${rows[0].ref}`)
    const member = members.find((one: { leftOn: string | null }) => one.leftOn === null)
    const { value } = await call(`/households/${ref}/reveal`, {
      ...{ field: 'id-number', person: member.ref, purpose: 'verify-identity' },
    })
    const card = await call(`/contact-cards?household=${ref}`)
    return { village: village.code, name: member.name, idNumber: value, code: card.rows[0].code }
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  await signOut(page)
  await page.setViewportSize({ width: 390, height: 844 })
  // What the page of the officer still asks for is none of the household's.
  await page.goto('about:blank')
  return known
}

test('a household declares on its telephone: wrong number, no network, sent again, and the county has it', async ({
  page,
  context,
}) => {
  const known = await findHousehold(page)
  const violations: string[] = []
  page.on('console', (message) => message.type() === 'error' && violations.push(message.text()))
  await page.goto(`/declare/${known.village}`)
  await expect(page.getByRole('heading', { level: 1, name: '您是谁' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toContainText('还有 3 处要改')
  await expectAccessible(page)
  const last = known.idNumber.at(-1) === '1' ? '2' : '1'
  await page.getByLabel('姓名').fill(known.name)
  await page.getByLabel('身份证号').fill(known.idNumber.slice(0, 17) + last)
  await page.getByLabel('家庭编码').fill(known.code)
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toContainText('对着身份证再看一遍')
  await page.getByRole('alert').getByRole('button').click()
  await expect(page.getByLabel('身份证号')).toBeFocused()
  await page.getByLabel('身份证号').fill(known.idNumber)
  await page.getByRole('button', { name: '下一步' }).click()

  await expect(page.getByRole('heading', { level: 1, name: '家里遇到了什么事' })).toBeVisible()
  const words = `井里没水三天了，第 ${Date.now() % 1e6} 次说`
  await page.getByText('吃水有困难').click()
  await page.getByLabel('用自己的话说几句').fill(words)
  await expectAccessible(page)
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText(words)).toBeVisible()
  await expectAccessible(page)

  expect(violations).toEqual([])
  await context.setOffline(true)
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.getByRole('alert')).toContainText('您写的都还在')
  await expect(page.getByText(words)).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('alert')).toContainText('网络通了')
  await page.reload()
  await expect(page.getByLabel('身份证号')).toHaveValue(known.idNumber)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /收到了/ })).toBeVisible()
  await expect(page.locator('.receipt-number')).toHaveText(/^\d{4} \d{4}$/)
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByLabel('身份证号')).toHaveValue('')

  await page.setViewportSize({ width: 1280, height: 900 })
  await signIn(page, 'linquan')
  // What was sent is looked into behind the answer, and becomes a clue a moment later.
  await expect
    .poll(
      async () =>
        (await (await page.request.get(`/api/clues?channel[]=self&cause[]=water&q=${known.idNumber}`)).json())
          .total,
    )
    .toBeGreaterThan(0)
  await page.goto(`/clues?channel=self&cause=water&q=${known.idNumber}`)
  await page.locator('tbody a').first().click()
  await expect(page.getByText(words).first()).toBeVisible()
})

test('in English, and with a code of no village', async ({ page }) => {
  await page.goto('/declare/000000000000')
  await expect(page.getByRole('alert')).toContainText('这个二维码打不开')
  await page.goto('/declare/341221001003')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Who are you' })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('测试')
  await page.getByLabel('ID number').fill('３４１２２１１９０００１０１００１９')
  await expect(page.getByText('341221 1900 0101 0019')).toBeVisible()
  await page.getByLabel('Household code').fill('123')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert')).toContainText('you typed 3')
  await expectAccessible(page)
  await page.getByLabel('Household code').fill('123456')
  await page.getByRole('button', { name: 'Next' }).click()
  await expectAccessible(page)
  await page.goBack()
  await expect(page.getByLabel('Household code')).toHaveValue('123456')
})

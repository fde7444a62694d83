import { expect, test } from '@playwright/test'
import { signIn } from './pages.ts'

declare global {
  interface Window {
    violations: string[]
  }
}

// Its own styles move what appears; they too keep to the policy.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('no page, menu or dialog needs what the content security policy forbids, and foreign styles and scripts are refused', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile }) =>
      window.violations.push(`${effectiveDirective} ${sourceFile}`),
    )
  })
  await signIn(page, 'linquan')
  for (const path of [
    '/overview',
    '/workbench',
    '/workbench/ladder',
    '/clues',
    '/households',
    '/intake',
    '/policy',
    '/me',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByLabel('正在载入')).toHaveCount(0)
    for (const control of await page.getByRole('combobox').all()) {
      await control.click({ timeout: 1000, force: true }).catch(() => undefined)
      await page.keyboard.press('Escape')
    }
    expect(await page.evaluate(() => window.violations), path).toEqual([])
  }
  const refused = await page.evaluate(async () => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<style>body { outline: 3px solid red }</style><p id="styled" style="color: rgb(1, 2, 3)">x</p>',
    )
    const script = document.createElement('script')
    script.textContent = 'window.violations.push("ran")'
    document.body.append(script)
    const styled = document.querySelector('#styled')
    return {
      ran: window.violations.includes('ran'),
      outline: getComputedStyle(document.body).outlineStyle,
      colour: styled && getComputedStyle(styled).color,
    }
  })
  expect(refused).toMatchObject({ ran: false, outline: 'none' })
  expect(refused.colour).not.toBe('rgb(1, 2, 3)')
})

test('the API page draws every route by itself, keeps to the policy, and asks no other site', async ({
  page,
  baseURL,
}) => {
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sourceFile }) =>
      window.violations.push(`${effectiveDirective} ${sourceFile}`),
    )
  })
  const foreign: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url)) foreign.push(url)
  })
  await page.goto('/api/docs')
  await expect(page).toHaveTitle('守望 · 接口文档')
  expect(new URL(page.url()).pathname).toBe('/api/docs/')
  // Only what is in sight is drawn; the field above leads to the rest.
  await page.getByPlaceholder('Filter by tag').fill('clues')
  const clues = page.locator('.opblock').filter({ has: page.locator('[data-path="/clues/dispatch"]') })
  await clues.locator('button').first().click()
  await expect(clues.getByText('Responses', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try it out' })).toHaveCount(0)
  expect(await page.evaluate(() => window.violations)).toEqual([])
  expect(foreign).toEqual([])
})

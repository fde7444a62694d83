import { expect, test } from '@playwright/test'
import { roles } from '#contract/access/capabilities.ts'
import { signInByCard } from './pages.ts'

/** One demonstration account of every role. */
const accounts: Record<(typeof roles)[number], string> = {
  clerk: 'linquan',
  checker: 'linquan-shenhe',
  leader: 'linquan-lingdao',
  department: 'yibao',
  township: 'chengguan',
  village: 'chengguan-cun',
  'team-member': 'chengguan-duiyuan',
  helper: 'chengguan-bangfu',
  supervisor: 'linquan-duzhan',
  'support-unit': 'linquan-bangfudanwei',
  bank: 'linquan-yinhang',
  donor: 'linquan-juanzeng',
  household: 'chengguan-nonghu',
  'system-admin': 'xitong',
  'security-admin': 'anquan',
  'audit-admin': 'shenji',
}

test('every entry of every role’s menu opens, and nothing on its page is refused', async ({ browser }) => {
  for (const role of roles) {
    const context = await browser.newContext()
    const page = await context.newPage()
    const refused: string[] = []
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(`${role}: ${new URL(answer.url()).pathname}`)
    })
    await signInByCard(page, accounts[role])
    const entries = page.locator('.shell-nav .nav-list > li > a')
    const names = await entries.allInnerTexts()
    if (role === 'department') expect(names).toEqual(['数据比对', '政策规则', '导出登记'])
    for (const [i] of names.entries()) {
      await entries.nth(i).click()
      await expect(entries.nth(i)).toHaveClass(/active/)
      await expect(page.locator('#main h1').first()).toBeVisible()
      await page.waitForLoadState('networkidle')
      await expect(page.locator('#main .error-box')).toHaveCount(0)
    }
    await context.close()
    expect(refused).toEqual([])
  }
})

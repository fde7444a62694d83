import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { startDemo } from './demo-server.ts'
import { expectAccessible } from './pages.ts'
import { helpFamily, resolveRisk } from './story-later.ts'
import { base, households, openDesks, port } from './story-tools.ts'
import {
  auditAndEnter,
  authoriseAndCompare,
  chooseFamily,
  decide,
  expectNoAudit,
  openVisit,
  reportAtDesk,
  reviewAndHangOut,
  sendBill,
  sendVillage,
} from './story-work.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-2021-'))
let stop: () => Promise<void> = () => Promise.resolve()

test.use({ baseURL: base })
test.beforeAll(() => {
  test.setTimeout(600_000)
  return on('2021-03-10')
})
test.afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

async function on(asOf: string) {
  await stop()
  stop = await startDemo({ port, folder, households, asOf })
}

test('2021: a family above the line meets sudden serious difficulty, is recognised as that, helped, and out of it', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(900_000)
  const { family, head } = await chooseFamily(playwright)
  const name = family.headName
  const desks = openDesks(browser)

  await test.step('a bill of 50,000 yuan: the income is above the line, what is left of it is not', async () => {
    const stay = { number: 'E21', from: '2021-02-20', to: '2021-03-06', selfPaidYuan: 50_000 }
    await sendBill(desks, head, { name: '医保局-三月补报.csv', stay })
    const page = await desks('village', '/clues?cause=illness')
    await page.getByRole('link', { name, exact: true }).first().click()
    await expect(page.getByText(/收入在监测线以上，但扣掉一年看病、上学自己花的钱/).first()).toBeVisible()
    await expect(page.getByText(/低于监测线 6,?000/).first()).toBeVisible()
    await expectAccessible(page)
    await sendVillage(desks, family, 1, 'zh-CN')
  })

  const story =
    await test.step('the village looks, the township decides, the village reviews it', async () => {
      const page = await desks('village', '/clues?cause=illness')
      await page.getByRole('link', { name, exact: true }).first().click()
      const visit = await openVisit(page.getByRole('link', { name: /^看入户/ }))
      await reportAtDesk(page, family, 'zh-CN')
      const id = await decide(desks, visit, 'zh-CN')
      await authoriseAndCompare(desks, id, 'zh-CN')
      return id
    })

  const over = await test.step('the list hangs out', async () => {
    const page = await desks('village', `/cases/${story}`)
    const until = await reviewAndHangOut(page, 'zh-CN')
    await expectNoAudit(desks, story, until, 'zh-CN')
    return until
  })

  await on(over)
  await test.step('the county recognises a category that 2020 did not have', async () => {
    await auditAndEnter(desks, story, 'zh-CN', '突发严重困难户')
    const page = await desks('township', `/households/${family.ref}`)
    const spell = page.locator('.casework-list').first().locator('li').first()
    await expect(spell).toContainText('突发严重困难户')
    await expect(spell).toContainText('有风险，监测中')
  })

  const later = { desks, family, on }
  await helpFamily(later)
  const resolvedOn = await resolveRisk(later, '2021-09-21')
  await test.step('its page tells the whole of it', async () => {
    const page = await desks('township', `/households/${family.ref}`)
    const spells = page.locator('.casework-list').first().locator('li')
    await expect(spells.nth(0)).toContainText('风险已消除')
    await expect(spells.nth(1)).toContainText('突发严重困难户')
    await expect(spells.nth(1)).toContainText(`${over} – ${resolvedOn}`)
  })
})

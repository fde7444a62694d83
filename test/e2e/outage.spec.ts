import { existsSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { signIn } from './pages.ts'

/** Kills the database and keeps it away until the answer is called: its files are not where it looks for them. */
function takeDatabaseAway(): () => void {
  const files = path.join(process.env.SHOUWANG_TEST_DATA ?? '', 'postgres')
  const pid = Number(readFileSync(path.join(files, 'postmaster.pid'), 'utf8').split('\n')[0])
  renameSync(files, `${files}-away`)
  process.kill(pid, 'SIGQUIT')
  return () => {
    if (existsSync(`${files}-away`)) renameSync(`${files}-away`, files)
  }
}

test('the database goes and comes under an officer who is typing', async ({ page, request }) => {
  await signIn(page, 'linquan')
  await page.goto('/clues?rule=R01&state=new')
  await page.locator('.clue-table tbody tr th a').first().click()
  const story = page.locator('.story')
  await story.getByRole('button', { name: '派发' }).click()
  const modal = page.getByRole('dialog')
  await modal.getByLabel('备注').fill('核实住院费用，数据库断了也不能丢')
  await expect(modal.getByRole('button', { name: /派发 1/ })).toBeEnabled()

  const bringBack = takeDatabaseAway()
  try {
    await expect.poll(async () => (await request.get('/readyz')).status()).toBe(503)
    await modal.getByRole('button', { name: /派发 1/ }).click()
    await expect(modal.getByRole('alert')).toContainText('数据库暂时连不上')
    await expect(modal.getByLabel('备注')).toHaveValue('核实住院费用，数据库断了也不能丢')

    const other = await page.context().newPage()
    await other.goto('/households')
    await expect(other.getByText('连接中断，正在重试…')).toBeVisible()
    bringBack()
    await expect(other.locator('h1')).toContainText('户档案')
    await expect(other.locator('tbody tr').first()).toBeVisible()
    await expect(other.getByText('连接中断，正在重试…')).toBeHidden()
    await other.close()
  } catch (error) {
    // Whatever failed, the tests that follow need their database.
    bringBack()
    throw error
  }
  await modal.getByRole('button', { name: /派发 1/ }).click()
  await expect(story.locator('.story-marks')).toContainText('已派发')
  await expect(story.locator('.timeline').getByText('核实住院费用，数据库断了也不能丢')).toHaveCount(1)

  await story.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('演练结束')
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await expect(story.locator('.story-marks')).toContainText('待派发')
})

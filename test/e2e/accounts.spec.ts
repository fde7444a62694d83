import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { choosePassword, openAccount } from './newcomer.ts'
import { choices, choose, expectAccessible, signIn } from './pages.ts'

const stamp = Date.now().toString(36)

test('an account takes two people, its person chooses the password, and a suspension ends its session', async ({
  page,
  browser,
}) => {
  const username = `cun-${stamp}`
  await signIn(page, 'chengguan')
  await page.getByRole('link', { name: '账号管理' }).click()
  await page.getByRole('button', { name: '申请新账号' }).click()
  const form = page.getByRole('dialog', { name: '申请新账号' })
  await expectAccessible(page)
  await form.getByRole('button', { name: '提交申请' }).click()
  await expect(form.getByText('请填写姓名')).toBeVisible()
  await expect(form.getByText('请选择角色')).toBeVisible()
  await form.getByLabel('姓名').fill('测试信息员')
  await form.getByLabel('用户名').fill(username)
  await form.getByLabel('角色', { exact: true }).click()
  await expect(choices(page)).toHaveText(['村信息员', '驻村队员', '帮扶责任人', '农户'])
  await choices(page).filter({ hasText: '村信息员' }).click()
  await expect(choices(page)).toHaveCount(0)
  await choose(page, form.getByLabel('村', { exact: true }), '流鞍社区')
  await form.getByRole('button', { name: '提交申请' }).click()
  const slip = page.getByRole('dialog', { name: '启用码上半段' })
  const first = await slip.locator('.one-time').innerText()
  expect(first).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  await expectAccessible(page)
  await slip.getByRole('button', { name: /关闭/ }).click()
  const waiting = (on: Page) =>
    on.getByRole('region', { name: /等第二人同意的申请/ }).locator('tr', { hasText: username })
  await expect(waiting(page)).toContainText('等另一职责的人同意')
  await expect(waiting(page).getByRole('button')).toHaveCount(0)
  await expect.poll(() => page.content()).not.toContain(first)

  const second = await browser.newContext({ locale: 'zh-CN' })
  const leader = await second.newPage()
  await signIn(leader, 'linquan-lingdao')
  await leader.goto('/accounts')
  await expect(waiting(leader)).toContainText('新建账号')
  await expectAccessible(leader)
  await waiting(leader).getByRole('button', { name: '同意', exact: true }).click()
  const other = leader.getByRole('dialog', { name: '启用码下半段' })
  const last = await other.locator('.one-time').innerText()
  await expectAccessible(leader)
  await other.getByRole('button', { name: /关闭/ }).click()
  await expect(waiting(leader)).toHaveCount(0)
  await second.close()

  await page.reload()
  await page.getByLabel('搜索用户名或姓名').fill(username)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`q=${username}`))
  await expect(page.locator('.accounts-list tbody tr')).toHaveCount(1)
  await expect(page.locator('.state-tags')).toContainText('待本人启用')

  const elsewhere = await browser.newContext({ locale: 'zh-CN' })
  const person = await elsewhere.newPage()
  await choosePassword(person, { username, first, second: first, password: 'Xiaoman-2020' })
  await expect(person.getByRole('alert').first()).toContainText('启用码不对')
  await expectAccessible(person)
  await person.getByLabel('启用码下半段').fill(last)
  await person.getByRole('button', { name: '设置密码并登录' }).click()
  await expect(person.getByRole('heading', { name: '工作台' })).toBeVisible()

  await page.getByRole('link', { name: '测试信息员' }).click()
  await page.getByRole('button', { name: '停用' }).click()
  const suspend = page.getByRole('dialog', { name: /停用/ })
  await expect(suspend.locator('.account-effect')).toContainText('测试信息员 会立即退出登录')
  await suspend.getByRole('button', { name: '停用' }).click()
  await expect(suspend.getByText('请写明理由')).toBeVisible()
  await suspend.getByLabel('理由').fill('已调离')
  await suspend.getByRole('button', { name: '停用' }).click()
  await expect(page.getByText(/由 chengguan 停用，理由：已调离/)).toBeVisible()
  await expectAccessible(page)

  await person.goto('/clues')
  await expect(person).toHaveURL(/\/sign-in/)
  await person.getByLabel('用户名').fill(username)
  await person.getByLabel('密码', { exact: true }).fill('Xiaoman-2020')
  await person.getByRole('button', { name: '登录', exact: true }).click()
  await expect(person.getByRole('alert')).toContainText('账号已停用')
  await elsewhere.close()
})

test('a file with mistakes makes nothing and says how to mend them; the mended one makes all', async ({
  page,
}) => {
  const row = (n: number, role: string, area: number) => `piliang-${stamp}-${n},批量${n},${role},${area},`
  const file = (rows: string[]) => ({
    name: '开户.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${['用户名,姓名,角色,区划代码,部门', ...rows].join('\r\n')}\r\n`),
  })
  await signIn(page, 'chengguan')
  await page.goto('/accounts')
  await page.getByRole('button', { name: '批量申请' }).click()
  const dialog = page.getByRole('dialog', { name: '批量申请账号' })
  const template = page.waitForEvent('download')
  await dialog.getByRole('button', { name: /下载模板/ }).click()
  expect(readFileSync(await (await template).path(), 'utf8')).toContain('用户名,姓名,角色,区划代码,部门')

  const good = [1, 2, 3].map((n) => row(n, '帮扶责任人', 341221001000))
  await dialog
    .locator('input[type=file]')
    .setInputFiles(file([good[0] ?? '', row(2, '县长', 341221001000), row(3, '村信息员', 341222001001)]))
  await expect(dialog.getByText(/共 3 行，1 行合格/)).toBeVisible()
  await expect(dialog.locator('tbody tr').filter({ hasText: '县长' })).toContainText('3')
  await expect(dialog.getByRole('button', { name: /^申请 \d+ 个账号/ })).toHaveCount(0)
  await expectAccessible(page)

  await dialog.locator('input[type=file]').setInputFiles(file(good))
  await expect(dialog.getByText('3 行全部合格')).toBeVisible()
  await dialog.getByRole('button', { name: '申请 3 个账号' }).click()
  await expect(dialog.getByText(/已登记 3 个账号申请/)).toBeVisible()
  await dialog.getByRole('button', { name: /关闭|Close/ }).click()
  await expect(page.getByText(/还没有保存启用码文件/)).toBeVisible()
  await page.getByRole('button', { name: '回去保存' }).click()
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: '保存启用码文件' }).click()
  const codes = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(codes).toHaveLength(4)
  expect(codes[1]).toMatch(new RegExp(`^piliang-${stamp}-1,批量1,[A-Z0-9]{4}-[A-Z0-9]{4}$`))
})

test('a handover states what moves, moves the households of a helper, and can be taken back', async ({
  page,
  browser,
  playwright,
  baseURL,
}) => {
  await signIn(page, 'chengguan')
  const taker = await openAccount(
    page,
    { playwright, baseURL },
    {
      username: `jieren-${stamp}`,
      name: '接任帮扶人',
      role: 'helper',
      area: 341221001000,
      password: 'Xiaoman-2020',
    },
  )
  const elsewhere = await browser.newContext({ locale: 'zh-CN' })
  const helper = await elsewhere.newPage()
  await signIn(helper, 'chengguan-bangfu')
  const householdsOf = async () => (await (await helper.request.get('/api/households')).json()).total
  const helped = await householdsOf()
  expect(helped).toBeGreaterThan(0)

  const handOver = async (name: string, from: string, to: string) => {
    await page.goto(`/accounts?q=${from}`)
    await page.locator('.accounts-list tbody th a').first().click()
    await page.getByRole('button', { name: '移交工作' }).click()
    const dialog = page.getByRole('dialog', { name: /移交工作/ })
    await choose(page, dialog.getByLabel('接收人'), to)
    await expect(dialog.locator('.account-effect')).toContainText(
      new RegExp(`将把 ${name} 手上的 \\d+ 项工作`),
    )
    await expect(dialog.locator('.work-counts')).toContainText(`帮扶的农户${helped} 项`)
    await expectAccessible(page)
    await dialog.getByLabel('理由').fill('岗位调整')
    await dialog.getByRole('button', { name: /^移交 \d+ 项/ }).click()
    await expect(page.getByText(/已把 \d+ 项工作移交给/)).toBeVisible()
    await expect(page.getByText(/要撤回，请在/)).toBeVisible()
  }
  await handOver('城关街道帮扶责任人 演示', 'chengguan-bangfu', `jieren-${stamp}`)
  expect(await householdsOf()).toBe(0)
  await page.getByRole('button', { name: /打开 接任帮扶人 的账号/ }).click()
  await expect(page).toHaveURL(new RegExp(`id=${taker}`))

  await page.goto('/accounts?q=chengguan-bangfu')
  await page.locator('.accounts-list tbody th a').first().click()
  await page.getByRole('button', { name: '撤回移交' }).click()
  const dialog = page.getByRole('dialog', { name: /撤回移交/ })
  await dialog.getByLabel('理由').fill('不调整了')
  await dialog.getByRole('button', { name: '撤回移交' }).click()
  await expect(dialog).toBeHidden()
  expect(await householdsOf()).toBe(helped)
  await elsewhere.close()
})

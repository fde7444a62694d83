import { expect, test } from '@playwright/test'
import { agree, choosePassword, enrolPhone, openAccount, requestAccount, totp } from './newcomer.ts'
import { enter, expectAccessible, signInByCard as signIn, signOut } from './pages.ts'

const county = 341221000000
const unique = () => `ceshi-${Date.now().toString(36)}`

test('a new officer chooses a password, sets up the phone, and signs in with code or backup code', async ({
  page,
  playwright,
  baseURL,
}) => {
  const username = unique()
  const chosen = 'Chunfeng-2020'
  await signIn(page, 'linquan-lingdao')
  const wanted = await requestAccount(page, { username, name: '新同事', role: 'clerk', area: county })
  const second = await agree(playwright, baseURL ?? '', wanted.id)
  await signOut(page)

  await choosePassword(page, { username, first: wanted.code, second, password: 'chunfeng' })
  await expect(page.locator('.password-rules .broken')).toHaveCount(2)
  await expectAccessible(page)
  await expect(page.getByRole('heading', { name: '设置自己的密码' })).toBeVisible()
  await page.getByLabel('新密码', { exact: true }).fill(chosen)
  await page.getByLabel('再输一遍新密码').fill(chosen)
  await page.getByRole('button', { name: '设置密码并登录' }).click()

  await expect(page.getByRole('heading', { name: '绑定手机验证器' })).toBeVisible()
  await expect(page.locator('.backup-codes li').first()).toBeVisible()
  await expectAccessible(page)
  // Nothing of the work is open before that is done.
  await page.goto('/clues')
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fclues/)
  await page.getByLabel('密码', { exact: true }).fill(chosen)
  await page.getByRole('button', { name: '开始绑定' }).click()
  const { secret, backupCodes } = await enrolPhone(page)
  await expect(page.getByRole('heading', { name: '预警清单' })).toBeVisible()

  await signOut(page)
  await enter(page, username, chosen)
  await expect(page.getByLabel('6 位验证码')).toBeFocused()
  await expect(page.locator('.demo-code')).toHaveCount(0)
  await expectAccessible(page)
  const wrong = totp(secret, Date.now() + 30_000) === '000000' ? '111111' : '000000'
  await page.getByLabel('6 位验证码').fill(wrong)
  await expect(page.getByRole('alert')).toContainText('验证码不对')
  // The code of the enrolment is used up; the one that comes next is taken already.
  await page.getByLabel('6 位验证码').fill(totp(secret, Date.now() + 30_000))
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()

  await signOut(page)
  await enter(page, username, chosen)
  await page.getByRole('button', { name: /改用备用码/ }).click()
  await page.getByLabel('备用码', { exact: true }).fill(backupCodes[0] ?? '')
  await page.getByRole('button', { name: '验证并登录' }).click()
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
})

test('a demonstration account leads in when its name and password are typed, too', async ({ page }) => {
  await page.goto('/sign-in')
  await enter(page, 'Linquan', 'shouwang-2020')
  await expect(page.getByLabel('6 位验证码')).toBeFocused()
  const code = page.locator('.demo-code')
  await expect(code).toContainText(/当前的验证码是 \d{6}/)
  await expectAccessible(page)
  await code.getByRole('button', { name: '填入' }).click()
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
})

test('five wrong passwords lock the account; whoever manages it lifts the lock', async ({
  page,
  playwright,
  baseURL,
}) => {
  const username = unique()
  const chosen = 'Qiuyue-2020x'
  await signIn(page, 'chengguan')
  const id = await openAccount(
    page,
    { playwright, baseURL },
    { username, name: '健忘的信息员', role: 'village', area: 341221001003, password: chosen },
  )
  await signOut(page)
  await page.goto('/sign-in')
  await enter(page, username, chosen)
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
  await signOut(page)

  // Each on a page of its own, so that what it says is about this attempt.
  const attempt = async (password: string) => {
    await page.goto('/sign-in')
    await enter(page, username, password)
  }
  for (let i = 0; i < 4; i++) {
    await attempt(`wrong-${i}`)
    await expect(page.getByRole('alert')).toContainText('用户名或密码不对')
  }
  await attempt('wrong-5')
  await expect(page.getByRole('alert')).toContainText(/账号暂时锁定.*请在 \d\d:\d\d 之后再试（约 \d+ 分钟）/s)
  await attempt(chosen)
  await expect(page.getByRole('alert')).toContainText('账号暂时锁定')
  await expectAccessible(page)

  await signIn(page, 'chengguan')
  await page.goto(`/accounts?id=${id}`)
  await expect(page.getByText(/登录失败次数过多，锁定到/)).toBeVisible()
  await page.getByRole('button', { name: '解锁' }).click()
  await page.getByRole('dialog', { name: /解锁/ }).getByRole('button', { name: '解锁' }).click()
  await expect(page.getByText('已解锁。')).toBeVisible()
  await page.getByRole('button', { name: '关闭' }).click()
  await signOut(page)
  await enter(page, username, chosen)
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
})

test('a session ended from elsewhere is over at once', async ({ page, browser }) => {
  await signIn(page, 'fuyang')
  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await signIn(other, 'fuyang')

  await page.goto('/me')
  const end = page.getByRole('button', { name: /^结束 Chrome/ })
  await expect(end.first()).toBeVisible()
  const before = await end.count()
  await expectAccessible(page)
  await end.first().click()
  await expect(page.getByText('已结束 1 个登录。')).toBeVisible()
  await expect(end).toHaveCount(before - 1)
  if (before > 1) await page.getByRole('button', { name: '结束其他所有登录' }).click()
  await expect(page.getByText('没有其他登录。')).toBeVisible()

  await other.goto('/clues?level=red')
  await expect(other).toHaveURL(/\/sign-in\?next=%2Fclues/)
  await elsewhere.close()
})

test('whoever is idle is warned, can stay with one click, and comes back to the same place', async ({
  page,
}) => {
  await page.clock.install()
  await signIn(page, 'linquan')
  await page.goto('/clues?level=red')
  await expect(page.locator('.clue-table tbody tr').first()).toBeVisible()
  await page.clock.fastForward('09:02')
  const warning = page.getByRole('dialog', { name: '即将退出登录' })
  await expect(warning).toContainText(/\d+ 秒后自动退出/)
  await expectAccessible(page)
  await warning.getByRole('button', { name: '继续使用' }).click()
  await expect(warning).toBeHidden()
  await page.clock.fastForward('10:05')
  await expect(page).toHaveURL(/\/sign-in\?.*why=idle/)
  await expect(page.getByRole('status')).toContainText('较长时间没有操作')
  await page.getByRole('button', { name: /\slinquan(\s|$)/ }).click()
  await expect(page).toHaveURL(/\/clues\?level=red/)
})

test('every role finds its start, and a menu of what it may open', async ({ page }) => {
  const starts: Record<string, string> = {
    yibao: '数据比对',
    'chengguan-bangfu': '工作台',
    'linquan-juanzeng': '我的账号',
    xitong: '账号管理',
  }
  for (const [username, heading] of Object.entries(starts)) {
    await page.context().clearCookies()
    await signIn(page, username)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  }
  await expect(page.locator('.shell-nav')).not.toContainText('预警清单')
})

test('in English and on a telephone signing in is the same', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /English/ }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /\sxitong(\s|$)/ }).click()
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  for (const path of ['/accounts', '/me']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect([path, overflow <= 0]).toEqual([path, true])
    await expectAccessible(page)
  }
})

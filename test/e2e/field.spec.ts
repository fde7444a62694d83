import { expect, test } from '@playwright/test'
import { beijingDay } from '#contract/days.ts'
import {
  addPhotos,
  badge,
  beginVisit,
  excludeClue,
  expectUsable,
  fillItems,
  fillVisit,
  fillWho,
  handIn,
  makePhotos,
  openPage,
  pin,
  setUpPhone,
  sign,
  skipRisks,
  startAgain,
  storedRows,
  wordsSaid,
} from './field-app.ts'
import { assign, endVisit, type Officer, officer, sendSomebody } from './field-work.ts'

test.use({
  viewport: { width: 390, height: 844 },
  permissions: ['geolocation'],
  geolocation: { latitude: 33.06, longitude: 115.26, accuracy: 12 },
})

interface Visit {
  state: string
  version: number
  photos: { id: string; size: number; received: number }[]
  report: {
    startedAt: string
    secondVisitor: string
    position: unknown
    signatures: unknown[]
    photos: string[]
  } | null
}

let township: Officer
test.beforeAll(async ({ playwright, baseURL }) => {
  township = await officer(playwright, baseURL ?? '', 'chengguan')
})
test.afterAll(() => township.close())

const sent: string[] = []
async function send() {
  const made = await sendSomebody(township, 'village')
  sent.push(made.visit)
  return made
}
test.afterEach(async () => {
  for (const visit of sent.splice(0)) await endVisit(township, visit)
})

const visitOf = (id: string) => township.get<Visit>(`/api/visits/${id}`)

test('a visit is filled in without a network, survives a kill, and is sent when the network is back', async ({
  page,
  context,
}) => {
  const { visit, household } = await send()
  await setUpPhone(page, 'chengguan-cun')
  await expect(page.getByRole('link', { name: new RegExp(household.headName) }).first()).toBeVisible()
  await expectUsable(page)
  const [photo] = await makePhotos(page, 1, 400)
  // It can be put on the home screen; the test's own private window is the one thing in the way.
  const browser = await context.newCDPSession(page)
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])

  await context.setOffline(true)
  // The code at the household's door opens the app; behind the PIN stands its card.
  const second = await startAgain(context, page, `#/h/${household.ref}`)
  await expect(second.getByText('没有网络，照常填写')).toBeVisible()
  await expect(second.getByRole('heading', { name: household.headName, level: 1 })).toBeVisible()
  expect(new URL(second.url()).pathname).toBe(`/field/h/${household.ref}`)
  await expect(second.getByRole('heading', { name: '家庭成员' })).toBeVisible()
  await expectUsable(second)
  await openPage(second, 'h/018f0000-0000-7000-8000-000000000001')
  await expect(second.getByRole('heading', { name: '这一户不在本机' })).toBeVisible()

  await beginVisit(second, visit)
  await second.getByRole('button', { name: '下一步' }).click()
  await expect(second.getByRole('alert')).toContainText('请写同去的另一人')
  await fillWho(second)
  await fillItems(second, 3)
  await expect(second.getByRole('heading', { name: '看病', level: 1 })).toBeVisible()
  await second.getByRole('radio', { name: '有问题' }).click()
  await second.getByLabel('有什么问题').fill('慢病药费一月三百多')
  await expectUsable(second)
  await expect(second.getByText('已存在手机上')).toBeVisible()

  const third = await startAgain(context, second, `visit/${visit}`)
  await expect(third.getByLabel('有什么问题')).toHaveValue('慢病药费一月三百多')
  await third.getByRole('button', { name: '下一步' }).click()
  for (const item of ['住房', '饮水', '收入', '支出', '自己发展的能力']) {
    await expect(third.getByRole('heading', { name: item, level: 1 })).toBeVisible()
    await third.getByRole('radio', { name: '没问题' }).click()
    await third.getByRole('button', { name: '下一步' }).click()
  }
  await excludeClue(third)
  await skipRisks(third)
  await third.getByRole('button', { name: '记下现在的位置' }).click()
  await expect(third.getByText(/已记下，误差约/)).toBeVisible()
  await expectUsable(third)
  await addPhotos(third, photo ? [photo] : [])
  await expectUsable(third)
  await sign(third)
  await expectUsable(third)
  await handIn(third)
  await expect(badge(third)).toHaveText('2 待上传')

  const coded = await startAgain(context, third, `?h=${household.householdNo}`)
  await expect(coded.getByRole('heading', { name: household.headName, level: 1 })).toBeVisible()
  await expect(coded.getByRole('link', { name: '这次走访已填好' })).toBeVisible()
  // Not for a moment does it claim that all went out, or offer to begin, as it would before it has read what waits.
  expect(await wordsSaid(coded)).toEqual({
    '.badge': ['2 待上传'],
    '.thumb': ['这次走访已填好，在待上传里。'],
  })
  const fourth = await startAgain(context, coded, 'outbox')
  await expect(fourth.locator('.item-waiting')).toHaveCount(2)
  await expectUsable(fourth)
  await context.setOffline(false)
  await expect(badge(fourth)).toHaveText('已全部上传', { timeout: 300_000 })
  const arrived = await visitOf(visit)
  expect(arrived).toMatchObject({
    state: 'reported',
    report: { secondVisitor: '周干部' },
  })
  expect(beijingDay(arrived.report?.startedAt ?? '')).toBe('2020-03-10')
  expect(arrived.report?.signatures).toHaveLength(2)
  expect(arrived.report?.position).toMatchObject({ accuracyMetres: 12 })
  expect(arrived.photos).toHaveLength(1)
  expect(arrived.photos[0]?.received).toBe(arrived.photos[0]?.size)
  await openPage(fourth, `visit/${visit}`)
  await expect(fourth.getByRole('heading', { name: '这次走访不在本机' })).toBeVisible()
})

test('when the session ends everything waits on the phone, and goes on after signing in again', async ({
  page,
  context,
}) => {
  const { visit } = await send()
  await setUpPhone(page, 'chengguan-cun')
  await context.clearCookies()
  await fillVisit(page, visit, [], 1)
  await expect(page.getByRole('alert')).toContainText('登录已过期', { timeout: 300_000 })
  await expect(badge(page)).toHaveText('1 待上传')
  expect((await visitOf(visit)).state).toBe('planned')

  const again = await startAgain(context, page)
  await expect(badge(again)).toHaveText('1 待上传')
  await again.getByRole('link', { name: '登录后上传' }).click()
  await expect(again.getByRole('heading', { name: '登录' })).toBeVisible()
  await expectUsable(again)
  // Somebody else may not send what is hers.
  await again.getByRole('button', { name: /chengguan-duiyuan$/ }).click()
  await expect(again.getByRole('alert')).toContainText('请用 城关街道村信息员 演示 的账号登录')
  expect((await visitOf(visit)).state).toBe('planned')
  await again.getByRole('link', { name: '登录后上传' }).click()
  await again.getByRole('button', { name: /chengguan-cun$/ }).click()
  await expect(badge(again)).toHaveText('已全部上传', { timeout: 300_000 })
  expect((await visitOf(visit)).state).toBe('reported')
})

test('a revoked device erases itself and says why, even when nobody is signed in on it', async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  const { household } = await send()
  await setUpPhone(page, 'chengguan-cun')
  await expect(page.getByText(household.headName).first()).toBeVisible()
  const [own] = await storedRows<{ device: string }>(page, 'device')
  await context.clearCookies()
  const owner = await officer(playwright, baseURL ?? '', 'chengguan-cun')
  await owner.post(`/api/field/devices/${own?.device}/revoke`, {})
  await owner.close()
  await page.getByRole('button', { name: '立即更新' }).click()
  await expect(page.getByRole('heading', { name: '本机资料已清除' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('已被停用')
  await expectUsable(page)
  expect(await storedRows(page, 'device')).toEqual([])
  await page.reload()
  await expect(page.getByRole('heading', { name: '本机资料已清除' })).toBeVisible()
})

test('a person decides when the visit changed meanwhile', async ({ page, context }) => {
  const kept = await send()
  const lost = await send()
  await setUpPhone(page, 'chengguan-cun')
  await context.setOffline(true)
  await fillVisit(page, kept.visit, [], 1)
  await fillVisit(page, lost.visit, [], 1)
  await assign(township, [kept.clue], kept.visitor)
  const { visitors } = await township.get<{ visitors: { id: string; role: string }[] }>(
    `/api/visits/visitors?clue=${lost.clue}`,
  )
  await assign(township, [lost.clue], visitors.find(({ role }) => role === 'team-member')?.id ?? '')
  await context.setOffline(false)
  await expect(badge(page)).toHaveText('2 待上传，有的要您处理', { timeout: 300_000 })

  await openPage(page, 'outbox')
  await page.locator('.item-conflict', { hasText: kept.household.headName }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: '我填的' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '服务器上现在的' })).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: '按现在的走访上报我填的' }).click()
  await expect(page.locator('.item-sent')).toHaveCount(1, { timeout: 300_000 })
  expect((await visitOf(kept.visit)).state).toBe('reported')

  await page.getByRole('link', { name: '去决定' }).click()
  await expect(page.getByText(/不能再上报：已改派给 城关街道驻村队员/)).toBeVisible()
  await expect(page.getByRole('button', { name: '按现在的走访上报我填的' })).toBeDisabled()
  await page.getByRole('link', { name: '放弃我填的' }).click()
  await page.getByRole('button', { name: '确定放弃' }).click()
  await expect(page.getByRole('alert')).toHaveText('请写明理由。')
  await page.getByLabel('理由').fill('驻村队员已去')
  await page.getByRole('button', { name: '确定放弃' }).click()
  await expect(page.getByText(/放弃上报: 驻村队员已去/)).toBeVisible()
  await expect(badge(page)).toHaveText('已全部上传')
})

test('ten wrong PINs and signing out both leave nothing behind, and say so before', async ({
  page,
  context,
}) => {
  const { visit } = await send()
  await setUpPhone(page, 'chengguan-cun')
  await context.setOffline(true)
  await fillVisit(page, visit, [], 1)
  await openPage(page, 'device')
  await expect(page.getByText(/户，全部加密/)).toBeVisible()
  await page.getByRole('button', { name: '退出并清除本机资料' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('还有 1 项没有上传')
  await expectUsable(page)
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '锁定' }).click()
  await expect(page.getByRole('heading', { name: '输入设备密码' })).toBeVisible()
  for (let left = 9; left > 0; left -= 1) {
    await page.keyboard.type('314159')
    await expect(page.getByText(`密码不对，还可以试 ${left} 次`)).toBeVisible()
  }
  await page.keyboard.type('314159')
  await expect(page.getByRole('alert')).toContainText('连续输错 10 次')

  await context.setOffline(false)
  await page.getByRole('button', { name: '重新登录使用' }).click()
  await expect(page.getByRole('heading', { name: '设置设备密码' })).toBeVisible()
  await page.keyboard.type('123456')
  await expect(page.getByRole('alert')).toContainText('太容易猜到')
  await page.keyboard.type(pin)
  await expect(page.getByRole('heading', { name: '再输一遍' })).toBeVisible()
  await page.keyboard.type(pin)
  await expect(page.getByRole('heading', { name: '今天' })).toBeVisible()
  await openPage(page, 'device')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Device', exact: true })).toBeVisible()
  await expectUsable(page)
  await page.getByRole('button', { name: 'Sign out and erase this phone' }).click()
  await page.getByRole('button', { name: 'Erase and sign out' }).click()
  await expect(page.getByRole('alert')).toContainText('You have signed out')
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
})

import { createHmac } from 'node:crypto'
import { expect, type Page, type PlaywrightWorkerArgs } from '@playwright/test'
import { signInPaths } from '#contract/access/session.ts'
import { officer } from './field-work.ts'

type Playwright = PlaywrightWorkerArgs['playwright']

export interface Newcomer {
  username: string
  name: string
  role: string
  area: number
}

/** An account requested through the API by whoever is signed in on the page; answers the request and the first half of the code. */
export function requestAccount(page: Page, newcomer: Newcomer): Promise<{ id: string; code: string }> {
  return postJson(page, '/api/accounts', newcomer)
}

/** The second person's word, through the API; answers the second half of the code. */
export async function agree(playwright: Playwright, baseURL: string, request: string): Promise<string> {
  const security = await officer(playwright, baseURL, 'anquan')
  const decided = await security.post<{ codes: { code: string }[] }>('/api/accounts/requests/decide', {
    ...{ ids: [request], approve: true },
  })
  await security.close()
  return decided.codes[0]?.code ?? ''
}

/** All of it: requested on the page, agreed to by the security administrator, the password chosen; answers the account's id. */
export async function openAccount(
  page: Page,
  { playwright, baseURL }: { playwright: Playwright; baseURL: string | undefined },
  { password, ...newcomer }: Newcomer & { password: string },
): Promise<string> {
  const wanted = await requestAccount(page, newcomer)
  const second = await agree(playwright, baseURL ?? '', wanted.id)
  const { username } = newcomer
  await postJson(page, signInPaths.choosePassword, { username, first: wanted.code, second, password })
  const listed = await page.request.get(`/api/accounts?q=${username}`)
  return (await listed.json()).rows[0].id
}

function postJson<T>(page: Page, path: string, body: object): Promise<T> {
  return page.evaluate(
    async ([to, fields]) => {
      const response = await fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: fields,
      })
      if (!response.ok) throw new Error(await response.text())
      return await response.json()
    },
    [path, JSON.stringify(body)] as const,
  )
}

/** The first sign-in of a new account, with the halves of its code from two slips. */
export async function choosePassword(
  page: Page,
  fields: { username: string; first: string; second: string; password: string },
) {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: /用启用码设置密码/ }).click()
  await page.getByLabel('用户名').fill(fields.username)
  await page.getByLabel('启用码上半段').fill(fields.first)
  await page.getByLabel('启用码下半段').fill(fields.second)
  await page.getByLabel('新密码', { exact: true }).fill(fields.password)
  await page.getByLabel('再输一遍新密码').fill(fields.password)
  await page.getByRole('button', { name: '设置密码并登录' }).click()
}

/** Reads the key off the enrolment page as a phone would, and finishes it. */
export async function enrolPhone(page: Page): Promise<{ secret: string; backupCodes: string[] }> {
  await expect(page.getByRole('img', { name: '绑定验证器的二维码' })).toBeVisible()
  const secret = (await page.locator('.enrol-secret').innerText()).replaceAll(' ', '')
  const backupCodes = await page.locator('.backup-codes li').allInnerTexts()
  await page.getByLabel('我已保存好备用码').check()
  await page.getByLabel(/输入验证器现在显示的/).fill(totp(secret))
  await page.getByRole('button', { name: '完成绑定' }).click()
  return { secret, backupCodes }
}

/** The code of this moment as RFC 6238 has it, written anew: it would be no test to request the product's own library. */
export function totp(secret: string, now = Date.now()): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)))
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

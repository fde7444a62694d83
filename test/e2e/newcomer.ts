import { createHmac } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { enter } from './pages.ts'

export interface Newcomer {
  username: string
  name: string
  role: string
  area: number
}

/** Makes an account through the API, as whoever is signed in on the page; answers its id and one-time password. */
export function createAccount(page: Page, newcomer: Newcomer): Promise<{ id: string; password: string }> {
  return page.evaluate(async (body) => {
    const response = await fetch('/api/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as { id: string; password: string }
  }, newcomer)
}

/** The first sign-in of a new account: a password of one's own, then, where the role needs one, the phone. */
export async function firstSignIn(page: Page, username: string, initial: string, chosen: string) {
  await page.goto('/sign-in')
  await enter(page, username, initial)
  await expect(page.getByRole('heading', { name: '设置自己的密码' })).toBeVisible()
  await page.getByLabel('新密码', { exact: true }).fill(chosen)
  await page.getByLabel('再输一遍新密码').fill(chosen)
  await page.getByRole('button', { name: '保存新密码' }).click()
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

/** The code of this moment as RFC 6238 has it, written anew: it would be no test to ask the product's own library. */
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

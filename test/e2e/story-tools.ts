import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import type { Language } from '#web/locales/language.ts'
import { freePort } from './demo-server.ts'
import type { Officer } from './field-work.ts'
import { signIn } from './pages.ts'

/** A server of its own, because the days pass: the product starts again on each of them and finds its data. */
export const port = await freePort()
export const base = `http://127.0.0.1:${port}`
export const households = 1500

interface Rows<T> {
  rows: T[]
  total: number
}
export interface Family {
  ref: string
  headName: string
  memberCount: number
}

/** The people of the story, by what they are in it. */
const usernames = {
  department: 'yibao',
  village: 'chengguan-cun',
  township: 'chengguan',
  clerk: 'linquan',
  checker: 'linquan-shenhe',
} as const
export type Who = keyof typeof usernames
interface How {
  language?: Language
  width?: number
}

export type Desks = (who: Who, path: string, how?: How) => Promise<Page>

/** A desk for each of them: signed in once and open for the whole story, for a session outlives a restart. */
export function openDesks(browser: Browser): Desks {
  const open = new Map<Who, Page>()
  return async (who, path, { language = 'zh-CN', width = 1440 } = {}) => {
    const page = open.get(who) ?? (await sitDown(browser, usernames[who]))
    open.set(who, page)
    await page.setViewportSize({ width, height: 900 })
    await page.goto(path)
    const spoken = page.locator('html')
    if ((await spoken.getAttribute('lang')) !== language) {
      await page.getByRole('button', { name: /^(语言|Language): / }).click()
      await expect(spoken).toHaveAttribute('lang', language)
    }
    return page
  }
}

async function sitDown(browser: Browser, username: string): Promise<Page> {
  const context = await browser.newContext({
    ...{ baseURL: base, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  })
  const page = await context.newPage()
  await signIn(page, username)
  return page
}

/** A button that is there, cannot be used, and says why to everybody, a screen reader too. */
export async function expectRefused(button: Locator, why: RegExp) {
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleDescription(why)
}

interface Details {
  spells: { risk: string; to: string | null }[]
  indicators: { key: string; value: number | null }[]
}

/** A family of the village that nobody has a worry about yet, and that help can bring back: only the bill is lacking to it. */
export async function findFamily(village: Officer): Promise<Family> {
  const [all, open, cases] = await Promise.all([
    village.get<Rows<Family>>('/api/households?size=50'),
    village.get<Rows<{ household: Family }>>('/api/clues?size=50'),
    village.get<Rows<{ household: Family }>>('/api/cases?size=50'),
  ])
  const worried = new Set([...open.rows, ...cases.rows].map(({ household }) => household.ref))
  const calm = all.rows.filter(({ ref, memberCount }) => !worried.has(ref) && memberCount >= 2)
  for (const family of calm)
    if (isSound(await village.get<Details>(`/api/households/${family.ref}`))) return family
  throw new Error('every family of the village has a worry')
}

/** Not monitored, somebody is able to work, the income is far above every line, and no source says anything else against it. */
function isSound({ spells, indicators }: Details): boolean {
  const known = new Map(indicators.map(({ key, value }) => [key, value]))
  const atMost = (key: string, most: number) => (known.get(key) ?? 0) <= most
  return (
    spells.every(({ risk }) => risk === 'none') &&
    (known.get('labourMembers') ?? 0) > 0 &&
    (known.get('netIncomePerHead') ?? 0) > 900_000 &&
    ['uninsuredMembers', 'dropoutMembers', 'waterQualityFailed', 'waterCutDaysYear'].every((key) =>
      atMost(key, 0),
    ) &&
    atMost('dwellingGrade', 2)
  )
}

/** A stroke across the field. */
export async function sign(field: Locator, page: Page) {
  await field.scrollIntoViewIfNeeded()
  const box = await field.boundingBox()
  if (!box) throw new Error('no field to sign on')
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 90, box.y + 60, { steps: 5 })
  await page.mouse.move(box.x + 150, box.y + 30, { steps: 5 })
  await page.mouse.up()
}

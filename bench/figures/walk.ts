import type { Page } from '@playwright/test'

/** A figure of a page that opens to a list, as the page shows it. */
interface Figure {
  /** Text the number stands in. */
  text: string
  /** What of the list it counts. */
  counts: 'rows' | 'households'
  /** Where it leads; null where it filters the list of its own page. */
  href: string | null
}

export interface Difference {
  page: string
  figure: string
  leads: string
  shows: number
  /** Undefined where no list came. */
  counted: number | undefined
}

export interface Walk {
  pages: number
  figures: number
  differences: Difference[]
}

/** Bounds for what hangs, far from what is slow. */
const patience = 120_000
const perPage = 50

/**
 * Goes to each page, reads every figure that opens to a list, opens it and counts the list: what the list says its length is, and the
 * rows it shows. Figures that lead to the same list and say the same are opened once.
 */
export async function walk(page: Page, from: readonly string[]): Promise<Walk> {
  const paths = [...from]
  const found: Walk = { pages: 0, figures: 0, differences: [] }
  const opened = new Map<string, number | undefined>()
  for (const path of paths) {
    await show(page, path)
    found.pages += 1
    if (byArea.includes(path)) {
      const below = page.locator(`main tbody th a[href^="${path}?area="]`)
      if ((await below.count()) > 0) paths.push((await below.first().getAttribute('href')) ?? path)
    }
    const figures = await readFigures(page)
    for (const [n, figure] of figures.entries()) {
      const shows = numberIn(figure.text)
      const leads = figure.href ?? `${path} · ${figure.text.trim()}`
      const key = `${figure.counts} ${leads}`
      const counted = opened.has(key)
        ? opened.get(key)
        : figure.href === null
          ? await countInPlace(page, path, n, figure.counts)
          : await countAt(page, figure.href, figure.counts)
      opened.set(key, counted)
      found.figures += 1
      if (counted !== shows)
        found.differences.push({ page: path, figure: figure.text.trim(), leads, shows, counted })
    }
  }
  return found
}

/** Pages that others lead to. */
const beside = ['/workbench/ladder', '/visits/due']
/** Pages of an area, where one goes a level down once. */
const byArea = ['/overview', '/workbench/ladder', '/categories']

/** The pages of the menu, and those they lead to. */
export async function menuOf(page: Page): Promise<string[]> {
  const links = await page
    .locator('.shell-nav a[href^="/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  return [...new Set([...links, ...beside])].filter((href) => href !== '' && !href.startsWith('/field'))
}

/** A link of the page leads there the same way: the application stays, its address changes. */
async function show(page: Page, path: string) {
  await page.evaluate((to) => history.pushState(null, '', to), path)
  await arrived(page)
}

/** The page shows what its address asks for and nothing is on its way, for ten pictures on end. */
async function arrived(page: Page) {
  await page.evaluate(() => Reflect.set(window, 'quiet', 0))
  await page.waitForFunction(
    () => {
      const state = document.querySelector('[data-page-at]')
      const isQuiet =
        state?.getAttribute('data-page-at') === location.pathname + location.search &&
        state.getAttribute('data-page-busy') === 'false' &&
        document.querySelector('main .skeleton, .listed[data-fresh="false"]') === null
      const quiet = isQuiet ? Number(Reflect.get(window, 'quiet')) + 1 : 0
      Reflect.set(window, 'quiet', quiet)
      return quiet >= 10
    },
    undefined,
    { timeout: patience },
  )
}

function readFigures(page: Page): Promise<Figure[]> {
  return page.locator('[data-figure]').evaluateAll((all) =>
    all.map((one) => ({
      text: one.textContent || one.getAttribute('title') || '',
      counts: one.getAttribute('data-figure') === 'households' ? ('households' as const) : ('rows' as const),
      href: one.closest('a')?.getAttribute('href') ?? null,
    })),
  )
}

/** The number a text ends with. */
function numberIn(text: string): number {
  const [last = ''] = text.match(/[\d,]+(?!.*\d)/) ?? []
  return Number(last.replaceAll(',', '')) || 0
}

async function countAt(page: Page, href: string, counts: Figure['counts']) {
  await show(page, href)
  return countOf(page, counts)
}

/** A figure that filters the list below it: pressed, and the page put back as it was. */
async function countInPlace(page: Page, path: string, n: number, counts: Figure['counts']) {
  await show(page, path)
  const figure = page.locator('[data-figure]').nth(n)
  const isChosen = await figure.evaluate(
    (one) => one.closest('[aria-pressed="true"], .ant-segmented-item-selected') !== null,
  )
  if (!isChosen) {
    const before = page.url()
    await figure.click({ timeout: patience })
    await page.waitForURL((url) => url.href !== before, { timeout: patience })
    await arrived(page)
  }
  return countOf(page, counts)
}

/** What the list says of itself, if its rows do not belie it. */
async function countOf(page: Page, counts: Figure['counts']): Promise<number | undefined> {
  const list = page.locator('.listed').first()
  if ((await list.count()) === 0) return undefined
  const { total, households, rows } = await list.evaluate((found) => ({
    total: Number(found.getAttribute('data-total')),
    households: Number(found.getAttribute('data-households') ?? Number.NaN),
    rows: found.querySelectorAll('tbody tr, [data-row]').length,
  }))
  const isWhole = rows === total || (rows >= perPage && total > perPage)
  if (!isWhole) return rows
  return counts === 'households' ? households : total
}

import { expect, test } from '@playwright/test'
import { walk } from '#bench/figures/walk.ts'
import { signIn } from './pages.ts'

// `npm run bench -- figures` does the same for every page of every role.
for (const [username, paths] of [
  [
    'linquan',
    ['/overview', '/workbench', '/workbench/ladder', '/visits/due', '/cases', '/plans', '/categories'],
  ],
  ['chengguan', ['/workbench', '/workbench?group=never']],
] as const)
  test(`each figure that ${username} sees is the length of the list it opens`, async ({ page }) => {
    await signIn(page, username)
    const { figures, differences } = await walk(page, paths)
    expect(differences).toEqual([])
    expect(figures).toBeGreaterThan(15)
  })

test('a figure that is wrong is found', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.route('**/api/overview*', async (route) => {
    const response = await route.fetch()
    const body = await response.json()
    body.figures.overdue.now += 1
    await route.fulfill({ response, json: body })
  })
  const { differences } = await walk(page, ['/overview'])
  // Of the county, and of its first township.
  expect(differences).toHaveLength(2)
  for (const { shows, counted, leads } of differences) {
    expect(counted).toBe(shows - 1)
    expect(leads).toContain('overdue=true')
  }
})

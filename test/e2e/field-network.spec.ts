import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { badge, fillVisit, makePhotos, openPage, setUpPhone, startAgain, storedRows } from './field-app.ts'
import { endVisit, officer, sendToHelped } from './field-work.ts'

test.use({ viewport: { width: 390, height: 844 } })

const households = 15
const photosEach = 4
const bytesPerSecond = 256_000 / 8

interface Visit {
  state: string
  photos: { id: string; size: number; received: number }[]
  report: { photos: string[] } | null
}

test('a helper’s 15 households with 60 photos over 256 kbit/s, every tenth request failing: all of it arrives', async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  test.setTimeout(600_000)
  const township = await officer(playwright, baseURL ?? '', 'chengguan')
  const helper = await officer(playwright, baseURL ?? '', 'chengguan-bangfu')
  const visits = await sendToHelped(township, helper, '城关街道帮扶责任人 演示')
  expect(visits).toHaveLength(households)
  await setUpPhone(page, 'chengguan-bangfu')
  const photos = await makePhotos(page, households * photosEach, 130)

  await context.setOffline(true)
  for (const [i, visit] of visits.entries())
    await fillVisit(page, visit, photos.slice(i * photosEach, (i + 1) * photosEach), 1)
  await expect(badge(page)).toHaveText(`${households * (photosEach + 1)} 待上传`)

  const phone = await startAgain(context, page, 'outbox')
  const network = await context.newCDPSession(phone)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 80,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  const digests = new Map<string, string>()
  let seed = 7
  let requests = 0
  let failed = 0
  await phone.route('**/api/**', async (route) => {
    const address = new URL(route.request().url())
    const photo = /photos\/(.+)$/.exec(address.pathname)?.[1]
    if (photo) digests.set(photo, address.searchParams.get('sha256') ?? '')
    requests += 1
    seed = (seed * 48_271) % 2_147_483_647
    if (seed / 2_147_483_647 >= 0.1) return route.continue()
    failed += 1
    // Lost on the way there; on the way back, when the server has taken it; or answered by the page of some network's door.
    if (failed % 3 === 1) await route.fetch()
    if (failed % 3 === 2) return route.fulfill({ contentType: 'text/html', body: '<h1>Wi-Fi</h1>' })
    return route.abort('connectionfailed')
  })
  const started = Date.now()
  await context.setOffline(false)
  await expect(badge(phone)).toHaveText('已全部上传', { timeout: 300_000 })
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${requests} requests, ${failed} failed, ${seconds} s`)
  expect(failed).toBeGreaterThan(5)

  const arrived = await Promise.all(visits.map((id) => township.get<Visit>(`/api/visits/${id}`)))
  expect(arrived.map(({ state }) => state)).toEqual(visits.map(() => 'reported'))
  const whole = arrived.flatMap(({ photos: stored }) => stored)
  expect(whole).toHaveLength(households * photosEach)
  expect(whole.filter(({ size, received }) => size !== received)).toEqual([])
  for (const [i, { photos: stored }] of arrived.entries()) {
    for (const { id, size } of stored) {
      const bytes = await township.file(`/api/visits/${visits[i]}/photos/${id}`)
      expect(bytes).toHaveLength(size)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(digests.get(id))
    }
  }
  // Nothing of it stays on the telephone.
  await openPage(phone, '')
  await expect(phone.getByRole('heading', { name: '今天' })).toBeVisible()
  expect(await storedRows(phone, 'contents')).toEqual([])
  for (const visit of visits) await endVisit(township, visit)
  await helper.close()
  await township.close()
})

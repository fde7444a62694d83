import { afterAll, beforeAll, expect, test } from 'vitest'
import { screenEntered, screenProvince, startScreenEntered } from '#server/night.ts'
import { openCaseWork, type World } from '#test/harness/case-work.ts'
import { openOwnHousehold } from '#test/harness/own-record.ts'

let world: World
let work: Awaited<ReturnType<typeof openCaseWork>>

beforeAll(async () => {
  world = await openOwnHousehold()
  work = await openCaseWork(world)
}, 60_000)
afterAll(() => world.close())

const monitored = async () =>
  (
    await work.rows<{ monitored: boolean }>('select monitored from indicator where household_id = $1', [
      world.own.id,
    ])
  )[0]?.monitored
const runs = () =>
  work.rows<{ kind: string; households: number }>('select kind, households from screening_run order by id')

test('what a case entered is judged as a monitored household right after, and nobody else', async () => {
  const platform = () => ({ database: world.t.database, clock: world.server.services.clock })
  await screenProvince(platform())
  expect(await monitored()).toBe(false)
  await work.enterHousehold()
  expect(await monitored()).toBe(false)
  // The process that was to do it ended: the next one looks for what is left when it starts.
  await startScreenEntered(platform(), world.server.jobs)
  await expect.poll(monitored, { timeout: 15_000 }).toBe(true)
  const done = await runs()
  expect(done).toMatchObject([{ kind: 'full' }, { kind: 'batch', households: 1 }])
  expect(await screenEntered(platform())).toBe(0)
  expect(await runs()).toEqual(done)
  // And while it runs, an entry is enough.
  await work.rows(
    `update case_file set state = 'running', step = 'enter', closed_on = null, due_on = '2020-03-30'`,
  )
  await work.rows(`update indicator set monitored = false where household_id = $1`, [world.own.id])
  const [again] = await work.rows<{ id: string }>('select id from case_file')
  await work.step(work.people.township, again?.id ?? '', { step: 'enter', mark: '' })
  await expect.poll(monitored, { timeout: 15_000 }).toBe(true)
})

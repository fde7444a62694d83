import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysBetween } from '#contract/days.ts'
import { noDirt } from '#demo/province/calibration.ts'
import type { Manifest } from '#demo/province/index.ts'
import { type FallLine, generateProvince, type Home, netOf } from './index.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'shouwang-lives-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const asOf = '2021-03-10'
let manifest: Manifest
const homes: Home[] = []
let falls: FallLine[] = []
const fallsOf = (name: string): FallLine[] =>
  readFileSync(path.join(root, name, 'falls.jsonl'), 'utf8')
    .split('\n')
    .flatMap((line) => (line ? [JSON.parse(line) as FallLine] : []))

beforeAll(async () => {
  const out = path.join(root, 'long')
  manifest = await generateProvince({
    households: 3000,
    seed: 5,
    asOf,
    out,
    onHome: (home) => homes.push(home),
  })
  falls = fallsOf('long')
})

describe('lives', () => {
  it('go on as they went, however long they are watched', async () => {
    const out = path.join(root, 'short')
    await generateProvince({ households: 3000, seed: 5, asOf: '2020-03-10', out, feeds: ['complaint'] })
    // When a file carried something depends on the files alone.
    const lives = (of: readonly FallLine[]) => of.map(({ carriedOn: _, ...life }) => life)
    const until = falls.filter(({ fellOn }) => fellOn < '2020-03-01')
    expect(lives(fallsOf('short')).toSorted(byHousehold)).toEqual(lives(until).toSorted(byHousehold))
  })

  it('bring some households down every month, each within what the calibration knows of', () => {
    const perYear = falls.filter(({ fellOn }) => fellOn > '2019-07').length / (20 / 12) / homes.length
    expect(perYear).toBeGreaterThan(0.01)
    expect(perYear).toBeLessThan(0.06)
    for (const kind of ['line', 'hardship'])
      expect([kind, falls.filter((one) => one.kind === kind).length > 20]).toEqual([kind, true])
    expect(new Set(falls.map(({ fellOn }) => fellOn.slice(0, 7))).size).toBeGreaterThan(22)
    for (const { causeOn, fellOn } of falls) if (causeOn) expect(causeOn <= fellOn).toBe(true)
  })

  it('have reasons that no file carries, and reasons that one carries in time', () => {
    const of = (cause: string) => falls.filter((one) => one.cause === cause)
    for (const cause of ['debt', 'drift', 'harvest']) {
      expect([cause, of(cause).length > 0]).toEqual([cause, true])
      expect([cause, of(cause).filter(({ carriedOn }) => carriedOn !== null)]).toEqual([cause, []])
    }
    const visible = falls.filter(({ carriedOn, fellOn }) => carriedOn && daysBetween(carriedOn, fellOn) >= 30)
    expect(visible.length).toBeGreaterThan(falls.length * 0.2)
    expect(visible.length).toBeLessThan(falls.length * 0.7)
    const names = new Set(manifest.files.map(({ arrivedOn }) => arrivedOn))
    for (const { carriedOn } of visible) expect(names.has(carriedOn ?? '')).toBe(true)
  })

  it('change the families: births, deaths, weddings, splits, moves', () => {
    const people = homes.flatMap((home) => home.people)
    const joined = (change: string) => people.filter((one) => one.joined?.change === change).length
    for (const change of ['newborn', 'married-in', 'moved-in'])
      expect([change, joined(change) > 0]).toEqual([change, true])
    expect(homes.filter(({ founded }) => founded !== null).length).toBeGreaterThan(5)
    expect(homes.filter(({ ended }) => ended).length).toBeGreaterThan(10)
    expect(
      homes.filter(({ householdNo, village }) => !householdNo.startsWith(String(village))).length,
    ).toBeGreaterThan(5)
    const numbers = people.filter(({ left }) => left === null).map(({ idNumber }) => idNumber)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { people: members } of homes.filter(({ ended }) => !ended))
      expect(members.filter(({ left, relation }) => left === null && relation === 'head')).toHaveLength(1)
  })

  it('earn what the calibration says', () => {
    const perHead = homes
      .filter(
        ({ registered, ended, people, statements }) =>
          registered && !ended && people.length > 0 && statements.length > 0,
      )
      .map(({ statements, people }) => {
        const of2019 = statements.find(({ to }) => to === 18_169)
        return of2019 ? netOf(of2019) / 100 / people.length : Number.NaN
      })
      .filter((one) => !Number.isNaN(one))
      .toSorted((a, b) => a - b)
    const median = perHead[perHead.length >> 1] ?? 0
    expect(median).toBeGreaterThan(8800)
    expect(median).toBeLessThan(11_000)
    const poor = perHead.filter((one) => one < 5000).length / perHead.length
    expect(poor).toBeGreaterThan(0.01)
    expect(poor).toBeLessThan(0.05)
    const registered = homes.filter(({ registered: is, ended }) => is && !ended)
    const monitored = registered.filter(({ monitoring }) => monitoring !== null).length / registered.length
    expect(monitored).toBeGreaterThan(0.02)
    expect(monitored).toBeLessThan(0.08)
  })
})

describe('the departments', () => {
  it('see it in layouts and units of their own', () => {
    const looks = manifest.files.filter(({ feed, rows }) => feed === 'medical-settlement' && rows > 0)
    expect(new Set(looks.map(({ area }) => area))).toEqual(new Set([340_000_000_000, 341_200_000_000]))
    const fuyang = looks.find(({ area }) => area === 341_200_000_000)
    const [header] = readFileSync(path.join(root, 'long', fuyang?.file ?? ''), 'utf8').split('\r\n')
    expect(header?.startsWith('setl_id,')).toBe(true)
    const job = manifest.files.find(
      ({ feed, area, rows }) => feed === 'employment' && area === 341_500_000_000 && rows > 0,
    )
    const text = iconv.decode(readFileSync(path.join(root, 'long', job?.file ?? '')), 'gbk')
    expect(text.split('\r\n')[0]?.split(',').at(-1)).toBe('务工单位')
  })

  it('see some of it late and some of it twice, and take bills back', async () => {
    const bills = manifest.files.filter(
      ({ feed, area }) => feed === 'medical-settlement' && area === 340_000_000_000,
    )
    const rows = bills.flatMap(({ file, periodTo }) =>
      iconv
        .decode(readFileSync(path.join(root, 'long', file)), 'gbk')
        .split('\r\n')
        .slice(1)
        .filter(Boolean)
        .map((line) => ({ cells: line.split(','), periodTo, line })),
    )
    const settledOn = ({ cells }: (typeof rows)[number]) => cells[6]?.replaceAll('/', '-') ?? ''
    const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)
    const late = rows.filter((row) => isDay(settledOn(row)) && daysBetween(settledOn(row), row.periodTo) > 40)
    expect(late.length).toBeGreaterThan(rows.length * 0.01)
    const times = new Map<string, number>()
    for (const { line } of rows) times.set(line, (times.get(line) ?? 0) + 1)
    expect([...times.values()].filter((count) => count > 1).length).toBeGreaterThan(rows.length * 0.005)
    const back = rows.filter(({ cells }) => cells.some((cell) => /^-\d/.test(cell)))
    expect(back.length).toBeGreaterThan(0)
    const clean = path.join(root, 'clean')
    const options = { households: 600, seed: 5, asOf: '2019-12-10', out: clean, dirt: noDirt }
    const { files } = await generateProvince(options)
    const sums = files
      .filter(({ feed, area }) => feed === 'medical-settlement' && area === 340_000_000_000)
      .flatMap(({ file }) =>
        iconv
          .decode(readFileSync(path.join(clean, file)), 'gbk')
          .split('\r\n')
          .slice(1),
      )
    expect(sums.filter((line) => Number(line.split(',').at(-1)) < 0)).toEqual([])
  })
})

it('knows nothing of the policy: no file of it names its folder', () => {
  const sources = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.includes('.test.'))
  expect(sources.length).toBeGreaterThan(15)
  const naming = sources.filter((file) =>
    /policy\/|modules\/(policy|screening)/.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
  )
  expect(naming).toEqual([])
})

const byHousehold = (a: { householdNo: string; fellOn: string }, b: typeof a) =>
  `${a.householdNo}${a.fellOn}` < `${b.householdNo}${b.fellOn}` ? -1 : 1

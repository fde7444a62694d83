import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { read, utils } from '@e965/xlsx'
import { DBFFile } from 'dbffile'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayNumber } from '#contract/days.ts'
import { walkNeighbourhoods } from '#demo/lives/families/found.ts'
import type { Home, Person } from '#demo/lives/model.ts'
import { ageOn, dayOf, dayText } from './days.ts'
import { generateProvince, type Manifest, noDirt } from './index.ts'
import { IdRegister, idNumber } from './people/id-numbers.ts'
import { spreadHouseholds } from './places.ts'

const asOf = '2020-03-10'
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
let root = ''
let manifest: Manifest

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'province-'))
  manifest = await generateProvince({ households: 1500, seed: 7, asOf, out: path.join(root, 'one') })
})
afterAll(() => rmSync(root, { recursive: true }))

const fallsOf = (name: string) => readFileSync(path.join(root, name, 'falls.jsonl'), 'utf8')
const digests = (of: Manifest) => of.files.map(({ file, sm3 }) => `${file} ${sm3}`)
describe('the files', () => {
  it('are the same bytes for the same seed, and others for another', async () => {
    const again = await generateProvince({ households: 1500, seed: 7, asOf, out: path.join(root, 'two') })
    const other = await generateProvince({ households: 1500, seed: 8, asOf, out: path.join(root, 'three') })
    expect(digests(again)).toEqual(digests(manifest))
    expect(fallsOf('two')).toBe(fallsOf('one'))
    const known = new Set(manifest.files.map(({ sm3 }) => sm3))
    expect(other.files.filter(({ sm3, rows }) => rows > 0 && known.has(sm3))).toEqual([])
  })

  it('arrive in order, the registry first, and cover every feed', () => {
    const days = manifest.files.map(({ arrivedOn }) => arrivedOn)
    expect(days).toEqual(days.toSorted())
    expect(manifest.files.slice(0, 2).map(({ feed }) => feed)).toEqual(['household', 'member'])
    expect(new Set(manifest.files.map(({ feed }) => feed)).size).toBe(13)
    expect(new Set(manifest.files.map(({ format }) => format))).toEqual(
      new Set(['csv', 'xlsx', 'xls', 'dbf']),
    )
    expect(days.at(-1)?.localeCompare(asOf)).toBeLessThanOrEqual(0)
  })

  it('can be read by others: workbooks, dBASE tables, GBK', async () => {
    const folder = path.join(root, 'one')
    const find = (feed: string, format: string) =>
      manifest.files.find((one) => one.feed === feed && one.format === format && one.rows > 0)
    for (const [feed, format, above] of [
      ['household', 'xlsx', 3],
      ['school-enrolment', 'xlsx', 3],
      ['water', 'xlsx', 1],
      ['social-assistance', 'xls', 1],
    ] as const) {
      const delivery = find(feed, format)
      const book = read(await readFile(path.join(folder, delivery?.file ?? '')))
      const sheet = book.Sheets[delivery?.sheet ?? '']
      const rows = utils.sheet_to_json<unknown[]>(sheet ?? {}, { header: 1 })
      expect([feed, rows.length - above]).toEqual([feed, delivery?.rows])
    }
    const disability = find('disability', 'dbf')
    const table = await DBFFile.open(path.join(folder, disability?.file ?? ''), { encoding: 'gbk' })
    expect(table.recordCount).toBe(disability?.rows)
    const [first] = await table.readRecords(1)
    expect(first).toMatchObject({ 残疾类别: expect.any(String), 发证日期: expect.any(Date) })
    const settlements = find('medical-settlement', 'csv')
    const text = iconv.decode(await readFile(path.join(folder, settlements?.file ?? '')), 'gbk')
    expect(text.split('\r\n')).toHaveLength((settlements?.rows ?? 0) + 2)
    expect(text).toMatch(/^患者姓名,身份证号码,.*\r\n\p{Script=Han}+,="\d{17}[\dX]"/u)
  })

  it('carry dirt, a late source, a corrected file and a file to hold', async () => {
    const water = manifest.files.filter(({ feed, periodTo }) => feed === 'water' && periodTo === '2020-02-29')
    expect(water.map(({ area }) => Math.floor(area / 1e8))).not.toContain(3416)
    expect(water).toHaveLength(14)
    expect(manifest.files.filter(({ corrects }) => corrects)).toHaveLength(1)
    expect(manifest.files.filter(({ expect }) => expect === 'held')).toHaveLength(1)
    const clean = await generateProvince({
      households: 300,
      seed: 7,
      asOf,
      out: path.join(root, 'clean'),
      dirt: noDirt,
    })
    expect(clean.files.filter(({ corrects, expect }) => corrects || expect === 'held')).toEqual([])
  })

  it('come later in fewer pieces on request', async () => {
    const short = await generateProvince({
      households: 300,
      seed: 7,
      asOf,
      out: path.join(root, 'short'),
      dirt: noDirt,
      from: '2019-11',
    })
    const whole = { households: 300, seed: 7, asOf, dirt: noDirt, out: path.join(root, 'long') }
    const long = await generateProvince(whole)
    const rows = (of: Manifest) =>
      of.files.filter(({ feed }) => feed === 'employment').reduce((a, b) => a + b.rows, 0)
    // Ten months of nine monthly feeds, three of which a city sends for itself, come with the first file.
    expect(long.files.length - short.files.length).toBe(120)
    expect(rows(short)).toBe(rows(long))
    const household = (text: string) => text.replaceAll(/"carriedOn":[^,]*/g, '')
    expect(household(fallsOf('short'))).toBe(household(fallsOf('long')))
  })
})

describe('the people', () => {
  const households: Home[] = [...walkNeighbourhoods(20_000, 3, (county) => new IdRegister(county))].flatMap(
    ({ homes }) => homes,
  )
  const people: Person[] = households.flatMap((home) => home.people)
  const age = (one: Person) => ageOn(one.birth, dayOf(2017, 10, 1))
  const share = <T>(list: readonly T[], has: (one: T) => boolean) => list.filter(has).length / list.length

  it('have numbers of their own, sound and of their birth, sex and county', () => {
    expect(new Set(people.map((one) => one.idNumber)).size).toBe(people.length)
    for (const home of households.slice(0, 2000)) {
      for (const { idNumber: id, birth, sex } of home.people) {
        expect(id).toBe(idNumber(home.county, birth, Number(id.slice(14, 17))))
        expect(id.slice(6, 14)).toBe(dayText(birth).replaceAll('-', ''))
        expect(Number(id[16]) % 2 === 1).toBe(sex === 'male')
      }
    }
    // Published vectors of GB 11643.
    expect(idNumber(341221, dayNumber('1900-01-01'), 1)).toHaveLength(18)
  })

  it.each([
    ['one person', (one: Home) => one.people.length === 1, 0.28],
    ['two', (one: Home) => one.people.length === 2, 0.27],
    ['three', (one: Home) => one.people.length === 3, 0.17],
    ['four', (one: Home) => one.people.length === 4, 0.14],
    ['five', (one: Home) => one.people.length === 5, 0.08],
    ['six and more', (one: Home) => one.people.length >= 6, 0.06],
    ['of Fuyang', (one: Home) => Math.floor(one.county / 100) === 3412, 0.25],
  ])('households: %s', (_, has, expected) => {
    expect(share(households, has)).toBeCloseTo(expected, 1)
    expect(Math.abs(share(households, has) - expected)).toBeLessThan(0.015)
  })

  it.each([
    ['below 16', (one: Person) => age(one) < 16, 0.14],
    ['16 to 59', (one: Person) => age(one) >= 16 && age(one) < 60, 0.48],
    ['60 and over', (one: Person) => age(one) >= 60, 0.38],
    ['healthy', (one: Person) => one.condition === 'healthy', 0.58],
    ['chronically ill', (one: Person) => one.condition === 'chronic', 0.22],
    ['majorly ill', (one: Person) => one.condition === 'major', 0.05],
    ['disabled', (one: Person) => one.condition === 'disabled', 0.12],
    ['disabled and ill', (one: Person) => one.condition === 'both', 0.03],
  ])('members: %s', (_, has, expected) => {
    expect(Math.abs(share(people, has) - expected)).toBeLessThan(0.03)
  })

  it.each([
    ['illness', 0.57],
    ['disability', 0.19],
    ['labour-shortage', 0.09],
    ['skill-shortage', 0.07],
    ['fund-shortage', 0.03],
    ['schooling', 0.03],
  ])('main cause %s of the registered', (cause, expected) => {
    const registered = households.filter((home) => home.registered)
    expect(Math.abs(share(registered, (home) => home.mainCause === cause) - expected)).toBeLessThan(0.04)
  })
})

describe('the places', () => {
  it.each([5, 100, 477, 8000, 20_000, 1_880_000])('settle %i households in real villages', (households) => {
    const counties = spreadHouseholds(households)
    expect(counties.reduce((sum, county) => sum + county.households, 0)).toBe(households)
    if (households >= 477) expect(counties).toHaveLength(119)
    for (const { code, villages } of counties) {
      expect(villages.length).toBeGreaterThan(0)
      for (const village of villages) expect(Math.floor(village.code / 1e6)).toBe(code)
    }
  })
})

/** Of what is still in use, whatever waits to be collected. */
function heapUsed(): number {
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

describe('memory', () => {
  it('does not grow with the number of households', async () => {
    const out = path.join(root, 'large')
    const used: number[] = []
    await generateProvince({
      households: 12_000,
      seed: 7,
      asOf: '2019-08-10',
      out,
      onProgress: () => used.push(heapUsed()),
    })
    expect(used.length).toBeGreaterThan(8)
    const [, , early = 0] = used
    expect(used.at(-1)).toBeLessThan(early + 40)
  })
})

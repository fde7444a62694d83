import { type Dirt, lateCities } from '#demo/province/calibration.ts'
import { type DayNumber, dayText, monthIndex, monthStart } from '#demo/province/days.ts'
import { type Outgoing, openFile, type Plan, province } from '#demo/province/outgoing/deliveries.ts'
import { filesFrom } from '../living/turn.ts'
import type { Month } from '../model.ts'

export interface Desk {
  all: Outgoing[]
  /** Registry files by the month after whose end they are written. */
  registry: Map<Month, { household: Outgoing; member: Outgoing; isWhole: boolean }>
  /** The files that a row goes into; none where its month has no file yet. */
  routesOf(feed: string, reportedOn: DayNumber, city: number): readonly Outgoing[]
  /** The settlement file with wrong amounts, where there is one. */
  wrong: Outgoing | undefined
  /** The file that a county sends again with ruined ID numbers. */
  abnormal: { county: number; month: DayNumber; outgoing: Outgoing } | undefined
}

const cities = Array.from({ length: 18 }, (_, i) => 3401 + i).filter((city) => city !== 3409 && city !== 3414)

/** Days after the end of the month on which each department has its file ready. */
const readyAfter: Record<string, number> = {
  'medical-settlement': 2,
  'medical-insurance': 3,
  illness: 4,
  'social-assistance': 5,
  disability: 6,
  complaint: 1,
  employment: 9,
  dwelling: 13,
  water: 16,
}
/** Cities that send for themselves, in their own layout. */
const ownLayout: Record<string, number> = {
  'medical-settlement': 3412,
  income: 3416,
  employment: 3415,
  'social-assistance': 3413,
}
const abnormalCounty = 341225

export interface DeskOptions {
  folder: string
  households: number
  asOf: DayNumber
  /** First month that has files of its own. */
  from: Month
  dirt: Dirt
}

/** Opens every file of the province: the register twice a year, incomes by the year, school by the term, the rest by the month. */
export function openDesk({ folder, households, asOf, from, dirt }: DeskOptions): Desk {
  const all: Outgoing[] = []
  const routes = new Map<string, Outgoing[]>()
  const lastMonth = monthIndex(asOf) - 1
  const open = (plan: Omit<Plan, 'look'> & { look?: string }): Outgoing => {
    const outgoing = openFile(
      folder,
      { look: plan.feed, ...plan, arrives: Math.min(asOf, plan.arrives) },
      households,
    )
    all.push(outgoing)
    return outgoing
  }
  const add = (key: string, outgoing: Outgoing) => routes.set(key, [...(routes.get(key) ?? []), outgoing])
  /** One file of the province, and one of the city that has a system of its own. */
  const spread = (key: string, plan: Omit<Plan, 'look' | 'area'>): Outgoing => {
    const whole = open({ ...plan, area: province })
    add(key, whole)
    const city = ownLayout[plan.feed]
    if (city)
      add(
        `${key}/${city}`,
        open({ ...plan, look: `${plan.feed}-${city}`, area: city * 1e8, arrives: plan.arrives + 2 }),
      )
    return whole
  }
  const registry: Desk['registry'] = new Map()
  for (let month = monthIndex(filesFrom) - 1; month <= lastMonth; month += 6) {
    const isWhole = month % 12 === 11
    const year = Math.floor(month / 12)
    const to = monthStart(month + 1) - 1
    const arrives = month < monthIndex(filesFrom) ? filesFrom + 2 : to + 9
    if (arrives > asOf) break
    const [household, member] = (['household', 'member'] as const).map((feed) =>
      open({
        ...{ feed, name: isWhole ? `${year}年度` : `${year}年上半年变更`, area: province },
        ...{ from: monthStart(month - (isWhole ? 11 : 5)), to, arrives },
      }),
    ) as [Outgoing, Outgoing]
    registry.set(month, { household, member, isWhole })
  }
  for (let year = 2018; ; year++) {
    const to = monthStart(year * 12 + 9) - 1
    const arrives = Math.max(filesFrom + 3, to + 43)
    if (arrives > asOf) break
    spread(`income/${to}`, {
      feed: 'income',
      name: `${year}年度`,
      from: monthStart((year - 1) * 12 + 9),
      to,
      arrives,
    })
  }
  for (let month = monthIndex(filesFrom) + 2; ; month += 6) {
    const isAutumn = month % 12 === 8
    const reportedOn = monthStart(isAutumn ? month + 1 : month) + (isAutumn ? 14 : 19)
    if (reportedOn > Math.min(asOf, monthStart(lastMonth + 1) - 1)) break
    const name = `${Math.floor(month / 12)}${isAutumn ? '秋' : '春'}`
    const plan = { feed: 'school-enrolment', name, area: province, from: reportedOn - 30, to: reportedOn }
    add(`school-enrolment/${reportedOn}`, open({ ...plan, arrives: reportedOn + 6 }))
  }
  const wrongMonth = dirt.wrongThenCorrected > 0 ? lastMonth - 3 : Number.NaN
  let wrong: Outgoing | undefined
  for (let month = from; month <= lastMonth; month++) {
    const name = dayText(monthStart(month)).slice(0, 7)
    for (const [feed, after] of Object.entries(readyAfter)) {
      // Once or twice a year a department is weeks behind.
      const late = dirt.lateSource && (month * 7 + after) % 17 === 0 && feed !== 'medical-settlement' ? 24 : 0
      const [start, to] = [month === from ? filesFrom : monthStart(month), monthStart(month + 1) - 1]
      const plan = { feed, name, from: start, to, arrives: to + after + late }
      if (feed === 'water' && dirt.lateSource && month > lastMonth - 2) {
        for (const city of cities) {
          if (lateCities.has(city)) continue
          add(`water/${month}/${city}`, open({ ...plan, name: `${city}-${name}`, area: city * 1e8 }))
        }
        // Where nobody sends, nothing comes.
        for (const city of lateCities) routes.set(`water/${month}/${city}`, [])
        continue
      }
      const whole = spread(`${feed}/${month}`, plan)
      if (feed !== 'medical-settlement' || month !== wrongMonth) continue
      wrong = whole
      const corrects = whole.delivery.file
      add(
        `${feed}/${month}`,
        open({ ...plan, area: province, name: `${name}-更正`, arrives: plan.arrives + 8, corrects }),
      )
    }
  }
  const abnormal = dirt.abnormalBatch
    ? open({
        ...{
          feed: 'employment',
          name: `${abnormalCounty}-${dayText(monthStart(lastMonth)).slice(0, 7)}-补报`,
        },
        ...{ area: abnormalCounty * 1e6, from: monthStart(lastMonth), to: monthStart(lastMonth + 1) - 1 },
        ...{ arrives: asOf - 1, expect: 'held' as const },
      })
    : undefined
  return {
    ...{ all, registry, wrong },
    abnormal: abnormal && { county: abnormalCounty, month: monthStart(lastMonth), outgoing: abnormal },
    routesOf(feed, reportedOn, city) {
      if (feed === 'epidemic') {
        const key = `epidemic/${reportedOn}`
        if (reportedOn >= asOf) return []
        if (!routes.has(key)) add(key, open(epidemicDay(reportedOn)))
        return routes.get(key) ?? []
      }
      const isDated = feed === 'income' || feed === 'school-enrolment'
      const key = `${feed}/${isDated ? reportedOn : Math.max(from, monthIndex(reportedOn))}`
      return routes.get(`${key}/${city}`) ?? routes.get(key) ?? []
    },
  }
}

function epidemicDay(day: DayNumber): Plan {
  const name = dayText(day).replaceAll('-', '')
  return { look: 'epidemic', feed: 'illness', name, area: province, from: day, to: day, arrives: day + 1 }
}

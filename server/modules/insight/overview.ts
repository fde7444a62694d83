import type { z } from 'zod'
import type { Division, RiskLevel } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import type { AreaRisk, Overview } from '#contract/work/overview.ts'
import {
  type AreaScope,
  areaScope,
  findDivision,
  type Level,
  listChildren,
  listPath,
} from '#server/modules/divisions/index.ts'
import { ranBy } from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import {
  countDays,
  countHouseholdsAtRisk,
  countOpened,
  countOverdueAt,
  countRegistry,
  countRisk,
  type DayCount,
  type Days,
  type RiskCount,
} from './overview-queries.ts'
import { listSourceHealth } from './source-health.ts'

type View = z.infer<typeof Overview>

/** Codes in one of the divisions an area is broken down into: the map shows counties, whatever lies between. */
const spans: Record<Level, number> = { province: 1e6, city: 1e6, county: 1e3, township: 1, village: 1 }
const months = 12

/**
 * Risk of an area at a glance; `not-found` outside the scope. Every figure is the total of the clue list under the filter it
 * leads to: `openedThisWeek` counts open clues opened today or in the six days before; `householdsAtRisk` is the list's
 * `households`.
 */
export async function getOverview(
  { database: { db }, clock }: { database: Database; clock: Clock },
  scope: AreaScope,
  code: number,
): Promise<View> {
  const area = await findDivision(db, code)
  const range = areaScope(code)
  if (!area || range.from < scope.from || range.to > scope.to)
    throw new AppError('not-found', { what: 'division' })
  const days = daysUntil(clock.today())
  const parts = { area: range, span: spans[area.level] }
  const trended = monthsUntil(days.today)
  const [path, below, risk, opened, atRisk, overdueBefore, ran, changes, registry, sources] =
    await Promise.all([
      listPath(db, code),
      listBelow(db, area),
      countRisk(db, parts, days.today),
      countOpened(db, range, days),
      countHouseholdsAtRisk(db, range, days.weekAgo),
      countOverdueAt(db, range, days.weekAgo),
      ranBy(db, days.weekAgo),
      countDays(db, range, `${trended[0]}-01`),
      countRegistry(db, parts),
      listSourceHealth(db, range, days.today),
    ])
  const open = sum(risk, 'open')
  const since = changes.filter(({ day }) => day > days.weekAgo)
  const figure = (now: number, weekAgo: number) => ({ now, weekAgo: ran ? weekAgo : null })
  return {
    area: plain(area),
    path: path.map(plain),
    asOf: days.today,
    households: sum(registry, 'households'),
    registered: sum(registry, 'registered'),
    figures: {
      openClues: figure(open, open - sum(since, 'opened') + sum(since, 'ended')),
      householdsAtRisk: figure(atRisk.now, atRisk.weekAgo),
      overdue: figure(sum(risk, 'overdue'), overdueBefore),
      openedThisWeek: figure(opened.now, opened.weekAgo),
    },
    byLevel: byLevel(risk),
    byCause: byCause(risk),
    children: below.map((child) => {
      const own = risk.filter((row) => row.child === child.code)
      return {
        ...plain(child),
        households: registry.find((row) => row.child === child.code)?.households ?? 0,
        openClues: sum(own, 'open'),
        overdue: sum(own, 'overdue'),
        ...byLevel(own),
        lateFeeds: sources.lateIn(child.code),
      } satisfies z.infer<typeof AreaRisk>
    }),
    trend: trendOf(changes, trended, open),
    sources: sources.health,
  }
}

/** Below a province or a city come its counties, below a county its townships. */
async function listBelow(db: Db, area: { code: number; level: Level }) {
  const children = await listChildren(db, area.code)
  if (area.level !== 'province') return children
  return (await Promise.all(children.map(({ code }) => listChildren(db, code)))).flat()
}

function daysUntil(today: string): Days {
  const weekAgo = addDays(today, -7)
  return { today, weekFrom: addDays(today, -6), weekAgo, weekBeforeFrom: addDays(weekAgo, -6) }
}

const plain = ({ code, name, level }: z.infer<typeof Division>) => ({ code, name, level })

function sum<K extends string>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((total, row) => total + row[key], 0)
}

function byLevel(risk: readonly RiskCount[]): Record<RiskLevel, number> {
  const of = (level: RiskLevel) =>
    sum(
      risk.filter((row) => row.level === level),
      'open',
    )
  return { red: of('red'), orange: of('orange'), yellow: of('yellow') }
}

/** Most frequent first. */
function byCause(risk: readonly RiskCount[]): View['byCause'] {
  return [...new Set(risk.map(({ cause }) => cause))]
    .map((cause) => {
      const own = risk.filter((row) => row.cause === cause)
      return { cause, total: sum(own, 'open'), ...byLevel(own) }
    })
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || (a.cause < b.cause ? -1 : 1))
}

function monthsUntil(today: string): string[] {
  const last = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  return Array.from({ length: months }, (_, i) => {
    const at = last - months + 1 + i
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

/** How many were open at the end of a month: those that are now, without what was opened since, and what ended since with them. */
function trendOf(changes: readonly DayCount[], trended: readonly string[], open: number): View['trend'] {
  const of = (fits: (month: string) => boolean) => changes.filter(({ day }) => fits(day.slice(0, 7)))
  return trended.map((month) => {
    const own = of((one) => one === month)
    const later = of((one) => one > month)
    return {
      ...{ month, opened: sum(own, 'opened'), ended: sum(own, 'ended') },
      open: open - sum(later, 'opened') + sum(later, 'ended'),
    }
  })
}

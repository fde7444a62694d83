import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import { addDays, weekdayOf } from '#contract/days.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { areaScope, findDivision, listChildren } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HouseholdScope, RequestDeps } from '#server/platform/http/rpc.ts'
import { countPlanned, week } from '../assign.ts'
import type { Actor } from '../view.ts'
import {
  type DueDays,
  type DueSums,
  type DueWhen,
  dueTable,
  type Grade,
  listDueVisits,
  narrowTo,
  standingSums,
} from './due.ts'
import { proposeVisitors } from './due-visitors.ts'

type DueDeps = Pick<RequestDeps, 'database' | 'clock'>

/** Until Sunday: what comes due within the week is planned with the rest. */
export function dueDays(today: string): DueDays {
  return { today, until: addDays(today, week - 1 - weekdayOf(today)) }
}

/** A page of what is due in an area, each household with who would go. Throws `not-found`, `bad-request` (wider than a county). */
export async function readDueVisits(
  { database: { db }, clock }: DueDeps,
  scope: HouseholdScope,
  me: Actor,
  {
    area = me.area,
    ...filter
  }: { area?: number | undefined; grade?: Grade | undefined; when?: DueWhen | undefined },
  page: { limit: number; offset: number },
) {
  const within = narrowTo(scope, area)
  const days = dueDays(clock.today())
  const by = { today: days.today, until: addDays(days.today, week) }
  const { counts, rows } = await listDueVisits(db, within, days, { ...filter, ...page })
  const mine = may(me.role, 'visit.report') && !may(me.role, 'visit.assign')
  const proposals = await proposeVisitors(db, scope, rows, by)
  const sum = (fits: (one: (typeof counts)[number]) => boolean) =>
    counts.filter(fits).reduce((total, { n }) => total + n, 0)
  const is = (own: Grade | undefined, when: DueWhen | undefined) =>
    sum((one) => (!own || one.grade === own) && (when ? one.when === when : one.when !== 'never'))
  return {
    ...{ on: days.today, until: days.until, visitBy: by.until },
    weekly: getParameter(figuresOf(days.today, Math.floor(within.from / 1e6)), 'visitWeeklyBudget'),
    total: is(filter.grade, filter.when),
    counts: {
      red: is('red', filter.when),
      yellow: is('yellow', filter.when),
      green: is('green', filter.when),
    },
    when: {
      never: is(filter.grade, 'never'),
      overdue: is(filter.grade, 'overdue'),
      week: is(filter.grade, 'week'),
    },
    mine: mine ? await countPlanned(db, me.userId, days.today) : null,
    rows: rows.map((row) => {
      const found = proposals.find(({ householdId }) => householdId === row.householdId)
      const { grade, purpose, lastOn, dueOn, standing } = row
      return {
        household: stripOf(row),
        ...{ grade, purpose, lastOn, dueOn, standing },
        visitor: found
          ? {
              name: found.name,
              because: found.because,
              planned: found.planned,
              mine: found.visitor === me.userId,
            }
          : null,
      }
    }),
  }
}

/** The same in sums, by what lies below an area: townships of a county, villages of a township. Throws as the list does. */
export async function sumDueVisits(
  { database: { db }, clock }: DueDeps,
  scope: HouseholdScope,
  { area: code }: { area: number },
) {
  const within = narrowTo(scope, code)
  const area = await findDivision(db, code)
  if (!area || within.from !== areaScope(code).from) throw new AppError('not-found', { what: 'division' })
  const days = dueDays(clock.today())
  const span = area.level === 'county' ? 1000 : 1
  const [children, counted] = await Promise.all([
    area.level === 'village' ? [area] : listChildren(db, code),
    sql<DueSums & { child: number }>`
      select x.village / ${span}::bigint * ${span}::bigint as child, ${standingSums}
      from ${dueTable(within, days)} x group by 1`.execute(db),
  ])
  return {
    ...{ on: days.today, until: days.until },
    rows: children.map(({ code: child, name, level }) => {
      const { never = 0, overdue = 0, week = 0 } = counted.rows.find((row) => row.child === child) ?? {}
      return { area: { code: child, name, level }, never, overdue, week }
    }),
  }
}

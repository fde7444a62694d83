import type { Movement } from '#contract/categories.ts'
import type { Cause } from '#contract/common.ts'
import {
  type AreaScope,
  areaScope,
  type Division,
  findDivision,
  levelOf,
  listChildren,
} from '#server/modules/divisions/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Db } from '#server/platform/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { type CategoryCount, countCategories, countMovements } from './queries.ts'

interface Deps {
  database: Database
  clock: Clock
}

/** An area inside the scope; `not-found` outside it. */
async function findArea(db: Db, scope: AreaScope, code: number): Promise<Division> {
  const area = await findDivision(db, code)
  const range = areaScope(code)
  if (!area || range.from < scope.from || range.to > scope.to)
    throw new AppError('not-found', { what: 'division' })
  return area
}

/** Codes in one of the divisions right below an area. */
const spans = { province: 1e8, city: 1e6, county: 1e3, township: 1, village: 1 }
const plain = ({ code, name, level }: Division) => ({ code, name, level })

/** Who belongs where at the end of a day, by the divisions below; throws `not-found` outside the scope. */
export async function readCategories(
  { database: { db }, clock }: Deps,
  scope: AreaScope,
  code: number,
  on: string = clock.today(),
) {
  const area = await findArea(db, scope, code)
  const [counts, below] = await Promise.all([
    countCategories(db, areaScope(code), spans[levelOf(code)], on),
    area.level === 'village' ? [area] : listChildren(db, code),
  ])
  return {
    ...{ area: plain(area), on },
    rows: below.map((child) => {
      const own = counts.filter((one) => one.child === child.code)
      return {
        area: plain(child),
        households: sum(own, 'households'),
        persons: sum(own, 'persons'),
        counts: own.map(({ child: _of, ...figures }) => figures),
      }
    }),
  }
}

const sum = (counts: readonly CategoryCount[], key: 'households' | 'persons') =>
  counts.reduce((total, one) => total + one[key], 0)

/** What changed between the ends of two days; throws `not-found` outside the scope, `bad-request` (the days the wrong way round). */
export async function reconcile(
  { database: { db } }: Deps,
  scope: AreaScope,
  code: number,
  days: { from: string; to: string; cause?: Cause | undefined },
) {
  if (days.from > days.to) throw new AppError('bad-request', { from: days.from, to: days.to })
  const area = await findArea(db, scope, code)
  const rows = new Map<string, Movement>()
  for (const { category, risk, kind, because, n } of await countMovements(db, areaScope(code), days)) {
    const key = `${category}/${risk}`
    const row = rows.get(key) ?? { category, risk, before: 0, in: {}, out: {}, after: 0 }
    if (kind === 'before' || kind === 'after') row[kind] = n
    else if (because) row[kind][because] = n
    rows.set(key, row)
  }
  return { area: plain(area), from: days.from, to: days.to, rows: [...rows.values()] }
}

import type { Cause } from '#contract/common.ts'
import {
  type CategorySummary,
  ManagementGrade,
  type Movement,
  type ScaleSignal,
  type Spell,
  type SpellFilter,
} from '#contract/registry/categories.ts'
import {
  type AreaScope,
  areaScope,
  type Division,
  findDivision,
  type Level,
  levelOf,
  listChildren,
  listPath,
} from '#server/modules/divisions/index.ts'
import {
  findParameter,
  getParameter,
  resolveParameters,
  sourceOf,
  type Values,
  valueInForce,
} from '#server/modules/policy/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { packOn, ranBy } from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { countGrades } from './grade.ts'
import {
  type CategoryCount,
  countCategories,
  countCauses,
  countMovements,
  listSpellRecords,
} from './queries.ts'

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
): Promise<CategorySummary> {
  const area = await findArea(db, scope, code)
  const range = areaScope(code)
  const [path, counts, below, byCause, judged] = await Promise.all([
    listPath(db, code),
    countCategories(db, range, spans[levelOf(code)], on),
    area.level === 'village' ? [area] : listChildren(db, code),
    countCauses(db, range, on),
    ranBy(db, on),
  ])
  const grades = judged ? await countGrades(db, range, counts, on) : null
  const pack = packOn(on)
  const values = resolveParameters(pack, on, code)
  const limits = limitsOf(values)
  const amber = pack.parameters.get('scaleAmber')
  const written = amber && valueInForce(amber, on, String(code))
  return {
    ...{ area: plain(area), path: path.map(plain), on, byCause },
    policy: { id: pack.id, title: pack.title },
    rows: below.map((child) => {
      const own = counts.filter((one) => one.child === child.code)
      return {
        area: plain(child),
        households: sum(own, 'households'),
        persons: sum(own, 'persons'),
        counts: own.map(({ child: _of, ...figures }) => figures),
        scale: scaleOf(own, child.level, limits),
      }
    }),
    grades: grades && gradesOf(grades, values),
    scale: limits && written ? { ...limits, source: sourceOf(pack, written) } : null,
  }
}

interface Limits {
  lowBp: number
  amberBp: number
  redBp: number
}

/** Null under a policy without a limit of scale. */
function limitsOf(values: Values): Limits | null {
  const [lowBp, amberBp, redBp] = (['scaleLow', 'scaleAmber', 'scaleRed'] as const).map((key) =>
    findParameter(values, key),
  )
  return lowBp === undefined || amberBp === undefined || redBp === undefined
    ? null
    : { lowBp, amberBp, redBp }
}

const registeredCategories = new Set(['unrelieved', 'stable', 'unstable'])

/** Monitored persons in the registered ones. A limit of scale is one of counties, and cities sum theirs up. */
export function scaleOf(counts: readonly CategoryCount[], level: Level, limits: Limits | null) {
  const registeredPersons = sum(
    counts.filter(({ category }) => registeredCategories.has(category)),
    'persons',
  )
  const monitoredPersons = sum(
    counts.filter(({ risk }) => risk === 'open'),
    'persons',
  )
  const shareBp = registeredPersons === 0 ? null : Math.round((monitoredPersons * 10_000) / registeredPersons)
  const measured = limits && shareBp !== null && (level === 'county' || level === 'city')
  return {
    ...{ registeredPersons, monitoredPersons, shareBp },
    signal: measured ? signalOf(shareBp, limits) : null,
  }
}

function signalOf(shareBp: number, { lowBp, amberBp, redBp }: Limits): ScaleSignal {
  if (shareBp > redBp) return 'red'
  if (shareBp > amberBp) return 'amber'
  return shareBp < lowBp ? 'low' : 'none'
}

function gradesOf(households: Record<ManagementGrade, number>, values: Values) {
  const rhythm = { red: 'visitRhythmRed', yellow: 'visitRhythmYellow', green: 'visitRhythmGreen' } as const
  return ManagementGrade.options.map((grade) => ({
    ...{ grade, households: households[grade] },
    visitEveryDays: getParameter(values, rhythm[grade]),
  }))
}

/** The households behind a figure; the area lies inside the scope or the answer is `not-found`. */
export async function listCategorySpells(
  { database: { db }, clock }: Deps,
  scope: AreaScope,
  filter: SpellFilter,
  { page, size }: { page: number; size: number },
): Promise<{ total: number; rows: Spell[] }> {
  if (filter.change && !(filter.from && filter.to)) throw new AppError('bad-request', { missing: 'from, to' })
  if (filter.area !== undefined) await findArea(db, scope, filter.area)
  const { total, rows } = await listSpellRecords(
    db,
    filter.area === undefined ? scope : { ...scope, ...areaScope(filter.area) },
    { ...filter, today: clock.today() },
    { limit: size, offset: (page - 1) * size },
  )
  return {
    total,
    rows: rows.map((row) => ({
      household: stripOf(row),
      ...{
        category: row.spellCategory,
        risk: row.risk,
        causes: row.causes,
        from: row.fromOn,
        to: row.untilOn,
      },
      ...{ openedBecause: row.openedBecause, closedBecause: row.closedBecause, case: row.caseId },
    })),
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

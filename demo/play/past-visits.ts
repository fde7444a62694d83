import { sql } from 'kysely'
import { addDays, weekdayOf } from '#contract/days.ts'
import { Random } from '#demo/province/random.ts'
import { gradedHouseholds, takeOverVisits } from '#server/modules/visits/index.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'

type Grade = 'red' | 'yellow' | 'green'

/** How a year of visits goes: most keep the rhythm, some helpers fall behind, a few households are never reached. */
const habits = {
  never: { red: 0.02, yellow: 0.03, green: 0.06 } as Record<Grade, number>,
  /** Villages whose helper was away for a while, and how many rhythms late they are at most. */
  away: 0.05,
  awayFor: 1.2,
  /** Elsewhere: who is late, and by how much of a rhythm at most. */
  late: 0.04,
  lateBy: 0.5,
  /** Days between two visits, in rhythms. */
  between: [0.75, 1.25],
  pastDays: 365,
} as const

interface Home {
  householdId: number
  village: number
  purpose: string
  grade: Grade
  everyDays: number
}

interface Visit extends Pick<Home, 'householdId' | 'village' | 'purpose'> {
  on: string
}

const names = ['王建国', '李红梅', '张志强', '刘桂英', '陈明', '杨秀兰', '赵永胜', '周玉华', '吴海涛', '徐丽']

/** The visits that helpers made in the year before, in every county that has households; those who were visited are left alone. */
export async function visitAsBefore(database: Database, today: string): Promise<void> {
  await inTransaction(database, async ({ db }) => {
    const { rows: counties } = await sql<{ county: number }>`
      select distinct county from household order by county`.execute(db)
    for (const { county } of counties) await visitCounty(db, county, today)
  })
}

async function visitCounty(db: Db, county: number, today: string) {
  const { rows: homes } = await sql<Home>`
    select g.household_id, g.village, g.purpose, g.grade, g.every_days from ${gradedHouseholds(county, today)} g
    where g.last_on is null and not exists (select from visit v where v.county = g.county
      and v.household_id = g.household_id)
    order by g.household_id`.execute(db)
  const visits = homes.flatMap((home) => pastVisits(home, today))
  if (visits.length === 0) return
  const townships = [...new Set(visits.map(({ village }) => townshipOf(village)))]
  await sql`
    insert into auth_user (id, name, email)
    select 'demo-helper-' || x.place, x.name, 'demo-helper-' || x.place || '@accounts.invalid'
    from unnest(${[county, ...townships]}::bigint[], ${['县扶贫办', ...townships.map(nameOf)]}::text[]) x (place, name)
    on conflict do nothing`.execute(db)
  await takeOverVisits(
    db,
    sql`select ${county}::int, v.household_id, v.village, v.purpose, 'demo-helper-' || v.village / 1000 * 1000,
        ${`demo-helper-${county}`}::text, v.visited_on
      from unnest(${visits.map(({ householdId }) => householdId)}::bigint[],
        ${visits.map(({ village }) => village)}::bigint[], ${visits.map(({ purpose }) => purpose)}::text[],
        ${visits.map(({ on }) => on)}::date[]) v (household_id, village, purpose, visited_on)`,
  )
}

const townshipOf = (village: number) => Math.floor(village / 1000) * 1000
const nameOf = (township: number) => names[(township / 1000) % names.length] ?? ''

/** Newest first; none where nobody ever came. */
export function pastVisits(home: Home, today: string): Visit[] {
  const { householdId, village, purpose, grade, everyDays } = home
  const random = new Random(householdId, village, 17)
  if (random.unit() < habits.never[grade]) return []
  const isAway = new Random(village, 18).unit() < habits.away
  const late = isAway
    ? random.unit() * habits.awayFor
    : random.unit() < habits.late
      ? random.unit() * habits.lateBy
      : undefined
  const [least, most] = habits.between
  const days: string[] = []
  let ago = Math.max(1, Math.round(everyDays * (late === undefined ? random.unit() * 0.95 : 1 + late)))
  while (ago < habits.pastDays) {
    days.push(onWorkingDay(addDays(today, -ago)))
    ago += Math.round(everyDays * (least + random.unit() * (most - least)))
  }
  return days.map((on) => ({ householdId, village, purpose, on }))
}

/** Weekends are free: whoever would have gone then went on the Friday. */
function onWorkingDay(day: string): string {
  return addDays(day, -Math.max(0, weekdayOf(day) - 4))
}

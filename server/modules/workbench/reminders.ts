import { sql } from 'kysely'
import { county, township, type Viewer } from '#server/manifest/tasks.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { openWorkOf, within } from './tasks/branches.ts'
import { usualRole } from './tasks/levels.ts'
import { daysFor, type WorkbenchDeps } from './view.ts'

interface Line {
  name: string
  role: string | null
  place: string
  overdue: number
  today: number
  next: number
}

const most = 200

/**
 * A line for everybody in an area who has something overdue or due by the next working day: named persons by name, else the place
 * responsible. Computed on request; the most overdue first, at most 200.
 */
export async function listReminders(
  deps: WorkbenchDeps,
  viewer: Viewer,
  { area = viewer.area }: { area?: number | undefined },
): Promise<{ on: string; lines: Line[] }> {
  const chosen = areaScope(area)
  const days = daysFor(deps, area)
  const scope: AreaScope = {
    ...viewer.scope,
    from: Math.max(viewer.scope.from, chosen.from),
    to: Math.min(viewer.scope.to, chosen.to),
  }
  const lines = openWorkOf(deps.tasks).map(
    (source) => sql`
      select ${source.person ?? sql`null::text`} as person, ${source.level} as level, x.village, ${source.due} as due_on
      from ${source.from} where ${source.open} and ${within(scope)} and ${source.due} <= ${days.next}::date
        and not ${source.paused ?? sql`false`}`,
  )
  const { rows } = await sql<Omit<Line, 'role'> & { role: string | null; level: number }>`
    with lines as (
      select t.person, case when t.person is null then t.level end as level,
        case when t.person is not null then null when t.level = ${county} then t.village / 1000000 * 1000000
          when t.level = ${township} then t.village / 1000 * 1000 else t.village end as place,
        max(t.village) / 1000 * 1000 as around,
        count(*) filter (where ${overdueOn({ due: sql`t.due_on` }, days.today)}) as overdue,
        count(*) filter (where t.due_on = ${days.today}::date) as today,
        count(*) filter (where t.due_on > ${days.today}::date) as next
      from (${sql.join(lines, sql` union all `)}) t group by 1, 2, 3
    )
    select coalesce(u.name, d.name) as name, a.role, coalesce(own.name, d.name, w.name) as place, l.level, l.overdue,
      l.today, l.next
    from lines l left join auth_user u on u.id = l.person left join account a on a.user_id = l.person
    left join division own on own.code = a.area left join division d on d.code = l.place
    left join division w on w.code = l.around
    order by l.overdue desc, l.today desc, l.next desc, 1 limit ${most}`.execute(deps.database.db)
  return {
    on: days.today,
    lines: rows.map(({ level: rank, role, ...line }) => ({
      ...line,
      role: role ?? usualRole(rank),
    })),
  }
}

import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import type { ClueFilter } from '#contract/work/clues.ts'
import type { TaskGroup } from '#contract/work/workbench.ts'
import { assembleServices } from '#server/assembly.ts'
import { reconcile } from '#server/modules/classification/index.ts'
import { listClues } from '#server/modules/clues/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { getWorkbench, viewerOf } from '#server/modules/workbench/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { HouseholdScope, Requester } from '#server/platform/http/rpc.ts'

type Deps = Parameters<typeof listClues>[0]

export interface Request {
  name: string
  kind: 'inbox' | 'workbench' | 'reconcile'
  role: Requester['role']
  area: number
  userId: string
  action: string
  run(deps: Deps, scope: HouseholdScope, me: Requester, round: number): Promise<unknown>
}

const province = 340_000_000_000
const fuyang = 341_200_000_000
const linquan = 341_221_000_000
const township = 341_221_001_000

/** What officers of every level open in the morning, with the filters and pages they go on to. */
export async function listRequests(db: Db): Promise<Request[]> {
  const { rows } = await sql<{ name: string }>`
    select h.head_name as name from clue c join household h on h.county = c.county and h.id = c.household_id
    where c.village between ${township}::bigint and ${township + 999}::bigint order by c.id limit 1`.execute(
    db,
  )
  const name = rows[0]?.name ?? ''
  const inbox = (
    what: string,
    role: Request['role'],
    area: number,
    filter: ClueFilter = {},
    { sort = 'level', page = 1 }: { sort?: 'level' | 'due' | 'opened' | 'name'; page?: number } = {},
  ): Request => ({
    ...{
      name: `inbox: ${what}`,
      kind: 'inbox',
      role,
      area,
      userId: `bench-${role}-${area}`,
      action: 'clues.list',
    },
    run: (deps, scope) => listClues(deps, scope, filter, { sort, descending: false }, { page, size: 50 }),
  })
  const bench = (
    what: string,
    role: Request['role'],
    area: number,
    { group, userId = `bench-${role}-${area}` }: { group?: TaskGroup; userId?: string } = {},
  ): Request => ({
    ...{ name: `workbench: ${what}`, kind: 'workbench', role, area, userId, action: 'workbench.get' },
    run: (deps, scope, me) =>
      getWorkbench({ ...deps, tasks: assembleServices(deps.clock).tasks }, viewerOf(me, scope), {
        group,
        page: 1,
        size: 50,
      }),
  })
  const days = (n: number) => addDays('2020-03-10', -n)
  const changes = (what: string, area: number): Request => ({
    ...{
      name: `reconcile: ${what}`,
      kind: 'reconcile',
      role: 'clerk',
      area,
      userId: 'bench-clerk',
      action: 'categories.reconcile',
    },
    run: (deps, _scope, _me, round) =>
      reconcile(deps, areaScope(province), area, { from: days(20 + 53 * round), to: days((round * 7) % 20) }),
  })
  return [
    inbox('province', 'clerk', province),
    inbox('province, red and overdue', 'clerk', province, { level: ['red'], overdue: true }),
    inbox('province, leader', 'leader', province),
    inbox('province, page 40', 'clerk', province, {}, { page: 40 }),
    inbox('province, reported by households', 'clerk', province, { channel: ['self'] }),
    inbox('city', 'clerk', fuyang),
    inbox('county', 'clerk', linquan),
    inbox('county, checker', 'checker', linquan),
    inbox('county, leader', 'leader', linquan),
    inbox('county, by deadline', 'clerk', linquan, { state: ['dispatched'] }, { sort: 'due' }),
    inbox('county, by name', 'clerk', linquan, {}, { sort: 'name' }),
    inbox('county, one household', 'clerk', linquan, { q: name }),
    inbox('county, of this month', 'clerk', linquan, { openedFrom: '2020-03-01' }),
    inbox('township', 'township', township),
    inbox('village', 'village', township + 3),
    inbox('helper', 'helper', township),
    bench('province', 'clerk', province),
    bench('province, leader', 'leader', province, { group: 'escalated' }),
    bench('city', 'clerk', fuyang),
    bench('city, leader', 'leader', fuyang),
    bench('county, clerk', 'clerk', linquan),
    bench('county, checker', 'checker', linquan),
    bench('county, leader', 'leader', linquan),
    bench('county, handed on', 'clerk', linquan, { group: 'waiting' }),
    bench('township', 'township', township),
    bench('village', 'village', township + 3),
    bench('visitor', 'team-member', township + 3, { userId: `bench-visitor-${township}` }),
    bench('helper', 'helper', township),
    changes('province', province),
    changes('county', linquan),
  ]
}

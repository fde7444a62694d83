import { sql } from 'kysely'
import type { UnmatchedDeclaration } from '#contract/contact/declarations.ts'
import { isOverdue } from '#contract/work/standing.ts'
import { inScope } from '#server/modules/access/index.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { maskIdNumber, maskNumbers } from '#server/platform/text.ts'
import { receiptOf, Statement } from './take-up.ts'

interface Row {
  request: string
  village: number
  villageName: string
  township: number
  townshipName: string
  at: string
  dueOn: string | null
  outcome: UnmatchedDeclaration['state']
  why: UnmatchedDeclaration['why']
  decisionNote: string | null
  declaredCipher: Buffer
}

const most = 100
type Deps = Pick<RequestDeps, 'work' | 'clock' | 'vault' | 'masks'>

/** Open ones of a village range; whoever has single households only has no village. */
function openOnes(scope: AreaScope, area: number | undefined) {
  const chosen = area === undefined ? scope : areaScope(area)
  return sql`d.outcome in ('unmatched', 'awaited') and ${!scope.grantee}
    and d.village between ${scope.from}::bigint and ${scope.to}::bigint
    and d.village between ${chosen.from}::bigint and ${chosen.to}::bigint`
}

const declarationClock = { due: sql`d.due_on`, open: sql`d.outcome = 'unmatched'` }

/** How many wait, and how many longer than the receipt promised; what waits for the register does not count as late. */
export async function countUnmatched(
  { work: { db }, clock }: Pick<Deps, 'work' | 'clock'>,
  scope: AreaScope,
  area: number | undefined,
): Promise<{ total: number; overdue: number }> {
  const { rows } = await sql<{ total: number; overdue: number }>`
    select count(*) as total,
      count(*) filter (where ${overdueOn(declarationClock, clock.today())}) as overdue
    from declaration d where ${openOnes(scope, area)}`.execute(db)
  return rows[0] ?? { total: 0, overdue: 0 }
}

/** Declarations that fit no household, with whom of the asker's own area each may be about. */
export async function listUnmatched(
  deps: Deps,
  scope: AreaScope,
  area: number | undefined,
  { limit, offset } = { limit: most, offset: 0 },
) {
  const { db } = deps.work
  const on = deps.clock.today()
  const { rows } = await sql<Row>`
    select d.request, d.village, v.name as village_name, t.code as township, t.name as township_name, d.at, d.due_on,
      d.outcome,
      d.why, d.decision_note, d.declared_cipher
    from declaration d join division v on v.code = d.village join division t on t.code = v.parent_code
    where ${openOnes(scope, area)}
    order by d.outcome = 'awaited', d.due_on nulls last, d.at, d.request
    limit ${limit} offset ${offset}`.execute(db)
  const statements = rows.map((row) => ({
    ...row,
    statement: Statement.parse(JSON.parse(deps.vault.decrypt(row.declaredCipher))),
  }))
  const candidates = await listCandidates(deps, db, scope, statements)
  const shown = (idNumber: string) => (deps.masks.idNumber === 'hidden' ? '****' : maskIdNumber(idNumber))
  return {
    ...{ on, ...(await countUnmatched(deps, scope, area)) },
    rows: statements.map(
      ({ statement: { name, idNumber, cause, text }, ...row }): UnmatchedDeclaration => ({
        ...{
          request: row.request,
          receipt: receiptOf(deps.vault, row.request),
          at: row.at,
          dueOn: row.dueOn,
        },
        ...{ state: row.outcome, why: row.why, name, cause, note: row.decisionNote },
        idNumber: shown(idNumber),
        text: maskNumbers(text),
        overdue: isOverdue({ dueOn: row.dueOn, isOpen: row.outcome === 'unmatched' }, on),
        village: { code: row.village, name: row.villageName, level: 'village' },
        township: { code: row.township, name: row.townshipName, level: 'township' },
        candidates: candidates
          .filter(({ request }) => request === row.request)
          .map(({ request: _of, ...one }) => one),
      }),
    ),
  }
}

/** By the ID number anywhere in the scope, by the name in the village whose page was open. */
async function listCandidates(
  { vault }: Pick<Deps, 'vault'>,
  db: Db,
  scope: AreaScope,
  declared: readonly { request: string; village: number; statement: { name: string; idNumber: string } }[],
) {
  type Found = UnmatchedDeclaration['candidates'][number] & { request: string }
  const { rows } = await sql<Omit<Found, 'village'> & { code: number; villageName: string }>`
    select x.request, h.ref, h.household_no, h.head_name, m.name as member, m.by, v.code, v.name as village_name
    from unnest(${declared.map(({ request }) => request)}::uuid[], ${declared.map(({ village }) => village)}::bigint[],
      ${declared.map(({ statement }) => statement.name)}::text[],
      ${declared.map(({ statement }) => vault.blindIndex(statement.idNumber))}::uuid[]) x (request, village, name,
      id_index)
    cross join lateral (
      select p.county, p.household_id, p.name, 'number' as by from person_index p where p.id_index = x.id_index
      union all
      select p.county, p.household_id, p.name, 'name' from household h
        join person p on p.county = h.county and p.household_id = h.id and p.left_on is null and p.name = x.name
        where h.county = x.village / 1000000 and h.village = x.village
          and not exists (select from person_index i where i.id_index = x.id_index and i.household_id = h.id)
    ) m
    join household h on h.county = m.county and h.id = m.household_id and h.closed_on is null
    join division v on v.code = h.village
    where ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
    order by x.request, m.by desc, h.id`.execute(db)
  return rows.map(
    ({ code, villageName, ...row }): Found => ({
      ...row,
      village: { code, name: villageName, level: 'village' },
    }),
  )
}

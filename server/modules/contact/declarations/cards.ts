import { sql } from 'kysely'
import type { ContactCard } from '#contract/contact/declarations.ts'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'

interface Row {
  ref: string
  headName: string
  groupName: string | null
  village: number
  villageName: string
  township: number
  townshipName: string
  helper: string | null
}

const mostCards = 400

/** Cards of a household of the scope, or of all whose risk is open in a village; `bad-request` where neither is named. */
export async function listContactCards(
  { database: { db }, clock, vault }: Pick<RequestDeps, 'database' | 'clock' | 'vault'>,
  scope: AreaScope,
  { household, village }: { household?: string | undefined; village?: number | undefined },
): Promise<{ hotline: string; rows: ContactCard[] }> {
  if ((household === undefined) === (village === undefined)) throw new AppError('bad-request', {})
  const condition =
    household === undefined
      ? sql`h.village = ${village}::bigint and h.risk = 'open'`
      : sql`h.ref = ${household}::uuid`
  const { rows } = await sql<Row>`
    select h.ref, h.head_name, h.group_name, v.code as village, v.name as village_name, t.code as township,
      t.name as township_name,
      (select u.name from household_access a join auth_user u on u.id = a.user_id
        where a.county = h.county and a.household_id = h.id and a.kind = 'helper' and a.from_at <= now()
          and (a.until is null or a.until > now()) order by a.from_at limit 1) as helper
    from household h join division v on v.code = h.village join division t on t.code = v.parent_code
    where ${condition} and h.closed_on is null
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
    order by h.group_name nulls last, h.head_pinyin, h.id limit ${mostCards}`.execute(db)
  if (household !== undefined && rows.length === 0) throw new AppError('not-found', { what: 'household' })
  return {
    hotline: packOn(clock.today()).hotline,
    rows: rows.map(({ villageName, townshipName, ...row }) => ({
      ...row,
      village: { code: row.village, name: villageName, level: 'village' },
      township: { code: row.township, name: townshipName, level: 'township' },
      code: vault.householdCode(row.ref),
    })),
  }
}

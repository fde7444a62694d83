import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import type { CaseKind } from '#contract/work/cases.ts'
import { inScope } from '#server/modules/access/index.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { publicDocument } from '#server/platform/people/documents.ts'
import { maskName } from '#server/platform/text.ts'

interface Row {
  id: string
  county: number
  village: string
  township: string
  countyName: string
  from: string | null
  until: string | null
  place: string | null
  headName: string
  idCipher: Buffer | null
  group: string | null
  members: number
  causes: Cause[]
  registered: boolean
  category: HouseholdCategory | null
}

export type PublicList = Awaited<ReturnType<typeof readPublicList>>

/** What hangs out at each village: surname, masked number, group, size and the kind of cause; never what a household is ill with. */
export async function readPublicList(
  { database: { db }, clock, vault }: Pick<RequestDeps, 'database' | 'clock' | 'vault'>,
  scope: AreaScope,
  {
    area,
    kind,
    step,
    only,
  }: {
    area?: number | undefined
    kind: CaseKind
    step: 'publicity' | 'announce'
    /** One case alone, whatever step it stands at. */
    only?: string
  },
) {
  const today = clock.today()
  const chosen = area === undefined ? scope : areaScope(area)
  const steps = step === 'publicity' ? ['publicity', 'township-audit'] : ['announce', 'enter']
  const { rows } = await sql<Row>`
    select f.id, f.county, v.name as village, t.name as township, d.name as county_name, f.publicity_from as "from",
      f.publicity_until as until, f.publicity_place as place, h.head_name, p.id_cipher, h.group_name as "group",
      h.member_count as members, f.causes, h.registered, f.category
    from case_file f
    join household h on h.county = f.county and h.id = f.household_id
    join division v on v.code = f.village join division t on t.code = v.parent_code
    join division d on d.code = t.parent_code
    left join lateral (
      select id_cipher from person p where p.county = f.county and p.household_id = f.household_id
        and p.relation = 'head'
        and p.left_on is null order by p.id limit 1
    ) p on true
    where f.kind = ${kind}
      and ${
        only === undefined
          ? sql`f.state = 'running'
        and f.step = any(${steps}::text[])`
          : sql`f.id = ${only}::uuid`
      }
      and f.village between ${chosen.from}::bigint and ${chosen.to}::bigint
      and ${inScope(scope, { village: 'f.village', county: 'f.county', household: 'f.household_id' })}
    order by f.village, h.group_name nulls last, h.head_pinyin limit 5000`.execute(db)
  const values = figuresOf(today, rows[0]?.county ?? Math.floor(scope.from / 1e6))
  const key = kind === 'resolution' ? 'resolutionPublicityDays' : 'publicityDays'
  const villages = [...Map.groupBy(rows, ({ township, village }) => `${township} ${village}`).values()]
  const to = addDays(today, getParameter(values, key))
  return {
    ...{ from: today, to, hotline: packOn(today).hotline },
    villages: villages.map((inside) => ({
      village: inside[0]?.village ?? '',
      township: inside[0]?.township ?? '',
      county: inside[0]?.countyName ?? '',
      // Those that hang out already hang till the last of them may come down.
      from: inside.map((row) => row.from ?? today).toSorted()[0] ?? today,
      to:
        inside
          .map((row) => row.until ?? to)
          .toSorted()
          .at(-1) ?? to,
      place: inside.find((row) => row.place !== null)?.place ?? null,
      rows: inside.map(({ id, headName, idCipher, group, members, causes, category }) => ({
        ...{ id, group, members, category },
        headName: maskName(headName),
        idNumber: idCipher ? publicDocument(vault.decrypt(idCipher)) : '',
        cause: causes[0] ?? ('other' as const),
      })),
    })),
  }
}

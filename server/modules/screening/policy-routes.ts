import { sql } from 'kysely'
import type { z } from 'zod'
import type { Policy } from '#contract/policy.ts'
import { inScope } from '#server/modules/access/index.ts'
import { type AreaScope, findDivision } from '#server/modules/divisions/index.ts'
import { viewParameters, viewRules } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/db.ts'
import { os } from '#server/platform/rpc.ts'
import { packOn } from './active-pack.ts'
import { indicatorByName } from './catalogue.ts'

/** Open signals per rule inside the scope. */
async function countOpenSignals(db: Db, scope: AreaScope): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; open: number }>`
    select s.rule, count(*) as open
    from signal s join household h on h.county = s.county and h.id = s.household_id
    where s.cleared_on is null and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
    group by s.rule`.execute(db)
  return new Map(rows.map(({ rule, open }) => [rule, open]))
}

export const policyRoutes = {
  get: os.policy.get.handler(async ({ context: { deps, scope } }): Promise<z.infer<typeof Policy>> => {
    const day = deps.clock.today()
    const pack = packOn(day)
    const { db } = deps.database
    const open = await countOpenSignals(db, scope)
    const places = new Map<string, string>()
    const parameters = viewParameters(pack, day)
    for (const place of new Set(parameters.flatMap(({ values }) => values.map((value) => value.place)))) {
      places.set(place, (await findDivision(db, Number(place)))?.name ?? place)
    }
    return {
      id: pack.id,
      title: pack.title,
      documents: [...pack.documents.values()].map(({ id, title, number, date, issuer }) => ({
        id,
        title,
        number,
        date,
        issuer,
      })),
      parameters: parameters.map((parameter) => ({
        ...parameter,
        values: parameter.values.map((value) => ({
          ...value,
          place: places.get(value.place) ?? value.place,
        })),
      })),
      rules: viewRules(pack, indicatorByName, day).map((rule) => ({
        ...rule,
        openSignals: open.get(rule.id) ?? 0,
      })),
      causes: [...pack.causes],
    }
  }),
}

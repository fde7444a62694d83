import { sql } from 'kysely'
import type { z } from 'zod'
import type { Policy } from '#contract/feeds/policy.ts'
import { inScope } from '#server/modules/access/index.ts'
import { type AreaScope, findDivision } from '#server/modules/divisions/index.ts'
import { type PolicyPack, viewPack } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { os } from '#server/platform/http/rpc.ts'
import { packOn, policyPacks } from './active-pack.ts'
import { indicatorByName } from './indicators/catalogue.ts'

/** Open signals per rule inside the scope. */
async function countOpenSignals(db: Db, scope: AreaScope): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; open: number }>`
    select s.rule, count(*) as open
    from signal s join household h on h.county = s.county and h.id = s.household_id
    where s.cleared_on is null and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
    group by s.rule`.execute(db)
  return new Map(rows.map(({ rule, open }) => [rule, open]))
}

/** The day of a pack nearest to today. */
function dayWithin({ from, to }: PolicyPack, today: string): string {
  if (today < from) return from
  return to !== null && to < today ? to : today
}

export const policyRoutes = {
  get: os.policy.get.handler(async ({ input, context: { deps, scope } }): Promise<z.infer<typeof Policy>> => {
    const today = deps.clock.today()
    const current = packOn(today)
    const pack = input.pack === undefined ? current : policyPacks().find(({ id }) => id === input.pack)
    if (!pack) throw new AppError('not-found', { what: 'policy' })
    const day = dayWithin(pack, today)
    const { db } = deps.database
    const open = pack === current ? await countOpenSignals(db, scope) : undefined
    const places = new Map<string, string>()
    const { parameters, rules, measures, checklist, samples } = viewPack(pack, indicatorByName, day)
    for (const place of new Set(parameters.flatMap(({ values }) => values.map((value) => value.place)))) {
      places.set(place, (await findDivision(db, Number(place)))?.name ?? place)
    }
    const daysOf = (one: PolicyPack) => {
      const { id, title, from, to } = one
      return { id, title, from, to, inForce: one === current }
    }
    return {
      ...daysOf(pack),
      day,
      packs: policyPacks().map(daysOf),
      categories: [...pack.categories],
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
      rules: rules.map((rule) => ({
        ...rule,
        openSignals: open ? (open.get(rule.id) ?? 0) : null,
      })),
      causes: [...pack.causes],
      measures,
      checklist,
      samples,
    }
  }),
}

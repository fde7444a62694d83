import { z } from 'zod'
import { Cause, Day, Localized, RiskLevel, Source, Unit } from '../common.ts'
import { HouseholdCategory } from '../registry/households.ts'
import { route } from '../route.ts'
import { AuthorisationScope } from '../work/authorisation.ts'
import { MeasureType } from '../work/plans.ts'

export const PolicyParameter = z.object({
  key: z.string(),
  label: Localized,
  /** The pack's unit of the value: yuan amounts are given in fen. */
  unit: z.string(),
  values: z.array(
    z.object({
      value: z.number(),
      from: Day,
      to: Day.nullable(),
      place: z.string(),
      source: Source,
      /** Whether it is the value in force today for the whole province. */
      current: z.boolean(),
    }),
  ),
})

export const PolicyRule = z.object({
  id: z.string(),
  version: z.number().int(),
  title: Localized,
  cause: Cause,
  levels: z.array(RiskLevel),
  needs: z.array(z.string()),
  /** The condition of each case in words. */
  cases: z.array(z.object({ level: RiskLevel, words: Localized, unit: Unit.nullable() })),
  explanation: Localized,
  clears: Localized,
  source: Source,
  examples: z.array(z.object({ expect: z.string(), words: Localized })),
  /** Null for a rule of a pack that is not in force: nobody is judged by it today. */
  openSignals: z.number().int().nullable(),
})

/** A pack and its days; `to` is its last one, null where none is set. */
export const PolicyPackDays = z.object({
  id: z.string(),
  title: Localized,
  from: Day,
  to: Day.nullable(),
  /** Whether households are judged by it today. */
  inForce: z.boolean(),
})
export type PolicyPackDays = z.infer<typeof PolicyPackDays>

export const Policy = PolicyPackDays.extend({
  /** The day whose values are marked current: today, or the day of the pack nearest to it. */
  day: Day,
  /** Every pack there is, earliest first. */
  packs: z.array(PolicyPackDays),
  /** Other provinces whose figures it holds, as samples. */
  samples: z.array(Localized),
  /** Categories an identification may end in. */
  categories: z.array(HouseholdCategory),
  documents: z.array(
    z.object({
      id: z.string(),
      title: Localized,
      number: z.string().nullable(),
      date: Day.nullable(),
      issuer: z.string(),
    }),
  ),
  parameters: z.array(PolicyParameter),
  rules: z.array(PolicyRule),
  causes: z.array(z.object({ id: Cause, name: Localized, plain: Localized })),
  measures: z.object({
    types: z.array(
      z.object({
        id: MeasureType,
        name: Localized,
        kind: z.enum(['development', 'guarantee', 'other']),
        title: Localized,
      }),
    ),
    /** A plan against a cause is to have at least one of its types. */
    causes: z.array(z.object({ cause: Cause, types: z.array(MeasureType), source: Source })),
  }),
  checklist: z.array(
    z.object({
      id: z.string(),
      title: Localized,
      /** What the household must have agreed to; null where public rosters suffice. */
      scope: AuthorisationScope.nullable(),
      effect: z.enum(['flag', 'veto']),
      explain: Localized,
      source: Source,
    }),
  ),
})
export type Policy = z.infer<typeof Policy>

export const policy = {
  get: route(
    'GET',
    '/policy',
    'policy.read',
    'Parameters, rules, measures and check list of the pack in force, or of another, each with its article',
  )
    .input(z.object({ pack: z.string().max(60).optional() }))
    .output(Policy),
}

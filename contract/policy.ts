import { z } from 'zod'
import { Cause, Day, Localized, RiskLevel, Source, Unit } from './common.ts'
import { route } from './route.ts'

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
  openSignals: z.number().int(),
})

export const Policy = z.object({
  id: z.string(),
  title: Localized,
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
})
export type Policy = z.infer<typeof Policy>

export const policy = {
  get: route('GET', '/policy', 'policy.read', 'Parameters and rules in force, each with its article').output(
    Policy,
  ),
}

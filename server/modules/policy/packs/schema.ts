import { z } from 'zod'
import { Cause, Localized, PolicyStatus, RiskLevel } from '#contract/common.ts'
import { AuthorisationScope } from '#contract/protection/own-record.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { Concern, MeasureType } from '#contract/work/plans.ts'
import { ExcludeReason } from '#contract/work/visits.ts'
import { parameterUnits } from '../units.ts'

/** Shapes of the policy files exactly as written. Strict throughout: an unknown key is a typing error. */

// YAML reads an unquoted 2020-03-10 as text under the core schema, so days stay text.
const Day = z.iso.date()
const Status = PolicyStatus
const StrictLocalized = z.strictObject(Localized.shape)

/** A pack that inherits may leave out what is optional here; load.ts reports what any other lacks. */
export const PackFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: StrictLocalized,
  from: Day,
  to: Day.optional(),
  inherits: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  without: z.array(z.string()).optional(),
  categories: z.array(HouseholdCategory.extract(['unstable', 'marginal', 'sudden-hardship'])).min(1),
  hotline: z
    .string()
    .regex(/^[\d-]+$/)
    .optional(),
  // Names exactly what is agreed to, wherever it is read.
  authorisation: z
    .strictObject({
      version: z.string().min(1),
      text: StrictLocalized.refine(({ zh, en }) => [zh, en].every((text) => text.includes('{items}')), {
        error: 'must say {items} where the items agreed to stand',
      }),
    })
    .optional(),
  documents: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        number: z.string().optional(),
        title: StrictLocalized,
        issuer: z.string(),
        /** The other province whose text it is: what rests on it is a sample here. */
        sampleOf: StrictLocalized.optional(),
        date: Day.optional(),
        clauses: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
})

export const CausesFile = z.array(
  z.strictObject({ id: Cause, zh: z.string(), en: z.string(), plain: StrictLocalized }),
)

const unitNames = Object.keys(parameterUnits) as (keyof typeof parameterUnits)[]
export const WrittenParameter = z.strictObject({
  title: StrictLocalized,
  unit: z.enum(unitNames),
  /** Set anew for each year: a value ends with its year, and a year may have none. */
  yearly: z.boolean().default(false),
  values: z
    .array(
      z.strictObject({
        value: z.number(),
        from: Day,
        to: Day.optional(),
        division: z
          .string()
          .regex(/^\d{2}(\d{2}){0,2}$/)
          .optional(),
        document: z.string(),
        article: z.string(),
        status: Status,
        note: z.string().optional(),
      }),
    )
    .min(1)
    .optional(),
  derived: z.strictObject({ of: z.string(), share: z.string() }).optional(),
})
export type WrittenParameter = z.infer<typeof WrittenParameter>
export const ParametersFile = z.record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]*$/), WrittenParameter)

export const RetentionFile = z.array(
  z.strictObject({
    key: z.string(),
    title: StrictLocalized,
    months: z.number().int().min(1).nullable(),
    action: z.enum(['delete-file', 'erase-cells', 'delete-rows', 'keep']),
    why: StrictLocalized,
    document: z.string(),
    article: z.string(),
    status: Status,
  }),
)

const Written = { document: z.string(), article: z.string(), status: Status }

export const MeasuresFile = z.strictObject({
  types: z.array(
    z.strictObject({
      id: MeasureType,
      kind: z.enum(['development', 'guarantee', 'other']),
      for: z.array(Concern).min(1),
      zh: z.string(),
      en: z.string(),
      title: StrictLocalized,
    }),
  ),
  causes: z.record(Cause, z.strictObject({ types: z.array(MeasureType).min(1), ...Written })),
  checks: z.strictObject({
    'development-measure': z.strictObject(Written),
    'guarantee-only': z.strictObject(Written),
    'guarantee-path': z.strictObject(Written),
  }),
})

export const ChecklistFile = z.array(
  z.strictObject({
    id: z.string().regex(/^N\d{2}$/),
    zh: z.string(),
    en: z.string(),
    scope: AuthorisationScope.nullable(),
    effect: z.enum(['flag', 'veto']),
    explain: StrictLocalized,
    ...Written,
  }),
)

/** A letter to a household; `{name}` stands for a value that read-letters.ts knows. */
export const LetterFile = z.strictObject({
  title: StrictLocalized,
  saw: StrictLocalized,
  means: StrictLocalized,
  next: StrictLocalized,
  sms: StrictLocalized,
})
export type LetterFile = z.infer<typeof LetterFile>

export const LettersCommonFile = z.strictObject({
  heads: z.strictObject({ saw: StrictLocalized, means: StrictLocalized, next: StrictLocalized }),
  call: StrictLocalized,
  by: StrictLocalized,
  soon: StrictLocalized,
  late: StrictLocalized,
  otherCause: StrictLocalized,
  board: StrictLocalized,
  reasons: z.record(ExcludeReason, StrictLocalized),
  refusals: z.strictObject({ review: StrictLocalized, approval: StrictLocalized, dropped: StrictLocalized }),
  categories: z.strictObject({
    unstable: StrictLocalized,
    marginal: StrictLocalized,
    'sudden-hardship': StrictLocalized,
    other: StrictLocalized,
  }),
})
export type LettersCommonFile = z.infer<typeof LettersCommonFile>

const Figure = z.union([z.number(), z.boolean(), z.string()])
export const RuleFile = z.strictObject({
  id: z.string().regex(/^R\d{2}$/),
  version: z.number().int().min(1),
  title: StrictLocalized,
  cause: Cause,
  status: Status,
  document: z.string(),
  article: z.string(),
  needs: z.array(z.string()).min(1),
  cases: z
    .array(
      z.strictObject({
        level: RiskLevel,
        cause: Cause.optional(),
        measure: z.string(),
        /** Read by hand in read-condition.ts, which can say what is wrong with which branch. */
        when: z.unknown(),
        explanation: StrictLocalized.optional(),
        clears: StrictLocalized.optional(),
      }),
    )
    .min(1)
    .max(7),
  evidence: z.array(z.string()).min(1),
  explanation: StrictLocalized,
  clears: StrictLocalized,
  examples: z
    .array(
      z.strictObject({
        title: z.string(),
        expect: z.enum([...RiskLevel.options, 'miss', 'cannot-judge']),
        indicators: z.record(z.string(), Figure.nullable()),
      }),
    )
    .min(1),
})
export type RuleFile = z.infer<typeof RuleFile>

/** All that one pack needs to know of the rule of another. */
export const RuleVersion = z.looseObject({ version: z.number() })

import type { Cause, Localized, PolicyStatus, RiskLevel, Unit } from '#contract/common.ts'
import type { LetterKind } from '#contract/contact/letters.ts'
import type { AuthorisationScope } from '#contract/protection/own-record.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import type { Concern, MeasureType } from '#contract/work/plans.ts'
import type { RetentionAction, RetentionKey } from '#server/manifest/retention.ts'
import type { LetterFile, LettersCommonFile } from './packs/schema.ts'
import type { Condition } from './rules/tree.ts'
import type { ParameterUnit } from './units.ts'

/** An indicator as the policy sees it. The catalogue itself belongs to screening, which passes it in. */
export interface IndicatorTerm {
  name: string
  unit: Unit
  label: Localized
  /** Feeds it is computed from; empty when it is always known. */
  feeds: readonly string[]
}
export type Vocabulary = ReadonlyMap<string, IndicatorTerm>

export type Status = PolicyStatus

export interface PolicyDocument {
  id: string
  number: string | null
  title: Localized
  issuer: string
  date: string | null
  /** The other province whose text it is. */
  sampleOf: Localized | null
  clauses: Record<string, string>
}

export interface CauseTerm {
  id: Cause
  name: Localized
  plain: Localized
}

export interface ParameterValue {
  /** In the stored unit: 分, basis points … */
  value: number
  from: string
  to: string | null
  /** 2, 4 or 6 leading digits of a division code: province, city or county. */
  place: string
  document: string
  article: string
  status: Status
  note: string | null
}

export interface Parameter {
  key: string
  title: Localized
  unit: ParameterUnit
  /** Set anew for each year; a year may have none. */
  yearly: boolean
  values: readonly ParameterValue[]
  /** Follows another parameter by a share of it; then it has no values of its own. */
  derived: { of: string; share: string } | null
}

export interface RuleTexts {
  explanation: Localized
  clears: Localized
}

export interface RuleCase extends RuleTexts {
  level: RiskLevel
  cause: Cause
  /** The indicator named to the farmer; `when` compares it exactly once. */
  measure: string
  when: Condition
}

export type Expectation = RiskLevel | 'miss' | 'cannot-judge'

export interface RuleExample {
  title: string
  expect: Expectation
  /** Stored units; null means the source is late or missing. */
  indicators: Record<string, number | boolean | null>
}

export interface Rule extends RuleTexts {
  id: string
  version: number
  title: Localized
  cause: Cause
  status: Status
  document: string
  article: string
  needs: readonly string[]
  cases: readonly RuleCase[]
  evidence: readonly string[]
  examples: readonly RuleExample[]
}

/** How long one kind of thing is kept; months are null for what is kept for good. */
export interface RetentionRule {
  key: RetentionKey
  title: Localized
  months: number | null
  action: RetentionAction
  why: Localized
  document: string
  article: string
  status: Status
}

export interface MeasureTerm {
  id: MeasureType
  name: Localized
  /** development: earns an income; guarantee: secures what everybody must have. */
  kind: 'development' | 'guarantee' | 'other'
  /** Whom it is suggested for: the first of these that anybody in the household is. */
  for: readonly Concern[]
  /** A measure of that kind in ready words. */
  title: Localized
}

/** What a plan is checked for beside its time limits, and where that is written. */
export type MeasureCheck = 'development-measure' | 'guarantee-only' | 'guarantee-path'
export interface WrittenCheck {
  document: string
  article: string
  status: Status
}

/** Measures that meet a cause; a plan is to have at least one of them. */
export interface CauseMeasures {
  types: readonly MeasureType[]
  document: string
  article: string
  status: Status
}

/** An item of the check list: what is flagged is explained and decided. */
export interface ChecklistItem {
  id: string
  title: Localized
  /** What the household must have agreed to; null where public rosters suffice. */
  scope: AuthorisationScope | null
  effect: 'flag' | 'veto'
  /** What an explanation must say. */
  explain: Localized
  document: string
  article: string
  status: Status
}

export interface PolicyPack {
  id: string
  title: Localized
  from: string
  /** Last day; null for the pack that is in force until another one begins. */
  to: string | null
  /** The pack whose files count where this one has none of that name. */
  inherits: string | null
  /** Categories an identification may end in. */
  categories: ReadonlySet<HouseholdCategory>
  measures: {
    types: readonly MeasureTerm[]
    causes: ReadonlyMap<Cause, CauseMeasures>
    checks: ReadonlyMap<MeasureCheck, WrittenCheck>
  }
  checklist: readonly ChecklistItem[]
  /** Texts for households, in plain words. */
  letters: LettersCommonFile & { kinds: ReadonlyMap<LetterKind, LetterFile> }
  /** Whom a household may call. */
  hotline: string
  /** What a household agrees to when it lets its data be compared. */
  authorisation: { version: string; text: Localized }
  retention: readonly RetentionRule[]
  documents: ReadonlyMap<string, PolicyDocument>
  causes: readonly CauseTerm[]
  parameters: ReadonlyMap<string, Parameter>
  rules: readonly Rule[]
}

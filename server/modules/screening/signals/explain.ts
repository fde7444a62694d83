import type { Localized, Source } from '#contract/common.ts'
import { type PolicyPack, sourceOf } from '#server/modules/policy/index.ts'
import { describeCase, type Figures, type Measure, type Rule } from '#server/modules/policy/rules/index.ts'
import { findRule } from '../active-pack.ts'
import { indicatorByName } from '../indicators/catalogue.ts'

/** What is kept of a signal, as far as its words go. */
export interface SignalRow {
  rule: string
  ruleVersion: number
  caseNo: number
  figures: Figures
  measured: number
  threshold: number
  margin: number | null
  /** The newest day its rows speak of. */
  spokeOn: string
}

export interface Explanation {
  rule: Rule
  title: Localized
  /** `张某家今年住院自付合计 6,200 元，达到警戒线 5,000 元。` */
  sentence: Localized
  clears: Localized
  source: Source
  /** Null for rules that judge yes or no. Litres are whole litres here, everything else stored units. */
  measure: {
    label: Localized
    unit: Measure['unit']
    value: number
    threshold: number
    margin: number | null
  } | null
}

/** Puts a signal into words for the household's head; the figures and the rule's version are those of the day it was judged. */
export function explainSignal(today: PolicyPack, signal: SignalRow, name: Localized): Explanation {
  const { rule, pack } = findRule(today, signal) ?? {}
  const one = rule?.cases[signal.caseNo - 1]
  const indicator = one && indicatorByName.get(one.measure)
  if (!rule || !pack || !one || !indicator)
    throw new Error(`no rule ${signal.rule} case ${signal.caseNo} in ${today.id}`)
  const { unit, label } = indicator
  const statement = describeCase(
    one,
    { unit, label, value: signal.measured, threshold: signal.threshold, spokeOn: signal.spokeOn },
    name,
  )
  const perLitre = unit === 'litres' ? 10 : 1
  return {
    rule,
    title: rule.title,
    ...statement,
    source: sourceOf(pack, rule),
    measure:
      unit === 'bool'
        ? null
        : {
            label,
            unit,
            value: signal.measured / perLitre,
            threshold: signal.threshold / perLitre,
            margin: signal.margin,
          },
  }
}

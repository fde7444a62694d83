import type { Localized, Unit } from '#contract/common.ts'
import type { RuleCase, Vocabulary } from '../model.ts'
import type { Values } from '../resolve.ts'
import { describeFigure } from '../units.ts'
import { type Figures, operandOf } from './evaluate.ts'
import { type Comparison, comparisonsOf } from './tree.ts'

export interface Measure {
  unit: Unit
  label: Localized
  value: number | boolean
  threshold: number | boolean
}

export interface Sentences {
  sentence: Localized
  clears: Localized
}

/** The comparison a case is explained by: the only one that looks at its measure. */
export function measuredComparison(one: RuleCase): Comparison {
  const found = comparisonsOf(one.when).find(({ indicator }) => indicator === one.measure)
  if (!found) throw new Error(`case does not compare its measure ${one.measure}`)
  return found
}

/** What a hit is about: the figure and the limit it crossed. Undefined when either is unknown. */
export function measureOf(
  one: RuleCase,
  values: Values,
  figures: Figures,
  vocabulary: Vocabulary,
): Measure | undefined {
  const { indicator, operand } = measuredComparison(one)
  const value = figures[indicator]
  const threshold = operandOf(operand, values, figures)
  const term = vocabulary.get(indicator)
  if (value === undefined || value === null || threshold === null || !term) return undefined
  return { unit: term.unit, label: term.label, value, threshold }
}

/** The sentence a farmer understands, and what would clear the warning, with the figures filled in. */
export function describeCase(
  texts: Pick<RuleCase, 'explanation' | 'clears'>,
  measure: Measure,
  name: Localized,
): Sentences {
  const fill = (template: Localized): Localized => ({
    zh: put(template.zh, measure, name.zh, 'zh'),
    en: put(template.en, measure, name.en, 'en'),
  })
  return { sentence: fill(texts.explanation), clears: fill(texts.clears) }
}

function put(
  template: string,
  { unit, value, threshold }: Measure,
  name: string,
  locale: keyof Localized,
): string {
  const margin = Math.abs(Number(value) - Number(threshold))
  return template
    .replaceAll('{name}', name)
    .replaceAll('{value}', describeFigure(unit, value, locale))
    .replaceAll('{threshold}', describeFigure(unit, threshold, locale))
    .replaceAll('{margin}', describeFigure(unit, margin, locale))
}

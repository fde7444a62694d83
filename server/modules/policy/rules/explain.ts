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
  /** The day its rows speak of. */
  spokeOn: string
}

export interface Sentences {
  sentence: Localized
  clears: Localized
}

/** The comparison a case is explained by: the first that looks at its measure; any other only bounds it. */
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
  { vocabulary, day }: { vocabulary: Vocabulary; day: string },
): Measure | undefined {
  const { indicator, operand } = measuredComparison(one)
  const value = figures[indicator]
  const threshold = operandOf(operand, values, figures)
  const term = vocabulary.get(indicator)
  if (value === undefined || value === null || threshold === null || !term) return undefined
  return { unit: term.unit, label: term.label, value, threshold, spokeOn: day }
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

/** The same where nothing is set for the day to hold a figure against. */
export function describeUnset(
  { explanation, clears }: Pick<RuleCase, 'explanation' | 'clears'>,
  name: Localized,
  day: string,
): Sentences {
  const fill = (template: Localized): Localized => ({
    zh: putWords(template.zh, { name: name.zh, value: '…', threshold: notSet.zh, margin: '…' }, day, 'zh'),
    en: putWords(template.en, { name: name.en, value: '…', threshold: notSet.en, margin: '…' }, day, 'en'),
  })
  return { sentence: fill(explanation), clears: fill(clears) }
}

/** In the place of a figure of the policy that nobody set for the day. */
export const notSet: Localized = { zh: '（当天没有设定）', en: '(not set for the day)' }

function put(
  template: string,
  { unit, value, threshold, spokeOn }: Measure,
  name: string,
  locale: keyof Localized,
): string {
  const margin = Math.abs(Number(value) - Number(threshold))
  const [shownValue, shownThreshold, shownMargin] = [value, threshold, margin].map((figure) =>
    describeFigure(unit, figure, locale),
  )
  return putWords(
    template,
    { name, value: shownValue ?? '', threshold: shownThreshold ?? '', margin: shownMargin ?? '' },
    spokeOn,
    locale,
  )
}

function putWords(
  template: string,
  words: Readonly<Record<'name' | 'value' | 'threshold' | 'margin', string>>,
  day: string,
  locale: keyof Localized,
): string {
  return Object.entries({ ...words, year: day.slice(0, 4), month: describeMonth(day, locale) }).reduce(
    (text, [key, word]) => text.replaceAll(`{${key}}`, word),
    template,
  )
}

const english = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' })

function describeMonth(day: string, locale: keyof Localized): string {
  const [year, month] = day.split('-')
  return locale === 'zh' ? `${year} 年 ${Number(month)} 月` : english.format(new Date(day))
}

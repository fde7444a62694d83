import type { Localized } from '#contract/common.ts'
import type { RuleExample, Vocabulary } from './model.ts'
import type { Values } from './resolve.ts'
import { notSet } from './rules/explain.ts'
import type { Comparison, Condition, Operand, Operator } from './rules/tree.ts'
import { describeFigure } from './units.ts'

type Locale = keyof Localized

const operatorWords: Record<Operator, Localized> = {
  '<': { zh: '低于', en: 'is under' },
  '<=': { zh: '不超过', en: 'is at most' },
  '=': { zh: '为', en: 'is' },
  '!=': { zh: '不为', en: 'is not' },
  '>=': { zh: '达到', en: 'is at least' },
  '>': { zh: '超过', en: 'is over' },
}

interface Terms {
  vocabulary: Vocabulary
  values: Values
}

/** A rule's condition as a person reads it, with the figures in force: `当年住院自付合计达到 5,000 元，并且（…）`. */
export function describeCondition(condition: Condition, terms: Terms): Localized {
  return { zh: format(condition, terms, 'zh'), en: format(condition, terms, 'en') }
}

function format(condition: Condition, terms: Terms, locale: Locale): string {
  switch (condition.kind) {
    case 'compare':
      return describeComparison(condition, terms, locale)
    case 'not':
      return locale === 'zh'
        ? `并非（${format(condition.of, terms, locale)}）`
        : `not (${format(condition.of, terms, locale)})`
    default: {
      const parts = condition.of.map((part) => {
        const words = format(part, terms, locale)
        const nested = part.kind === 'all' || part.kind === 'any'
        if (!nested) return words
        return locale === 'zh' ? `（${words}）` : `(${words})`
      })
      const joiner = {
        all: { zh: '，并且', en: ' and ' },
        any: { zh: '，或者', en: ' or ' },
      }[condition.kind][locale]
      return parts.join(joiner)
    }
  }
}

function describeComparison(
  { indicator, operator, operand }: Comparison,
  terms: Terms,
  locale: Locale,
): string {
  const term = terms.vocabulary.get(indicator)
  if (!term) throw new Error(`no indicator ${indicator}`)
  if (operand.kind === 'value' && typeof operand.value === 'boolean') {
    const yes = operand.value === (operator === '=')
    if (locale === 'zh') return yes ? `是${term.label.zh}` : `不是${term.label.zh}`
    return `${term.label.en}: ${yes ? 'yes' : 'no'}`
  }
  const space = locale === 'zh' ? '' : ' '
  return [
    term.label[locale],
    operatorWords[operator][locale],
    describeOperand(operand, terms, indicator, locale),
  ].join(space)
}

function describeOperand(
  operand: Operand,
  { vocabulary, values }: Terms,
  left: string,
  locale: Locale,
): string {
  const unit = vocabulary.get(left)?.unit ?? 'count'
  if (operand.kind === 'value') return space(describeFigure(unit, operand.value, locale), locale)
  if (operand.kind === 'indicator')
    return vocabulary.get(operand.indicator)?.label[locale] ?? operand.indicator
  const value = values.get(operand.parameter)
  return value === undefined ? notSet[locale] : space(describeFigure(unit, value, locale), locale)
}

function space(text: string, locale: Locale): string {
  return locale === 'zh' ? ` ${text}` : text
}

/** An example in words: the figures, and what is expected of them. */
export function describeExample(example: RuleExample, vocabulary: Vocabulary): Localized {
  const figures = (locale: Locale) =>
    Object.entries(example.indicators).map(([name, figure]) => {
      const term = vocabulary.get(name)
      const words =
        figure === null
          ? { zh: '未知', en: 'unknown' }[locale]
          : describeFigure(term?.unit ?? 'count', figure, locale)
      return `${term?.label[locale] ?? name} ${words}`
    })
  return { zh: `${example.title}：${figures('zh').join('，')}`, en: figures('en').join(', ') }
}

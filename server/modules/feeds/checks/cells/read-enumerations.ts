import { type EnumerationName, termsOf } from '#contract/enumerations/enumerations.ts'
import { clean, fail, type ReadCell } from './cells.ts'

const normal = (text: string) => clean(text).replaceAll(' ', '').toUpperCase()

/** Every accepted writing → code: Chinese label, variants, the national code with and without its leading zero, our code. */
function writings(name: EnumerationName): Map<string, string> {
  const known = new Map<string, string>()
  const learn = (writing: string, code: string) => {
    const key = normal(writing)
    if (!known.has(key)) known.set(key, code)
  }
  const terms = termsOf(name)
  for (const [code, term] of terms) learn(term.zh, code)
  for (const [code, term] of terms) for (const variant of term.accept ?? []) learn(variant, code)
  for (const [code, term] of terms) {
    if (!term.national) continue
    learn(term.national, code)
    learn(String(Number(term.national)), code)
  }
  for (const [code] of terms) learn(code, code)
  return known
}

const labels = (name: EnumerationName) =>
  termsOf(name)
    .map(([, term]) => term.zh)
    .join('、')

export function readOne(name: EnumerationName): ReadCell {
  const known = writings(name)
  const unknown = fail('not-allowed', labels(name))
  return (cell) => known.get(cell) ?? known.get(normal(cell)) ?? unknown
}

/** Several values in one cell; codes joined by commas in the order of the enumeration, each once. */
export function readSome(name: EnumerationName): ReadCell {
  const known = writings(name)
  const order = termsOf(name).map(([code]) => code)
  const unknown = fail('not-allowed', labels(name))
  return (cell) => {
    const found = new Set<string>()
    for (const part of cell.split(/[,,、;;|/ ]+/)) {
      const code = known.get(normal(part))
      if (code === undefined) return unknown
      found.add(code)
    }
    return order.filter((code) => found.has(code)).join(',')
  }
}

export function readYesNo(): ReadCell {
  const known = writings('yesNo')
  const unknown = fail('not-allowed', labels('yesNo'))
  return (cell) => {
    const code = known.get(cell) ?? known.get(normal(cell))
    return code === undefined ? unknown : code === 'yes'
  }
}

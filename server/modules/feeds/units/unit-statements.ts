import { unitWordsOf } from './header-unit.ts'
import { foreignCurrency, readUnitWord, type UnitWord } from './unit-words.ts'

/** What a cell outside the table (title, note, name of the sheet) says of the unit of the money in it. */
export interface UnitStatement {
  word: UnitWord
  /** As written. */
  text: string
}

const labelled =
  /(?:(金额|货币|计价|计量|币)(?:的?单位|种类?|别|制)|(货币|金额)(?=\s*:\s*\(?(?:人民币|RMB|CNY|[十百千万亿美港欧日英]*[元圆币]|¥|[A-Z]{3}\b))|\bunits?\b|(?<![\u4e00-\u9fff])单位)\s*(?:[:为是均]+\s*|\s+|(?=[十百千万亿]*[元圆角分]))([^。;]*)/gi
const counted = /以\s*([^,。;、\s]{1,6}?)\s*(?:为单位|计|表示|填列|填报)/g
const follows =
  /(?:金额|款项|费用|收入|支出|数额|以上|数据|数字|各项|单位)\s*均?(?:为|是|按)\s*([十百千万亿]*[元圆角分])/g
const bracketed = /[([{【〔]([^()[\]{}【】〔〕]*)[)\]}】〕]/g

/**
 * Every statement in the cells of one row: `金额单位：万元`, `单位：户、人、万元`, a label and its unit in two cells, `（万元）` behind a title,
 * `金额以万元计`. Names of organisations (`填报单位：…`) say nothing of money.
 */
export function unitStatements(cells: readonly string[]): UnitStatement[] {
  return cells.flatMap((cell, at) => {
    if (cell === '') return []
    const text = cell.normalize('NFKC')
    return statementsOf(text, () =>
      (cells.slice(at + 1).find((other) => other !== '') ?? '').normalize('NFKC'),
    ).map((word) => ({ word, text: cell }))
  })
}

function statementsOf(written: string, nextCell: () => string): UnitWord[] {
  const found: UnitWord[] = []
  // 人民币（万元） is 万元, RMB 10,000 a unit of ten thousand.
  const text = written
    .replaceAll('圓', '圆')
    .replace(/(?:币种|货币|币别)\s*[:为]?\s*(?:人民币|RMB|CNY)[\s,、;]+(?=.*单位)/gi, '')
    .replace(/(?<=[十百千万亿萬億])(?:\s+([元圆])|\(([元圆])\))/g, '$1$2')
    .replace(/(?:人民币|RMB|CNY)\s*(?=\(?[十百千万亿]*[元圆])/gi, '')
    .replace(/\((?:人民币|RMB|CNY)\)/gi, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?:RMB|CNY|人民币)\s+(?=10)|(?<=\b10+)\s+(?=yuan\b)/gi, (mark) => mark.trim())
  const alone = readUnitWord(text.replace(/^\(|\)$/g, ''), false)
  if (alone) return [alone]
  for (const [, kind, currency, rest = ''] of text.matchAll(labelled)) {
    const label = kind ?? currency
    const isMoney = label !== undefined && label !== '计量'
    const stated = rest.trim() === '' ? nextCell() : rest
    const words = stated
      .split(/[、,/()\s]+/)
      .map((piece) => readUnitWord(piece.replace(/^(?:均?为|是)/, ''), isMoney))
      .filter((word) => word !== undefined)
    found.push(...words)
    const first = stated.split(/[、,/()\s]+/).find((piece) => piece !== '')
    if (words.length === 0 && isMoney && first !== undefined) found.push({ unknown: first })
    else if (words.length === 0 && first !== undefined && /^(?:[十百千万亿]+|[kw]|[wqb]y)$/i.test(first))
      found.push({ unknown: first })
  }
  for (const pattern of [counted, follows]) {
    for (const [, word = ''] of text.matchAll(pattern)) {
      const unit = readUnitWord(word, false)
      if (unit) found.push(unit)
    }
  }
  if (found.length > 0) return found
  for (const [, inside = ''] of text.matchAll(bracketed)) {
    const unit = readUnitWord(inside, false)
    if (unit) found.push(unit)
  }
  if (found.length > 0) return found
  // It speaks of units of money and nobody knows how: better asked than guessed.
  if (/单位|为准|均为|其余/.test(text) && /(?<![\d.])[十百千万亿]元/.test(text))
    return [{ unknown: text.slice(0, 40) }]
  return foreignCurrency(text) !== undefined && /单位|币/.test(text)
    ? [{ foreign: foreignCurrency(text) ?? '' }]
    : []
}

/** What headers beside the amounts say of all of them: `备注（金额均为万元）`. A mere `（万元）` is of its own column. */
export function statementOfHeader(header: string): UnitWord[] {
  const text = header.normalize('NFKC')
  return /(?:金额|货币|计价|款项|币种)|均[为是]|单位\s*[:为是]/.test(text)
    ? statementsOf(text.replace(bracketed, ' $1 '), () => '')
    : []
}

/** `收入（万元）`, `收入_万元_20200310`, `income-wanyuan`, `2020年3月 单位万元`: the name of a sheet or a file. */
export function unitOfName(name: string): UnitWord[] {
  const bare = name.replace(/\.\w{1,5}$/, '').normalize('NFKC')
  const words = bare
    .replace(/(?<=\bwan|\bqian|\bbai)[\s_-]+(?=yuan(?![a-z]))/gi, '')
    .split(/[\s_\-—–+,、·.&]+/)
    .flatMap((word) => readUnitWord(word.replace(/^单位:?/, ''), false) ?? [])
  return words.length > 0 ? words : unitWordsOf(bare)
}

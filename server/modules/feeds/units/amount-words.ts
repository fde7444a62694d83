/** Amounts written in parts or in words, each by its own unit, as places above fen; exact, or undefined where they could mean another. */

const parts =
  /^(?:(\d{1,4})亿)?(?:(\d{1,4})万)?(?:([1-9])千)?(?:([1-9])百)?(\d{1,7})?[元圆块](?:(\d)[角毛])?(?:(\d)分)?$/

const digits = new Map<string, number>()
for (const letters of [
  '〇一二三四五六七八九',
  '零壹贰叁肆伍陆柒捌玖',
  '○壹贰叁肆伍陆柒捌玖',
  '零弌弐参肆伍陸柒捌玖',
])
  for (const [i, letter] of [...letters].entries()) digits.set(letter, i)
digits.set('两', 2).set('俩', 2).set('貳', 2).set('參', 3).set('叄', 3)
const tens = new Map([...'十拾百佰千仟'].map((letter, i) => [letter, 10 ** (Math.floor(i / 2) + 1)]))
const groups = new Map([
  ['万', 1e4],
  ['萬', 1e4],
  ['亿', 1e8],
  ['億', 1e8],
])

/** `350元5角`, `1万5000元`, `贰仟元整`, `人民币壹万捌仟陆佰元零伍角`: fen. */
export function fenOfWords(cell: string): number | undefined {
  const text = cell.replace(/\s/g, '').replace(/^(?:人民币|RMB|CNY|¥):?|(?:整|正)$/gi, '')
  return fenOfParts(text) ?? fenOfLetters(text)
}

function fenOfParts(text: string): number | undefined {
  const found = parts.exec(text)
  if (!found) return undefined
  const [, hundredMillions, myriads, thousands, hundreds, rest, tenths, cents] = found
  const above = [hundredMillions, myriads, thousands, hundreds]
  if (above.every((part) => part === undefined) && rest === undefined) return undefined
  // What stands behind a unit is less than it: 1万50000元 is a slip.
  const lowest = [1e8, 1e4, 1000, 100][above.findLastIndex((part) => part !== undefined)] ?? 1e8
  if (rest !== undefined && Number(rest) >= lowest) return undefined
  const yuan =
    Number(hundredMillions ?? 0) * 1e8 +
    Number(myriads ?? 0) * 1e4 +
    Number(thousands ?? 0) * 1000 +
    Number(hundreds ?? 0) * 100 +
    Number(rest ?? 0)
  return yuan * 100 + Number(tenths ?? 0) * 10 + Number(cents ?? 0)
}

function fenOfLetters(text: string): number | undefined {
  const found = /^([^元圆块角毛分]+)[元圆块](?:零?(.)[角毛])?(?:零?(.)分)?$/.exec(text)
  if (!found) return undefined
  const yuan = numberOfLetters(found[1] ?? '')
  const small = [found[2], found[3]].map((letter) => (letter === undefined ? 0 : digits.get(letter)))
  const [tenths, cents] = small
  if (yuan === undefined || tenths === undefined || cents === undefined) return undefined
  return yuan * 100 + tenths * 10 + cents
}

/** 一万八千六百 is 18600; 一万八 and 三百五 are said, never written in figures, and could be either of two. */
function numberOfLetters(text: string): number | undefined {
  let sum = 0
  let section = 0
  let digit: number | undefined
  let unit = Number.POSITIVE_INFINITY
  let group = Number.POSITIVE_INFINITY
  let isAfterZero = true
  const isOpen = () => digit !== undefined && unit !== 10 && !isAfterZero
  for (const letter of text) {
    const value = digits.get(letter)
    const ten = tens.get(letter)
    const thousands = groups.get(letter)
    if (value === 0) {
      if (digit !== undefined) return undefined
      isAfterZero = true
    } else if (value !== undefined) {
      if (digit !== undefined) return undefined
      digit = value
    } else if (ten !== undefined) {
      if (ten >= unit || (digit === undefined && (ten > 10 || section > 0))) return undefined
      section += (digit ?? 1) * ten
      digit = undefined
      unit = ten
      isAfterZero = false
    } else if (thousands !== undefined) {
      const whole = section + (digit ?? 0)
      if (whole === 0 || isOpen() || thousands >= group) return undefined
      sum += whole * thousands
      ;[section, digit, unit, group, isAfterZero] = [0, undefined, 1e4, thousands, false]
    } else return undefined
  }
  return isOpen() ? undefined : sum + section + (digit ?? 0)
}

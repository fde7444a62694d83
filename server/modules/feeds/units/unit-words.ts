import { yuan } from '#contract/feeds/money-units.ts'

/** What a word says of a unit of money: decimal places above fen, a currency of another country, or a unit nobody knows. */
export type UnitWord = { digits: number } | { foreign: string } | { unknown: string }

const powers: Readonly<Record<string, number>> = {
  十: 1,
  拾: 1,
  百: 2,
  佰: 2,
  千: 3,
  仟: 3,
  万: 4,
  萬: 4,
  亿: 8,
  億: 8,
}
const prefix = '[十拾百佰千仟万萬亿億]'

const foreign =
  /(?:美|港|澳门?|欧|日|韩|英|加|新台|台|新|葡|泰|外)(?:元|币|圆|镑|铢|汇)|美金|英镑|卢布|越南盾|US\$|HK\$|[$€£₩₫₽]|(?<![A-Z])(?:USD|HKD|EUR|JPY|GBP|MOP|TWD|NTD|KRW|AUD|CAD|SGD|RUB|THB|VND|CHF)(?![A-Z])/i

/** The currency of another country a text names, as written there. */
export function foreignCurrency(text: string): string | undefined {
  return foreign.exec(text.normalize('NFKC'))?.[0]
}

const plainYuan = /^(?:人民币|RMB|CNY|YUAN|¥|元|圆|块|块钱|156|RMBYUAN|人民币元|元人民币)$/i

const spelledPowers: Readonly<Record<string, number>> = { bai: 2, qian: 3, wan: 4, baiwan: 6, qianwan: 7 }
/** 元 and 万元 as file names spell them; yiyuan is a hospital. */
const spelled = /^(bai|qian|wan|baiwan|qianwan)?yuan$/i

/**
 * Reads a word alone: `万元`, `千 元`, `元/人·年`, `人民币万元`, `1000元`, `美元`. Undefined for what is no unit of money. A bare `万` counts
 * only where the place says that money is meant (`isMoney`).
 */
export function readUnitWord(written: string, isMoney: boolean): UnitWord | undefined {
  const word = written
    .normalize('NFKC')
    .replaceAll('圓', '圆')
    .replace(/\s/g, '')
    .replace(/[:。.;]+$/, '')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=.)[/每](?:人|户|年|月|天|日|次|亩|学期|季).*$/, '')
  if (word === '' || word.length > 12) return undefined
  if (plainYuan.test(word)) return { digits: yuan }
  const inLetters = spelled.exec(word)?.[1]
  if (inLetters !== undefined) return { digits: yuan + (spelledPowers[inLetters.toLowerCase()] ?? 0) }
  if (word === '角' || word === '毛') return { digits: 1 }
  if (word === '分' || word === '分钱') return { digits: 0 }
  const currency = foreignCurrency(word)
  if (currency !== undefined) return { foreign: currency }
  const bare = word.replace(/^(?:人民币|RMB|CNY)|(?:人民币|RMB|CNY)$/gi, '')
  const number =
    /^(10*)(?:[元圆]|yuan)$/i.exec(bare)?.[1] ?? (bare === word ? undefined : /^10+$/.exec(bare)?.[0])
  if (number !== undefined) return known(yuan + number.length - 1, word)
  const named = new RegExp(`^(${prefix}*)([元圆块])?整?$`).exec(bare)
  if (named?.[2] !== undefined || (isMoney && named && named[1] !== '')) {
    const places = powerOf(named[1] ?? '')
    return places === undefined ? { unknown: word } : known(yuan + places, word)
  }
  if (/[元圆币]$/.test(bare) && bare.length <= 5 && (isMoney || bare.length <= 2)) return { unknown: word }
  return undefined
}

const known = (digits: number, word: string): UnitWord => (digits <= 10 ? { digits } : { unknown: word })

/** 千万 is 7; 万千 names nothing. */
function powerOf(prefixes: string): number | undefined {
  let sum = 0
  let before = 0
  for (const letter of prefixes) {
    const power = powers[letter] ?? 0
    if (power < before) return undefined
    before = power
    sum += power
  }
  return sum
}

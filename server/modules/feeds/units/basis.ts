/** What amounts are of, where a text says it: a person, a month … instead of what the row is about. */
export type Basis =
  | 'average'
  | 'person'
  | 'household'
  | 'mu'
  | 'day'
  | 'month'
  | 'quarter'
  | 'year'
  | 'part-of-year'

/** What a column's amounts are of: a row of a person or household, over its own time, a month or (`window`) the year the row names. */
export interface BasisWanted {
  grain: 'person' | 'household'
  per: 'month' | 'row' | 'window'
}

const shares: [Basis, RegExp][] = [
  ['average', /户均|平均|均值/],
  ['person', /人均|每人|按人/],
  ['mu', /亩均|每亩/],
  ['day', /日均|每[日天]/],
  ['month', /月均|每月|按月/],
  ['quarter', /季均|每季/],
  ['part-of-year', /月度|月报|当月|本月|季度|季报|半年/],
  ['year', /年均|每年/],
]
const perUnit: [Basis, RegExp][] = [
  ['person', /^(?:每)?(?:人|口)/],
  ['household', /^(?:每)?户/],
  ['mu', /^(?:每)?亩/],
  ['day', /^(?:每)?[日天]/],
  ['month', /^(?:每)?月/],
  ['quarter', /^(?:每)?季/],
  ['year', /^(?:每)?年/],
]

/** All that the header of a column says, its groups included: `人均收入情况（元）›工资性收入`, `工资（元/月）`, `2月›工资性收入`. */
export function basesOfHeader(header: string): Basis[] {
  const text = header.normalize('NFKC').replace(/\s/g, '')
  return [...sharesIn(text), ...unitsIn(text), ...besideUnit(text), ...monthsIn(text)]
}

/** In one bracket with the unit: （月，元）. */
function besideUnit(text: string): Basis[] {
  return [...text.matchAll(/[([【〔]([^()[\]【】〔〕]*)[)\]】〕]/g)].flatMap(([, inside = '']) => {
    const pieces = inside.split(/[、,;·]/)
    if (!pieces.some((piece) => /[元圆]$/.test(piece))) return []
    return pieces.flatMap((piece) =>
      piece.length <= 2 ? (perUnit.find(([, word]) => word.test(piece))?.[0] ?? []) : [],
    )
  })
}

/** What a note below the rows says outright: `注：单位为元/月`, `本表收入为人均数`. That it speaks of shares says nothing yet. */
export function basesOfNote(note: string): Basis[] {
  const text = note.normalize('NFKC').replace(/\s/g, '')
  const stated =
    /(?:金额|收入|支出|数据|数字|数|费用|均|上)(?:均|都)?(?:[为是]|按)((?:人均|每人|户均|月均|每月|按月|年均|平均|亩均|每亩|月度).*)/.exec(
      text,
    )?.[1]
  return [...(/单位|金额/.test(text) ? unitsIn(text) : []), ...sharesIn(stated ?? '')]
}

/** What the name of a sheet or file says: 人均收入. A month in it is most often that of the delivery. */
export function basesOfName(name: string): Basis[] {
  return sharesIn(name.normalize('NFKC')).filter((basis) => basis !== 'part-of-year')
}

/** What a title says of all amounts: `单位：元/月`, `2020年2月农户收入统计表`, `统计时段：2020年2月`. The day of a report says nothing. */
export function basesOfTitle(title: string): Basis[] {
  const text = title.normalize('NFKC').replace(/\s/g, '')
  const isOfAmounts = /收入|支出|工资|金额|费用|补贴|补助/.test(text)
  const isPeriod = /(?:期间|时期|时段|月份|周期|所属期):/.test(text)
  return [
    ...unitsIn(text),
    ...(isOfAmounts ? sharesIn(text) : []),
    ...(isOfAmounts || isPeriod ? monthsIn(text) : []),
  ]
}

/** 2020年2月: the month a title is of, `2020-02`; undefined where it names none or several. */
export function monthOfTitle(title: string): string | undefined {
  const found = [...title.normalize('NFKC').matchAll(/(\d{4})[年.\-/](\d{1,2})月?/g)]
  const [only] = found
  return found.length === 1 && only ? `${only[1]}-${(only[2] ?? '').padStart(2, '0')}` : undefined
}

function sharesIn(text: string): Basis[] {
  return shares.flatMap(([basis, words]) => (words.test(text) ? [basis] : []))
}

/** Behind the slash or dot of a unit: 元/人·月. */
function unitsIn(text: string): Basis[] {
  return [...text.matchAll(/[元圆角分][)\]）】]?\/([^()[\]›,、;]{1,8})/g)].flatMap(([, parts = '']) =>
    parts.split(/[/·.*×]/).flatMap((part) => perUnit.find(([, word]) => word.test(part))?.[0] ?? []),
  )
}

const numerals = '一二三四五六七八九十'
const month = `(?:(\\d{4}|\\d{2}|[上本当去今][年]?)年?)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?!\\d{1,2}[日号])`
const span = new RegExp(`${month.replace('月(?:份)?', '月?(?:份)?')}(?:至|到|[-—–~])${month}`, 'g')
const single = new RegExp(`(?<![\\d年])${month}|(?<=年)(?:1[0-2]|0?[1-9])月(?:份)?(?!\\d{1,2}[日号])`)
const notOfAmounts = /(?:截[至止]|制表|填报|报送|上报|导出|打印|更新)[^,;。]*$/

const sentThen = /^(?:[日号底末初])?(?:上报|填报|报送|制表|制|印|更新|导出|报)/

/** A named month, or some that are no year. 2018年10月至2019年9月 and 1-12月 are a year. */
function monthsIn(text: string): Basis[] {
  const spans = [...text.matchAll(span)]
  if (spans.length > 0) return spans.some((found) => monthsOf(found) < 11) ? ['part-of-year'] : []
  const found = single.exec(text)
  if (!found || notOfAmounts.test(text.slice(0, found.index))) return []
  return sentThen.test(text.slice(found.index + found[0].length)) ? [] : ['part-of-year']
}

function monthsOf([, fromYear, from = '', toYear, to = '']: RegExpExecArray): number {
  const years = Number(toYear) - Number(fromYear)
  const between = numberOf(to) - numberOf(from) + 1
  if (!Number.isNaN(years)) return years * 12 + between
  return between > 0 && !/[上去]/.test(fromYear ?? '') ? between : between + 12
}

function numberOf(letters: string): number {
  if (/^\d+$/.test(letters)) return Number(letters)
  return letters.startsWith('十')
    ? 10 + numerals.indexOf(letters[1] ?? '') + 1
    : numerals.indexOf(letters) + 1
}

/** The first of the bases that amounts of the column cannot be of. */
export function otherBasis(bases: readonly Basis[], { grain, per }: BasisWanted): Basis | undefined {
  return bases.find((basis) => {
    switch (basis) {
      case 'person':
      case 'household':
        return basis !== grain
      case 'month':
        return per !== 'month'
      case 'year':
        return per === 'month'
      case 'part-of-year':
        return per === 'window'
      default:
        return true
    }
  })
}

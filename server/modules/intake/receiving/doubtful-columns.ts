import { columnFor, type FeedDefinition, normalHeader } from '#server/modules/feeds/index.ts'

/** A column of the file that may hold what the feed needs: asked about, or refused, never passed over. */
export interface DoubtfulColumn {
  header: string
  /** Key of the feed's column it looks like; null for one that looks like money and like nothing known. */
  like: string | null
}

interface SheetColumns {
  headers: readonly string[]
  /** Whether the first rows hold figures there, by position. */
  figures: readonly boolean[]
}

/**
 * The unused columns that need an answer: named like a column that is filled from another one, nearly named like one that is not filled,
 * or full of figures under a name of money.
 */
export function doubtfulColumns(
  feed: FeedDefinition,
  { headers, figures }: SheetColumns,
  mapping: Readonly<Record<string, string>>,
): DoubtfulColumn[] {
  const used = new Set(Object.values(mapping))
  const unneeded = new Set((feed.unneeded ?? []).map(normalHeader))
  const hasMoney = feed.columns.some(({ type }) => type === 'money')
  const open = feed.columns.filter(({ key }) => !(key in mapping))
  return headers.flatMap((header, at): DoubtfulColumn[] => {
    const name = normalHeader(header.split('›').at(-1) ?? '')
    if (header === '' || used.has(header) || unneeded.has(name) || unneeded.has(normalHeader(header)))
      return []
    const original = header.replace(/\(\d+\)$/, '')
    const taken = columnFor(feed, original)
    // Written twice: for figures, and for the very same header, nobody but the sender knows which one counts.
    if (taken && (taken.type === 'money' || original !== header)) return [{ header, like: taken.key }]
    if (taken) return []
    const like = open.find((column) =>
      [column.header, ...column.aliases].some((known) => isNear(name, normalHeader(known))),
    )
    if (like) return [{ header, like: like.key }]
    return hasMoney && (figures[at] ?? false) && looksLikeMoney(header) ? [{ header, like: null }] : []
  })
}

const money =
  /金额|收入|支出|费用?$|费用|款|补贴|补助|奖补|奖励|保险金|养老金|低保金|供养金|工资|薪|报销|自付|自费|救助|赔|余额|产值|利润|债|贷|现金|钱|价|元/
const noMoney =
  /率|比例|占比|%|百分比|日期|时间|年月|类[型别]|方式|来源|是否|次数|户数|人数|天数|月数|编[号码]|单号|流水|序号|银行|账号|卡号|名称|姓名|原因|状态|标志|人$|机构|电话|地址|年度|备注|项目$/

export function looksLikeMoney(header: string): boolean {
  return money.test(header) && !noMoney.test(header)
}

/** 工资发放日期 is no 工资, 自付比例 no 自付. */
const otherKind = /率|比例|占比|%|日期|时间|年月|类[型别]|编[号码]|单号|原因|状态|名称|是否|次数|拼音/

/** One slip of the pen in four letters, two in seven; or one name stands in the other and makes up most of it. */
export function isNear(name: string, known: string): boolean {
  // Codes of the national tables differ by a digit and mean quite different things.
  if (!/[\u4e00-\u9fff]/.test(known) || name.length < 3 || known.length < 3) return false
  if (otherKind.test(name) !== otherKind.test(known)) return false
  if (name.includes(known) || (known.includes(name) && name.length >= known.length * 0.6)) return true
  const allowed = known.length >= 7 ? 2 : known.length >= 4 ? 1 : 0
  return allowed > 0 && Math.abs(name.length - known.length) <= allowed && distance(name, known) <= allowed
}

/** How many letters must be changed, put in or left out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

import type { AsideKind, Batch } from '#contract/feeds/feeds.ts'
import { moneyUnitName } from '#contract/feeds/money-units.ts'
import type { RowPlace } from '#contract/feeds/place-of-row.ts'
import { yuanText } from '#contract/money.ts'
import { describeFeeds } from '#server/modules/feeds/index.ts'
import type { AppError } from '#server/platform/errors.ts'
import { stateText } from '../texts.ts'

const asideText: Record<AsideKind, string> = {
  total: '合计行',
  note: '说明行',
  signature: '签名行',
  heading: '重复的表头行',
  blank: '空行',
}
const statedText = { header: '列名写明', file: '文件写明', none: '没有写，按元' } as const

const rowText = ({ sheet, row }: RowPlace) => (sheet === null ? row : `${sheet} ${row}`)

/** What the amounts of a batch were read as, what was no data, and which columns nothing was read from. */
export function figureLines({ figures, unit, asides, unusedHeaders }: Batch): string[] {
  const where = unit ? `（${unit.cell ?? '名称'}“${unit.text}”）` : ''
  const amounts = figures.map(({ label, digits, stated, median, known }) => {
    const middle = median === null ? '全为 0 或空' : `中位数 ${yuanText(median)} 元`
    const before = known === null ? '' : `，以前 ${yuanText(known)} 元`
    return `${label.zh}：单位 ${moneyUnitName(digits)}（${statedText[stated]}），${middle}${before}`
  })
  const counts = Object.entries(asides.counts).map(([kind, n]) => `${asideText[kind as AsideKind]} ${n}`)
  const rows = asides.rows.map((row) => `第 ${rowText(row)} 行${asideText[row.kind].replace('行', '')}`)
  return [
    ...(unit ? [`金额单位：${moneyUnitName(unit.digits)}${where}`] : []),
    ...amounts,
    ...(counts.length > 0 ? [`不是数据的行：${counts.join('，')}（${rows.slice(0, 10).join('、')}）`] : []),
    ...(unusedHeaders.length > 0 ? [`用不上的列：${unusedHeaders.join('、')}`] : []),
  ]
}

/** Why a batch was not taken in, for its last line. */
export function whyNot(batch: Batch): string {
  const { ref, state, error } = batch
  const reasons = batch.holdReasons.map(reasonText)
  const failure = error ? (unitText(error) ?? JSON.stringify(error)) : undefined
  const why = state === 'held' ? reasons : state === 'failed' && failure ? [failure] : []
  return [`批次 ${ref}：${stateText[state]}`, ...why].join('\n  ')
}

export function sizesText({ sizeDiffers }: { sizeDiffers: number }): string {
  return sizeDiffers === 0
    ? '申报的家庭人口与成员都相符'
    : `有 ${sizeDiffers} 户申报的家庭人口与登记的成员不符，人均收入可能无法判定；请补报成员或核对人口数`
}

/** What is said of a batch that came to its end and left nothing: every row came back, or none was data or of somebody known. */
export function nothingTaken({ ref, state, counts, openReviews }: Batch): string | undefined {
  const { total, rejected = 0, inserted = 0, superseded = 0, unchanged = 0, unmatched = 0 } = counts
  if (state !== 'merged' || total === undefined) return undefined
  if (inserted + superseded + unchanged + openReviews > 0) return undefined
  if (total === 0) return `批次 ${ref}：没有一行入库，文件里没有一行是数据。请核对表头和工作表。`
  const why = [
    ...(rejected > 0 ? [`${rejected} 行退回（用 rejects ${ref} 取回，改好再导入）`] : []),
    ...(unmatched > 0 ? [`${unmatched} 行的人不在册`] : []),
  ]
  return `批次 ${ref}：没有一行入库。共 ${total} 行：${why.join('，')}。`
}

function reasonText({
  code,
  share,
  limit,
  column,
  known,
  found,
  rows,
}: Batch['holdReasons'][number]): string {
  const percent = (part: number) => `${Math.round(part * 100)}%`
  const name = column?.zh ?? ''
  switch (code) {
    case 'many-rejects':
      return `退回的行占 ${percent(share)}，允许 ${percent(limit)}`
    case 'many-duplicates':
      return `文件内重复的行占 ${percent(share)}，允许 ${percent(limit)}`
    case 'many-unmatched':
      return `不在册的人占 ${percent(share)}，允许 ${percent(limit)}`
    case 'figures-moved':
      return `「${name}」与已知的相差 ${Math.round(share)} 倍（以前中位数 ${yuanText(known ?? 0)} 元，现在 ${yuanText(found ?? 0)} 元），请核对单位`
    case 'figures-tiny':
      return `没有写金额单位或写的是元，各列中位数都不到 ${yuanText(known ?? 0)} 元，请核对是不是万元`
    case 'figures-huge':
      return `「${name}」的中位数有 ${yuanText(found ?? 0)} 元（超过 ${yuanText(known ?? 0)} 元），请核对单位是不是写大了`
    case 'known-emptied':
      return `「${name}」以前有内容，这个文件里有 ${percent(share)} 变空了`
    case 'count-differs':
      return `文件末尾第 ${(rows ?? []).map(rowText).join('、')} 行写着 ${share}，读到的是 ${limit} 行，文件可能没有导完`
    case 'refunds-contradict':
      return `退费合计超过原结算，同一笔可能退了两次：第 ${(rows ?? []).map(rowText).join('、')} 行`
  }
}

interface Doubtful {
  header: string
  like: string | null
}

export function doubtfulText(feed: string, details: Record<string, unknown>): string {
  const columns = describeFeeds().find(({ code }) => code === feed)?.columns ?? []
  const doubtful = (Array.isArray(details.columns) ? details.columns : []) as Doubtful[]
  const lines = doubtful.map(({ header, like }) => {
    const name = columns.find(({ key }) => key === like)?.header
    return name === undefined ? `「${header}」像是金额，却不知道是哪一项` : `「${header}」像是「${name}」`
  })
  return `这些列没有认出，不敢丢下：\n  ${lines.join('\n  ')}\n请把列名改成模板里的写法，或在网页上对应；确实用不上，加 --leave-out 再导入。`
}

const basisText: Record<string, string> = {
  average: '平均',
  person: '人均',
  household: '每户',
  mu: '每亩',
  day: '每天',
  month: '每月',
  quarter: '每季',
  year: '每年',
  'part-of-year': '不满一年的',
}

/** Amounts that cannot be taken, with the cell; undefined for any other error. */
export function unitText({
  code,
  details,
}: Pick<AppError, 'code' | 'details'> | { code: string; details: Record<string, unknown> }) {
  const place =
    typeof details.cell === 'string'
      ? /[A-Z]+\d+$/.test(details.cell)
        ? `${details.cell} 格`
        : `“${details.cell}”`
      : '文件或工作表的名称'
  const statement = `${place}写着“${String(details.text ?? '')}”`
  const other = details.other as { text: string; cell: string | null } | undefined
  switch (code) {
    case 'currency-foreign':
      return `${statement}：外币金额不能入库。请折成人民币后重试。`
    case 'unit-unknown':
      return `${statement}：不知道是什么金额单位。请改成 元、千元、万元 等后重试。`
    case 'basis-differs':
      return `${statement}：说的是${basisText[String(details.basis)] ?? '别的'}金额，不是这一列要的（收入按全户全年，补助按月）。请换算好、改好标题或列名后重试。`
    case 'unit-contradictory':
      return `${statement}${other ? `，${other.cell ?? '名称'} ${other.text === '' ? '却没有写' : `却写着“${other.text}”`}` : ''}：金额单位前后矛盾。请只留对的一个后重试。`
    default:
      return undefined
  }
}

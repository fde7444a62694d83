import { describeFeeds } from '#server/modules/feeds/index.ts'
import type { getBatch } from '#server/modules/intake/index.ts'
import type { AppError } from '#server/platform/errors.ts'

type Batch = Awaited<ReturnType<typeof getBatch>>

const namesOf = (list: unknown) => (Array.isArray(list) ? list.map((name) => `“${name}”`).join('、') : '')

/** Which sheets of a file cannot be told to belong together, and how to say it. */
function sheetsText({ same, differing, hidden, headless }: Record<string, unknown>): string {
  const groups = [
    ['列相同', same],
    ['列不同或缺列', differing],
    ['是隐藏的', hidden],
    ['有数据却没有表头', headless],
  ] as const
  const parts = groups.flatMap(([what, list]) => (namesOf(list) ? [`${namesOf(list)}${what}`] : []))
  return `文件有几张工作表，不能确定要读哪些：${parts.join('；')}。请用 --sheet 指定（可以写几次），或把各表的列改得一样后重试。`
}

/** Columns of a dbf that became the same name when it was cut. */
function cutText(feed: string, columns: unknown): string {
  const known = describeFeeds().find(({ code }) => code === feed)?.columns ?? []
  const headerOf = (key: string) => known.find((column) => column.key === key)?.header ?? key
  const parts = (Array.isArray(columns) ? (columns as { header: string; like: string[] }[]) : []).map(
    ({ header, like }) => `“${header}”可能是${like.map((key) => `「${headerOf(key)}」`).join('或')}`,
  )
  return `dbf 的列名最多 10 个字节，被截断后分不清：${parts.join('；')}。请另存为 xlsx 或 csv（列名完整）后重试，或在网页上逐列选择。`
}

const kinds: Record<string, string> = {
  pdf: 'PDF 文档',
  image: '图片',
  document: 'Word 等文档',
  slides: '演示文稿',
  ofd: 'OFD 版式文档',
  mail: '邮件',
  database: '数据库文件',
  locked: '被加密软件锁住的文件，请先在本单位解密',
  program: '程序',
  html: '网页（里面没有表格）',
  xml: 'XML',
  binary: '程序或其他文件',
  numbers: '苹果 Numbers 表格',
  lotus: 'Lotus 1-2-3 表格',
  works: 'Works 表格',
  slk: 'SYLK 表格',
  dif: 'DIF 表格',
  frames: '网页外壳，表格在同名的文件夹里',
}

/** Why a file cannot be read: what it is, and the way out. */
function unreadableText({ reason, looksLike, row, column, sheet, limit }: Record<string, unknown>): string {
  const kind = kinds[String(looksLike)] ?? String(looksLike ?? '别的文件')
  const where = `${sheet ? `工作表“${sheet}”` : ''}第 ${row} 行${column ? `第 ${column} 列` : ''}`
  const texts: Record<string, string> = {
    'not-a-table': `这不是表格，是${kind}。请上传原来的 Excel 或 csv；只有文档的，请先整理成表格。`,
    archive: `这是压缩包（${kind}）。请先解压，再把里面的表格一个一个导入。`,
    unsupported: `这是${kind}，读不了。请用 Excel 或 WPS 打开，另存为 xlsx 后再导入。`,
    encrypted: '文件加了打开密码。请去掉密码，保存后再导入。',
    damaged: '文件已损坏，读到一半读不下去。请重新导出；能用 Excel 打开的，另存为 xlsx 再导入。',
    'too-large': '文件展开后大得不正常。请删掉多余的工作表和空白行，或另存为 csv 后再导入。',
    'cell-too-long': `${where}有超过 ${limit} 个字，不像表格里的一格。请删掉多余内容后再导入。`,
    'row-too-long': `${where}超过 ${limit} 个字，多半是缺了换行。请改好后再导入。`,
    'too-many-columns': `${where}有超过 ${limit} 列，多半是缺了换行或分隔符不对。请改好后再导入。`,
    'quote-not-closed': `${where}有一个引号（"）没有结束。请改好后再导入。`,
  }
  return texts[String(reason)] ?? '文件读不了。请在 Excel 中打开并另存为 xlsx 或 csv 后重试。'
}

/** A refusal that is about the file as it is written; undefined for any other. */
export function fileText(feed: string, { code, details }: AppError): string | undefined {
  if (code === 'sheets-unclear') return sheetsText(details)
  if (code === 'names-cut') return cutText(feed, details.columns)
  return code === 'file-unreadable' ? unreadableText(details) : undefined
}

/** What was read of the file, where it is not simply all there is to see. */
export function sheetLines({ sheets, leftSheets, hiddenRows }: Batch): string[] {
  return [
    ...(sheets ? [`读了 ${sheets.length} 张工作表：${sheets.join('、')}`] : []),
    ...(leftSheets.length > 0 ? [`没有读的工作表：${leftSheets.join('、')}`] : []),
    ...(hiddenRows ? [`其中 ${hiddenRows} 行在表里是隐藏或被筛选掉的，照样读了`] : []),
  ]
}

/** Refunds whose bill is not known, with the first rows of them. */
export function waitingRefundsLine({ waitingRefunds: { count, rows } }: Batch): string | undefined {
  if (count === 0) return undefined
  const places = rows.map(({ sheet, row }) => (sheet === null ? `${row}` : `${row}(${sheet})`)).join('、')
  return `退费找不到原来的结算：${count} 行（第 ${places} 行${count > rows.length ? '等' : ''}），暂不冲减；补报原结算后自动对应`
}

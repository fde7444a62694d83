import type { Unknown } from '#contract/registry/unknown.ts'
import type { AppError } from '#server/platform/errors.ts'

/** What the command line says of an expected failure: what happened, and what to do. */
const texts: Partial<Record<AppError['code'], string>> = {
  'not-found': '没有找到。请核对名称或编号；用 feeds、batches、clues 命令查看已有的。',
  'not-allowed': '不允许这样做。',
  'bad-request': '内容不完整或格式不对。',
  'file-empty': '文件是空的。请确认导出成功后重新提供。',
  'file-unreadable': '文件读不了。请在 Excel 中打开并另存为 xlsx 或 csv 后重试。',
  'file-too-large': '文件太大。请拆分后分批导入。',
  'sheet-not-found': '没有这个工作表。请用 --sheet 指定文件中的工作表名。',
  'header-not-found': '找不到表头。请确认有一行是列名，且列名在数据上方。',
  'columns-missing': '缺少必填列。请补上下列列名后重试。',
  'batch-not-held': '批次不在挂起状态。',
  'batch-not-merged': '要更正的批次还没有入库。',
  'account-state': '全省已有这一职责的账号。再开户须在网页上由两人办理；都不能登录时用 accounts enrol。',
  'username-taken': '这个用户名已经有人用了，请换一个。',
  'account-not-yours': '只给管理员和领导补发；其他账号须在网页上由两人重置。',
  'key-wrong': '文件的密钥打不开：密钥环里没有它的密钥。请检查 data_key 表是否完整。',
  'file-damaged':
    '存下来的文件已损坏（不是密钥的问题）。请检查磁盘，从备份恢复这个文件，或请报送单位重新提供。',
  'policy-unset':
    '那一天还没有政策：最早的政策包还没有开始。请把 --as-of 改为有政策的日期，或在 policy/ 中补上政策包。',
  'deadline-invalid': '那一年没有工作日历，无法计算期限。请在 data/calendars 中补上。',
}

export function errorText(error: AppError): string {
  const details = Object.keys(error.details).length > 0 ? `\n  ${JSON.stringify(error.details)}` : ''
  return `${texts[error.code] ?? error.code}${details}`
}

export const stateText: Record<string, string> = {
  received: '已接收',
  checked: '已校验',
  matched: '已比对',
  held: '挂起，等人决定',
  merged: '已入库',
  unchanged: '与以前的文件相同，什么都没有改变',
  refused: '已拒绝',
  failed: '失败',
}

export const levelText: Record<string, string> = { red: '红', orange: '橙', yellow: '黄' }

/** Why something cannot be judged. */
export function unknownText({ why, what, on, days, year }: Unknown): string {
  const texts = {
    never: year === null ? '从来没有这户的数据' : `还不知道 ${year} 年的情况`,
    old: `数据太旧，最近是 ${on} 的`,
    late: on === null ? '本县还没有报送过' : `本县的数据迟到，只到 ${on}`,
    open: `${on} 报的停水没有报恢复，已知停了 ${days} 天`,
    part: '有成员没有数据，或数据不全',
    before: '没有紧接的上一年的数据',
    unset: '当天没有设定',
  }
  return `${what.zh}${texts[why]}`
}

interface Place {
  /** The header the column bears in the template. */
  header: string
  detail: string
}

/** For a returned row whose cells are no longer kept. */
export const erasedRow = '这一行的原始内容已过保存期限,已经清除。'

/** Every reason a row comes back, with its text: what is wrong, where, and how to mend it. */
export const reasonTexts = {
  missing: ({ header }) => `「${header}」没有填写。这一项必填,请补上后重新上传。`,
  'cell-error': ({ header, detail }) =>
    `「${header}」是表格里的出错值 ${detail},不是内容。请在 Excel 中打开,改好这一格的公式或直接填上数值,保存后再上传。`,
  'formula-without-result': ({ header }) =>
    `「${header}」是公式,文件里没有存下它的结果。请用 Excel 或 WPS 打开文件,等算出数值后保存,再上传。`,
  'merged-figure': ({ header }) =>
    `「${header}」与上下几行合并成了一格,分不清每一行各是多少。请取消合并单元格,逐行填写。`,
  'too-many-cells': () =>
    '这一行的格数比表头多,多半是金额里的逗号没有加引号,后面的内容都错了位。请去掉金额里的逗号,再上传。',
  'too-few-cells': ({ header }) =>
    `这一行没有写完,到「${header}」之前就断了。请补全这一行;确实没有内容的,也要写上空格子的逗号,或另存为 xlsx 再上传。`,
  'quote-open': () =>
    '这一行有一个英文引号(")没有配对,分不清哪里是一格。请删掉多余的引号,或另存为 xlsx 再上传。',
  'memo-elsewhere': ({ header }) =>
    `「${header}」是 dbf 的备注字段,内容存在另一个文件(.dbt 或 .fpt)里,没有随文件一起来。请把表另存为 xlsx 或 csv 后再上传。`,
  'too-long': ({ header, detail }) =>
    `「${header}」超过 ${detail} 个字。请删去多余内容,可能是几列粘在了一起。`,
  'name-unreadable': ({ header }) =>
    `「${header}」里有数字、问号或乱码,不像姓名。请对照户口簿改正;若整列都是乱码,请另存为 UTF-8 或 GBK 再上传。`,
  'id-mangled': ({ header }) =>
    `「${header}」被 Excel 变成了科学计数法(如 3.41E+17),后几位已经丢失。请把该列设为“文本”格式后重新录入或重新导出。`,
  'id-rounded': ({ header }) =>
    `「${header}」末三位被 Excel 变成了 000。请把该列设为“文本”格式后重新录入或重新导出。`,
  'id-length': ({ header, detail }) =>
    `「${header}」是 ${detail} 位,不像身份证号(18 位,旧证 15 位)、残疾人证号(20 或 22 位),也不像永久居留证、居住证、通行证、护照或出生医学证明的号码。请核对是否多位或少位;其他证件请在“证件类型”列写明。`,
  'id-kind-differs': ({ header }) => `「${header}」不是“证件类型”所写那种证件的号码。请核对证件类型和号码。`,
  'id-characters': ({ header }) => `「${header}」含有数字和末位 X 以外的字符。请核对后重填。`,
  'id-region': ({ header }) => `「${header}」前两位不是我国任何省级行政区代码。请对照身份证核对开头几位。`,
  'id-birth': ({ header }) =>
    `「${header}」中的出生日期(第 7–14 位)不是真实日期,或晚于本批数据的日期。请对照身份证核对。`,
  'id-check-digit': ({ header }) =>
    `「${header}」的校验位不符,多半是录错或颠倒了某一位。请对照身份证逐位核对。`,
  'certificate-digits': ({ header }) =>
    `「${header}」第 19 位应为残疾类别 1–7,第 20 位应为残疾等级 1–4。请对照残疾人证核对。`,
  'certificate-length': ({ header, detail }) =>
    `「${header}」是 ${detail} 位。残疾人证号应为 20 位,补办的为 22 位,请核对。`,
  'phone-form': ({ header }) => `「${header}」不像电话号码。请填 11 位手机号,或带区号的固定电话。`,
  'bank-card-form': ({ header }) =>
    `「${header}」应为 12 至 19 位数字。请核对;若显示为科学计数法,请把该列设为“文本”格式。`,
  'division-form': ({ header }) => `「${header}」应为 12 位行政区划代码(到村)。请核对是否缺位。`,
  'not-allowed': ({ header, detail }) => `「${header}」的内容不在可选范围内。请改为:${detail}。`,
  'date-form': ({ header }) => `「${header}」不是能识别的日期。请写成 2020-03-10 这样的形式。`,
  'date-ambiguous': ({ header }) =>
    `「${header}」分不清哪个是月、哪个是日,或缺了年份的前两位。请写成 2020-03-10 这样的形式。`,
  'date-impossible': ({ header }) => `「${header}」是不存在的日期(例如 2 月 30 日)。请核对年、月、日。`,
  'date-future': ({ header, detail }) => `「${header}」晚于本批数据的日期 ${detail}。请核对年份。`,
  'month-form': ({ header }) => `「${header}」不是能识别的月份。请写成 2020-03 这样的形式。`,
  'month-ambiguous': ({ header }) =>
    `「${header}」写作 2020.1,分不清 1 月还是被 Excel 截掉 0 的 10 月。请写成 2020-01 或 2020-10。`,
  'term-form': ({ header }) => `「${header}」不是能识别的学期。请写成 2020春 或 2020秋。`,
  'money-form': ({ header }) =>
    `「${header}」不是能识别的金额。请只填数字,写成 1860.50 这样;要带单位的写成 1.86万元 或 350元5角。没有发生请填 0 或留空。`,
  'currency-foreign': ({ header }) => `「${header}」写的是外币。请折成人民币后填数字。`,
  'number-form': ({ header }) => `「${header}」不是数字。请只填阿拉伯数字。`,
  'not-whole': ({ header }) => `「${header}」应为整数。请去掉小数。`,
  'too-small': ({ header, detail }) => `「${header}」小于 ${detail},不合情理。请核对正负号和单位。`,
  'too-large': ({ header, detail }) => `「${header}」大于 ${detail},不合情理。请核对小数点和单位。`,
  'dates-out-of-order': ({ header, detail }) => `「${header}」早于「${detail}」。请核对两个日期是否填反。`,
  'end-without-start': ({ header, detail }) => `填了「${header}」却没有填「${detail}」。请补上。`,
  'birth-differs-from-id': ({ header }) =>
    `「${header}」与身份证号中的出生日期不同。请以身份证为准改正其中一项。`,
  'sex-differs-from-id': ({ header }) =>
    `「${header}」与身份证号不符(第 17 位单数为男、双数为女)。请核对性别和证件号码。`,
  'education-and-student': () =>
    '「文化程度」与「在校生状况」应填且只填一项:在校生(含学龄前儿童)填在校生状况,其余的人填文化程度。',
  'healthy-and-ill': ({ header }) => `「${header}」同时选了“健康”和疾病或残疾。请二者择一。`,
  'parts-differ-from-total': ({ header, detail }) =>
    `「${header}」与各项支付、报销和自付之和相差 ${detail} 元,超出允许误差。请核对各项金额和单位。`,
  'signs-differ': ({ header }) =>
    `「${header}」与各项金额、退费标志的正负不一致。正常结算各项都不小于 0;退费的行各项都填负数(或加括号)。`,
  'admission-missing': ({ header }) => `住院的结算没有填「${header}」。请补上入院日期。`,
  'mark-without-registration': ({ header }) =>
    `不是建档立卡户却填了「${header}」。请清空该项,或把“是否建档立卡”改为“是”。`,
  'registration-without-mark': ({ header }) => `建档立卡户没有填「${header}」。请补上。`,
  'category-needs-registration': ({ header }) =>
    `「${header}」为脱贫监测户,但该户不是建档立卡户。请核对:未建档立卡的监测对象应为边缘户。`,
  'category-excludes-registration': ({ header }) =>
    `「${header}」为边缘户,但该户是建档立卡户。请核对:建档立卡的监测对象应为脱贫监测户。`,
  'relieved-without-year': ({ header }) => `已脱贫的户没有填「${header}」。请补上脱贫年度。`,
  'grade-differs-from-certificate': ({ header }) =>
    `「${header}」与残疾人证号第 20 位不符。请以残疾人证为准改正。`,
  'category-differs-from-certificate': ({ header }) =>
    `「${header}」与残疾人证号第 19 位不符。请以残疾人证为准改正。`,
  'certificate-of-another': ({ header }) => `「${header}」前 18 位与证件号码不同,像是别人的证。请核对。`,
  'change-without-date': ({ header }) => `填了成员变更却没有填「${header}」。请补上变更日期。`,
  'key-conflict': ({ header, detail }) =>
    `与第 ${detail} 行说的是同一件事(「${header}」等关键项相同),其他内容却不同。已采用第 ${detail} 行,请核对后只留正确的一行。`,
  'number-of-two': ({ header, detail }) =>
    `与第 ${detail} 行的「${header}」相同,却是两个人的。一张单据只能算一个人的,两行都没有采用,请核对后重报。`,
  'income-of-member': () =>
    '这一行是家庭成员个人的金额,而这户同一时段已有别处报来的全户金额,没有替换。请报全户的合计,或更正原来的批次。',
  'village-unknown': ({ header }) =>
    `「${header}」不是本次上报范围内的村级代码。请对照行政区划代码表核对,或改选上报范围。`,
  'household-unknown': ({ header }) =>
    `「${header}」在登记册中找不到,或不在本次上报范围内。请先导入户信息,或核对户编号。`,
} as const satisfies Record<string, (place: Place) => string>

export type ReasonCode = keyof typeof reasonTexts

/** Why a row cannot be taken: the code, the column it is about, and what fills the text. */
export interface Reason {
  code: ReasonCode
  key: string
  detail?: string
}

/** The reason in Chinese, for the person who sent the row. It never repeats the cell, which may be personal data. */
export function describeReason(
  feed: { columns: readonly { key: string; header: string }[] },
  reason: Reason,
): string {
  const header = feed.columns.find((column) => column.key === reason.key)?.header ?? reason.key
  return reasonTexts[reason.code]({ header, detail: reason.detail ?? '' })
}

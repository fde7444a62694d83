import type { Role } from '#contract/access/capabilities.ts'
import type { Localized } from '#contract/common.ts'

/** Columns of a file of new accounts, by the headers it may have. */
export const accountColumns = {
  username: ['用户名', '账号', '登录名', 'username'],
  name: ['姓名', 'name'],
  role: ['角色', 'role'],
  area: ['区划代码', '行政区划代码', 'area'],
  department: ['部门', '部门代码', 'department'],
} as const
export type AccountColumn = keyof typeof accountColumns

/** Roles as people write them. */
export const roleNames: Record<Role, readonly string[]> = {
  clerk: ['经办', '经办人'],
  checker: ['审核', '审核人'],
  leader: ['领导'],
  department: ['行业部门数据员', '部门数据员', '数据员'],
  township: ['乡镇扶贫专干', '扶贫专干', '乡镇专干'],
  village: ['村信息员', '村两委'],
  'team-member': ['驻村队员', '驻村工作队员'],
  helper: ['帮扶责任人', '帮扶人'],
  supervisor: ['督战员', '巡查员', '督战（巡查）员'],
  'support-unit': ['定点帮扶单位', '结对单位', '帮扶单位'],
  bank: ['银行', '银行保险', '银行、保险'],
  donor: ['捐赠人', '企业捐赠人', '企业、捐赠人'],
  household: ['农户'],
  'system-admin': ['系统管理员'],
  'security-admin': ['安全管理员'],
  'audit-admin': ['审计管理员'],
}

/** What can be wrong with a row: what, and how to mend it. */
export const accountFileTexts = {
  missing: (value) => ({
    zh: `「${value}」没有填写，请补上。`,
    en: `“${value}” is empty; fill it in.`,
  }),
  'username-form': (value) => ({
    zh: `用户名「${value}」不合规：须为 3–30 个小写字母、数字、点、横线或下划线，首尾为字母或数字。`,
    en: `Sign-in name “${value}” is not allowed: 3–30 lower-case letters, digits, dots, dashes or underscores, with a letter or digit at both ends.`,
  }),
  'username-taken': (value) => ({
    zh: `用户名「${value}」已被使用，请换一个。`,
    en: `Sign-in name “${value}” is taken; choose another.`,
  }),
  'username-twice': (value) => ({
    zh: `用户名「${value}」在文件中出现不止一次，请只保留一行或改名。`,
    en: `Sign-in name “${value}” comes more than once in the file; keep one row or rename it.`,
  }),
  'name-long': () => ({
    zh: '姓名超过 60 个字，请缩短。',
    en: 'The name is longer than 60 characters; shorten it.',
  }),
  'role-unknown': (value) => ({
    zh: `没有「${value}」这个角色。请填：经办、审核、领导、部门数据员、乡镇专干、村信息员、驻村队员、帮扶责任人、督战员、帮扶单位、银行、捐赠人、农户，或三类管理员。`,
    en: `There is no role “${value}”. Write one of: ${Object.keys(roleNames).join(', ')}.`,
  }),
  'area-unknown': (value) => ({
    zh: `没有区划代码「${value}」。请填 12 位代码（县级可填 6 位），并把该列设为“文本”格式。`,
    en: `There is no division “${value}”. Write its 12-digit code (6 digits do for a county) in a column formatted as text.`,
  }),
  'area-wrong-level': (value) => ({
    zh: `「${value}」这个角色不在这一级行政区划设立，请换区划代码或角色。`,
    en: `A “${value}” does not stand at this level of division; choose another division or role.`,
  }),
  'role-not-grantable': (value) => ({
    zh: `您无权在这个区划设立「${value}」账号，请由有权的上级办理，或改角色、区划。`,
    en: `You may not make a “${value}” account in this division; ask the level above, or choose another role or division.`,
  }),
  'department-required': (value) => ({
    zh: `「${value}」账号必须填部门（如 医保 YB），其他角色不填部门。`,
    en: `A “${value}” account needs a department (such as YB); other roles have none.`,
  }),
  'department-unknown': (value) => ({
    zh: `没有部门「${value}」。请填部门代码，如 YB、JY、MZ。`,
    en: `There is no department “${value}”. Write its code, such as YB, JY or MZ.`,
  }),
} satisfies Record<string, (value: string) => Localized>
export type AccountFileFault = keyof typeof accountFileTexts

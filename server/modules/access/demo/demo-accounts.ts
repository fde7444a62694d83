import { secondFactorRoles } from '#contract/access/capabilities.ts'
import type { DemoAccount as ShownAccount } from '#contract/access/session.ts'
import type { Localized } from '#contract/common.ts'
import type { IdentityPort } from '#server/platform/identity-port.ts'
import type { NewAccount } from '../accounts/ensure-accounts.ts'

export interface DemoAccount extends NewAccount {
  /** Shown on the sign-in page and when the server starts. */
  title: Localized
}

const password = 'shouwang-2020'
const province = 340000000000
const county = 341221000000
const township = 341221001000
const village = 341221001003

function demo(
  username: string,
  role: NewAccount['role'],
  area: number,
  zh: string,
  en: string,
  department: NewAccount['department'] = null,
): DemoAccount {
  return { username, name: `${zh} 演示`, title: { zh, en }, role, area, department, password }
}

/** One account per level and role that matters; made only for the demonstration. */
export const demoAccounts: DemoAccount[] = [
  demo('anhui', 'clerk', province, '安徽省扶贫办经办', 'Province, clerk'),
  demo('fuyang', 'clerk', 341200000000, '阜阳市扶贫办经办', 'City, clerk'),
  demo('linquan', 'clerk', county, '临泉县扶贫办经办', 'County, clerk'),
  demo('linquan-shenhe', 'checker', county, '临泉县扶贫办审核', 'County, checker'),
  demo('linquan-lingdao', 'leader', county, '临泉县扶贫办领导', 'County, leader'),
  demo('chengguan', 'township', township, '城关街道扶贫专干', 'Township officer'),
  demo('chengguan-cun', 'village', village, '城关街道村信息员', 'Village officer'),
  demo('chengguan-duiyuan', 'team-member', village, '城关街道驻村队员', 'Village-team member'),
  demo('chengguan-bangfu', 'helper', township, '城关街道帮扶责任人', 'Helper'),
  demo('chengguan-nonghu', 'household', village, '城关街道农户', 'Household'),
  demo('linquan-duzhan', 'supervisor', county, '临泉县督战员', 'Supervisor'),
  demo('yibao', 'department', province, '省医保部门数据员', 'Medical insurance', 'YB'),
  demo('jiaoyu', 'department', county, '临泉县教育部门数据员', 'Education', 'JY'),
  demo('linquan-yinhang', 'bank', county, '临泉县合作银行', 'Bank', 'YH'),
  demo('linquan-bangfudanwei', 'support-unit', county, '临泉县定点帮扶单位', 'Support unit'),
  demo('linquan-juanzeng', 'donor', county, '临泉县捐赠企业', 'Donor'),
  demo('xitong', 'system-admin', province, '省系统管理员', 'System administrator'),
  demo('anquan', 'security-admin', province, '省安全管理员', 'Security administrator'),
  demo('shenji', 'audit-admin', province, '省审计管理员', 'Audit administrator'),
]

export const needsSecondFactor = ({ role }: Pick<NewAccount, 'role'>) => secondFactorRoles.includes(role)

/** With the codes of this moment, so that the demonstration's sign-in page can fill them in. */
export function listDemoAccounts(identity: IdentityPort): Promise<ShownAccount[]> {
  return Promise.all(
    demoAccounts.map(async (account) => ({
      username: account.username,
      password: account.password,
      title: account.title,
      role: account.role,
      secondFactorCode: needsSecondFactor(account) ? await identity.demoCode(account.username) : null,
    })),
  )
}

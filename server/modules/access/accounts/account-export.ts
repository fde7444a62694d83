import type { z } from 'zod'
import { type AccountRow, accounts } from '#contract/access/accounts.ts'
import { reach, roles } from '#contract/access/capabilities.ts'
import { column, filterOf, listExport, wordColumn, yesNo } from '#server/manifest/list-export.ts'
import { searchAccounts } from './view.ts'

const filter = filterOf(accounts.list)

/**
 * Accounts of the area, as a file. Who reaches no household takes no names of households either: theirs are left out of what an
 * administrator takes away.
 */
export const accountExport = listExport<z.infer<typeof filter>, AccountRow>({
  filter,
  capability: 'account.read',
  title: { zh: '账号名单', en: 'Accounts' },
  page: ({ deps, me }, { role = roles.slice(), ...chosen }, { limit, offset }) => {
    const named = reach[me.role] === 'none' ? role.filter((one) => one !== 'household') : role
    return searchAccounts(deps, me, { ...chosen, role: named, page: offset / limit + 1, size: limit })
  },
  columns: [
    column('text', '姓名', 'Name', ({ name }) => name),
    column('text', '用户名', 'Sign-in name', ({ username }) => username),
    wordColumn('role', '角色', 'Role', ({ role }) => role),
    column('text', '区划', 'Area', ({ area }) => area.name),
    column('digits', '区划代码', 'Division code', ({ area }) => String(area.code), { width: 15 }),
    wordColumn('department', '部门', 'Department', ({ department }) => department),
    column('text', '停用', 'Suspended', ({ state }, language) => yesNo(state === 'suspended', language)),
    column('datetime', '锁定到', 'Locked until', ({ lockedUntil }) => lockedUntil),
    column('text', '第二因素', 'Second factor', ({ secondFactor }, language) =>
      yesNo(secondFactor, language),
    ),
    column('datetime', '最近登录', 'Last sign-in', ({ signedInAt }) => signedInAt),
    column('datetime', '建立时间', 'Made at', ({ createdAt }) => createdAt),
  ],
})

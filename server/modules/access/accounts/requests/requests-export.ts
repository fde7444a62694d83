import { z } from 'zod'
import type { AccountRequest } from '#contract/access/accounts.ts'
import { reach } from '#contract/access/capabilities.ts'
import { column, listExport, wordColumn } from '#server/manifest/list-export.ts'
import { searchRequests } from './view.ts'

const filter = z.object({})

/** Requests that wait for a second person, as a file; those for households are left out as their accounts are. */
export const requestsExport = listExport<z.infer<typeof filter>, AccountRequest>({
  filter,
  capability: 'account.read',
  title: { zh: '账号申请', en: 'Account requests' },
  async page({ deps, me }, _filter, { limit, offset }) {
    const { rows } = await searchRequests(deps, me)
    const waiting = rows.filter(
      ({ state, role }) => state === 'pending' && (role !== 'household' || reach[me.role] !== 'none'),
    )
    return { total: waiting.length, rows: waiting.slice(offset, offset + limit) }
  },
  columns: [
    column('text', '姓名', 'Name', ({ name }) => name),
    column('text', '用户名', 'Sign-in name', ({ username }) => username),
    wordColumn('accountRequest', '申请', 'Request', ({ kind }) => kind),
    wordColumn('role', '原角色', 'Role so far', ({ from }) => from?.role ?? null),
    column('text', '原区划', 'Area so far', ({ from }) => from?.area.name),
    wordColumn('role', '角色', 'Role', ({ role }) => role),
    column('text', '区划', 'Area', ({ area }) => area.name),
    wordColumn('department', '部门', 'Department', ({ department }) => department),
    column('text', '申请人', 'Requested by', ({ requestedBy }) => requestedBy.name, { isMarked: true }),
    wordColumn('role', '申请人角色', 'Role of who requested', ({ requestedBy }) => requestedBy.role),
    column('datetime', '申请时间', 'Requested at', ({ requestedAt }) => requestedAt),
    column('text', '理由', 'Reason', ({ reason }) => reason, { width: 30 }),
    column('datetime', '有效到', 'Valid until', ({ expiresAt }) => expiresAt),
  ],
})

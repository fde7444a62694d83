import type { AccountRequest } from '#contract/access/accounts.ts'
import { listTied } from '../../ties/index.ts'
import type { AccountDeps, Manager } from '../deps.ts'
import { mayDecide } from './decide.ts'
import { listRequests, type RequestRecord } from './queries.ts'

const shownDays = 30

export async function searchRequests(
  { database: { db } }: Pick<AccountDeps, 'database'>,
  me: Manager,
): Promise<{ toDecide: number; rows: AccountRequest[] }> {
  const records = await listRequests(db, me, shownDays)
  const tied = await listTied(db, me.userId)
  const rows = records.map((one) => present(one, mayDecide(me, one) && !tied.has(one.requestedBy)))
  return { toDecide: rows.filter((row) => row.mayDecide).length, rows }
}

function present(one: RequestRecord, decides: boolean): AccountRequest {
  const { id, kind, state, username, name, role, department, reason, requestedAt, expiresAt } = one
  const { fromRole, fromArea, fromAreaName, fromAreaLevel } = one
  return {
    ...{ id, kind, state, username, name, role, department, reason, requestedAt, expiresAt },
    area: { code: one.area, name: one.areaName, level: one.areaLevel },
    from:
      fromRole === null || fromArea === null || fromAreaName === null || fromAreaLevel === null
        ? null
        : { role: fromRole, area: { code: fromArea, name: fromAreaName, level: fromAreaLevel } },
    requestedBy: { username: one.requesterUsername, name: one.requesterName, role: one.requesterRole },
    decision:
      one.decidedAt === null
        ? null
        : { by: one.deciderName ?? '', at: one.decidedAt, reason: one.decisionReason },
    mayDecide: decides,
  }
}

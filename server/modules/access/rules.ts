import type { AccountAction } from '#contract/access/accounts.ts'
import { may, type Role } from '#contract/access/capabilities.ts'
import { areaScope, type Level, levelOf } from '#server/modules/divisions/index.ts'

export interface Standing {
  userId: string
  role: Role
  area: number
}

/** At which levels a role stands. */
export const roleLevels: Record<Role, readonly Level[]> = {
  clerk: ['province', 'city', 'county'],
  checker: ['province', 'city', 'county'],
  leader: ['province', 'city', 'county'],
  department: ['province', 'city', 'county'],
  township: ['township'],
  village: ['village'],
  'team-member': ['village'],
  helper: ['county', 'township', 'village'],
  supervisor: ['province', 'city', 'county'],
  'support-unit': ['province', 'city', 'county'],
  bank: ['province', 'city', 'county'],
  donor: ['province', 'city', 'county'],
  household: ['village'],
  'system-admin': ['province', 'city', 'county'],
  'security-admin': ['province', 'city', 'county'],
  'audit-admin': ['province', 'city', 'county'],
}

/** The three separated duties: they keep the system and read no household, so no such account becomes another kind, or back. */
const separated: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

const levels: readonly Level[] = ['province', 'city', 'county', 'township', 'village']
const levelsBelow = (manager: number, account: number) =>
  levels.indexOf(levelOf(account)) - levels.indexOf(levelOf(manager))

/** Whom a leader makes at its own level; the level below it leads through that level's own leader. */
const staff: readonly Role[] = [
  'clerk',
  'checker',
  'supervisor',
  'department',
  'bank',
  'support-unit',
  'donor',
]
const villagePeople: readonly Role[] = ['village', 'team-member', 'helper', 'household']

/**
 * Who manages whom: the system administrator every other account of its area; a leader the staff of its own area, and of the
 * level below the leader and the township officers; a township officer the people of its villages. Nobody oneself.
 */
export function mayManage(manager: Standing, account: Standing): boolean {
  if (manager.userId === account.userId) return false
  const { from, to } = areaScope(manager.area)
  if (account.area < from || account.area > to) return false
  const below = levelsBelow(manager.area, account.area)
  switch (manager.role) {
    case 'system-admin':
      return true
    case 'leader':
      if (below === 0) return staff.includes(account.role)
      return below === 1 && (account.role === 'leader' || account.role === 'township')
    case 'township':
      return villagePeople.includes(account.role)
    default:
      return false
  }
}

/** What is to be done to an account, as far as the second person is concerned. */
export interface Requested {
  requester: Pick<Standing, 'userId' | 'role'>
  /** The account; null for a new one. */
  userId: string | null
  /** Where it is now and where it is to be. */
  areas: readonly number[]
}

/** The second person a request about an account needs: of another line of duty, and of all the areas it touches. */
export function mayApprove(approver: Standing, { requester, userId, areas }: Requested): boolean {
  if (!may(approver.role, 'account.approve') || approver.role === requester.role) return false
  if (approver.userId === requester.userId || approver.userId === userId) return false
  const { from, to } = areaScope(approver.area)
  return areas.every((area) => area >= from && area <= to)
}

/** Whether an account may become another kind: never across the line of the separated duties. */
export function mayBecome(from: Role, to: Role): boolean {
  return from === to || (!separated.includes(from) && !separated.includes(to))
}

/** Whether accounts may hand over work to each other. */
export function mayHandOver(from: Standing, to: Standing): boolean {
  return from.userId !== to.userId && from.role === to.role
}

export const needsDepartment = (role: Role) => role === 'department' || role === 'bank'

/** Roles the manager may assign somewhere in its area. */
export function grantableRoles(manager: Standing): Role[] {
  const somewhere = [manager.area]
  // One place on each level below is enough: what one may assign depends on the level, not on the place.
  const steps = [1e10, 1e8, 1e6, 1e3, 1]
  const start = levels.indexOf(levelOf(manager.area))
  for (let i = start + 1; i < steps.length; i++) somewhere.push((somewhere.at(-1) ?? 0) + (steps[i] ?? 0))
  return (Object.keys(roleLevels) as Role[]).filter((role) =>
    somewhere.some(
      (area) => roleLevels[role].includes(levelOf(area)) && mayManage(manager, { userId: '', role, area }),
    ),
  )
}

export interface ManagedState {
  state: 'active' | 'suspended'
  locked: boolean
  secondFactor: boolean
}

/** What may be done to a managed account as it is now. */
export function actionsOn({ state, locked, secondFactor }: ManagedState): AccountAction[] {
  const actions: AccountAction[] = state === 'active' ? ['move', 'suspend', 'reset-password'] : ['resume']
  if (locked) actions.push('unlock')
  if (secondFactor) actions.push('reset-second-factor')
  return [...actions, 'handover']
}

import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'

/** What operations on accounts receive: `database` sees the accounts of the requester's area, `roles.auth` writes. */
export type AccountDeps = Pick<RequestDeps, 'database' | 'work' | 'audit' | 'identity' | 'handover'> & {
  roles: Pick<RequestDeps['roles'], 'auth'>
}

export type Manager = Pick<Requester, 'userId' | 'role' | 'area' | 'scope'>

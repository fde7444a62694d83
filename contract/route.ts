import { oc } from '@orpc/contract'
import type { Capability } from './access/capabilities.ts'

/**
 * How a call is written down. read: after it succeeded, by the server, because it shows people's data; change: by the
 * operation itself, in its own transaction; none: it shows and changes nothing of people.
 */
export type AuditKind = 'read' | 'change' | 'none'

/**
 * `public` needs no sign-in, `any` needs one and nothing else. `half` is open to who has signed in and still has to enrol a
 * second factor or to change a password.
 */
export interface RouteMeta {
  capability: Capability | 'public' | 'any' | 'half'
  audit: AuditKind
}

const base = oc.$meta<RouteMeta>({ capability: 'any', audit: 'none' })

/** A route of the API below `/api`; it names the capability it needs and how a call is written down. */
export function route(
  method: 'GET' | 'POST' | 'PUT',
  path: `/${string}`,
  capability: RouteMeta['capability'],
  summary: string,
  audit: AuditKind = method === 'GET' ? 'read' : 'change',
) {
  const tag = path.split('/')[1] ?? 'other'
  return base.route({ method, path, summary, tags: [tag] }).meta({ capability, audit })
}

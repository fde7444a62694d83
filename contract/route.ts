import { oc } from '@orpc/contract'
import type { Capability } from './capabilities.ts'

/** `public` needs no sign-in, `any` needs one and nothing else. */
export interface RouteMeta {
  capability: Capability | 'public' | 'any'
}

const base = oc.$meta<RouteMeta>({ capability: 'any' })

/** A route of the API below `/api`; it names the capability it needs. */
export function route(
  method: 'GET' | 'POST' | 'PUT',
  path: `/${string}`,
  capability: RouteMeta['capability'],
  summary: string,
) {
  const tag = path.split('/')[1] ?? 'other'
  return base.route({ method, path, summary, tags: [tag] }).meta({ capability })
}

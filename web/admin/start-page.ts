import { may } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { pages } from './pages.tsx'

/** Where an account lands: the first page of the menu that its role may see; a province looks at its map first. */
export function startPage(me: Pick<Me, 'role' | 'area'>): (typeof pages)[number]['to'] | '/me' {
  if (me.area.level === 'province' && may(me.role, 'overview.read')) return '/overview'
  return pages.find(({ capability }) => may(me.role, capability))?.to ?? '/me'
}

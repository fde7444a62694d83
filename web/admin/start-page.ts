import { may } from '#contract/capabilities.ts'
import type { Me } from '#contract/session.ts'
import { pages } from './pages.tsx'

/** Where an account lands: the first page of the menu that its role may see. */
export function startPage(me: Pick<Me, 'role'>): (typeof pages)[number]['to'] | '/me' {
  return pages.find(({ capability }) => may(me.role, capability))?.to ?? '/me'
}

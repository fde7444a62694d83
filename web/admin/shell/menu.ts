import { may, type Role } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import * as folders from '../pages.ts'
import { type MenuEntry, menuGroups } from './menu-entry.ts'

type Folder = (typeof folders)[keyof typeof folders]
type EntryOf<F> = F extends { menu: readonly (infer Entry)[] } ? Entry : never
/** What an entry is, and which pages they lead to: a link to none of ours does not compile. */
export type Entry = MenuEntry & Pick<EntryOf<Folder>, 'to'>

const place = ({ group, order }: Entry) => menuGroups.indexOf(group) * 100 + order

/** The menu in its order. */
const entries: readonly Entry[] = Object.values(folders)
  .flatMap((folder): readonly Entry[] => ('menu' in folder ? folder.menu : []))
  .toSorted((a, b) => place(a) - place(b))

/** What stands in a role's menu: what it may open, and nothing else. */
export const entriesOf = (role: Role) => entries.filter(({ capability }) => may(role, capability))

/** Where an account lands: the first page of the menu that its role may see, unless its level begins elsewhere. */
export function startPage(me: Pick<Me, 'role' | 'area'>): Entry['to'] | '/me' {
  const allowed = entriesOf(me.role)
  const start = allowed.find(({ startOf }) => startOf === me.area.level)
  // The register of exports is looked up afterwards; no day begins there.
  return (start ?? allowed.find(({ to }) => to !== '/exports') ?? allowed[0])?.to ?? '/me'
}

import type { ComponentType, ReactNode } from 'react'
import type { Capability } from '#contract/access/capabilities.ts'
import type { DivisionLevel } from '#contract/common.ts'
import type { Language } from '#web/locales/language.ts'

/** work: what is done every day; ground: what it stands on; order: people's rights and the keeping of the house. */
export const menuGroups = ['work', 'ground', 'order'] as const

export interface MenuEntry {
  to: string
  name: Record<Language, string>
  group: (typeof menuGroups)[number]
  /** Its place within the group. */
  order: number
  /** Who may open it, and therefore sees it; the first entry an account may see is where it starts. */
  capability: Capability
  icon: ReactNode
  /** Accounts of this level start here, wherever it stands. */
  startOf?: DivisionLevel
  /** A figure beside the name. */
  Badge?: ComponentType
}

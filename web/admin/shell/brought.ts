import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '#web/locales/language.ts'
import type { TaskFace } from './task-face.ts'

/** Names in every language, by key. */
export type Names = Readonly<Record<string, Record<Language, string>>>

/** What folders of pages bring for pages of other folders, which know none of them by name. */
export interface Brought {
  tasks: readonly TaskFace[]
  /** Lists that can be taken away, by their kind. */
  exportNames: Names
  /** For the audit: groups of routes (`posts`), and single ones where the audit has no word of its own (`posts.start`). */
  actionNames: Names
}

export const BroughtByFolders = createContext<Brought>({ tasks: [], exportNames: {}, actionNames: {} })

/** A name in the reader's language; undefined where no folder brings one. */
export function useNames(of: 'exportNames' | 'actionNames'): (key: string) => string | undefined {
  const names = useContext(BroughtByFolders)[of]
  const language = useTranslation().i18n.language as Language
  return (key) => names[key]?.[language]
}

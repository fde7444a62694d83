import type { ComponentType } from 'react'
import type { Capability } from '#contract/access/capabilities.ts'
import type { Task } from '#contract/work/workbench.ts'
import type { Language } from '#web/locales/language.ts'

export interface Words {
  /** What is to be done, and what was, in a few words. */
  todo: string
  done: string
  /** On the link that leads there. */
  act: string
}

/** What is said of a kind of work, in every language; where its server tells several things to do apart, of each of them. */
export type TaskWords<What extends string = never> = Record<
  Language,
  Words & { name: string } & ([What] extends [never]
      ? { of?: undefined }
      : { of: Record<What, Partial<Words>> })
>

/** A kind of work as the web shows it; brought by the folder of pages where it is done. */
export interface TaskFace {
  kind: string
  words: Record<Language, Words & { name: string; of?: Record<string, Partial<Words>> | undefined }>
  /** The page where it is done. */
  placeOf(task: Pick<Task, 'subject' | 'household' | 'what'>): string
  /** What of it is done without leaving the list, by whom, and the dialog it is done in. */
  inPlace?: {
    what: readonly string[]
    capability: Capability
    Dialog: ComponentType<{ ids: string[]; onClose(): void }>
  }
}

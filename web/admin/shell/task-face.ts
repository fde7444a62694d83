import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '#contract/work/workbench.ts'
import type { Language } from '#web/locales/language.ts'

interface Words {
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
  placeOf(task: Pick<Task, 'subject' | 'household'>): string
}

export const TaskFaces = createContext<readonly TaskFace[]>([])

/** What is to be done of a task and what was, on what page, in the reader's language. */
export function useTaskFaces() {
  const faces = useContext(TaskFaces)
  const language = useTranslation().i18n.language as Language
  const faceOf = (kind: string) => {
    const face = faces.find((one) => one.kind === kind)
    if (!face) throw new Error(`no page says what a task of the kind ${kind} is`)
    return face
  }
  const say = ({ kind, what }: Pick<Task, 'kind' | 'what'>): Words => {
    const words = faceOf(kind).words[language]
    return { ...words, ...words.of?.[what] }
  }
  return {
    kinds: faces.map(({ kind }) => kind),
    nameOf: (kind: string) => faceOf(kind).words[language].name,
    titleOf: (task: Task) => say(task)[task.doneAt ? 'done' : 'todo'],
    actOf: (task: Task) => say(task).act,
    placeOf: (task: Task) => faceOf(task.kind).placeOf(task),
  }
}

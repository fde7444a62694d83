import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { may, type Role } from '#contract/access/capabilities.ts'
import type { Task } from '#contract/work/workbench.ts'
import type { Language } from '#web/locales/language.ts'
import { BroughtByFolders } from './brought.ts'
import type { Words } from './task-face.ts'

/** What is to be done of a task and what was, on what page, in the reader's language. */
export function useTaskFaces() {
  const { tasks: faces } = useContext(BroughtByFolders)
  const language = useTranslation().i18n.language as Language
  const faceOf = (kind: string) => {
    const face = faces.find((one) => one.kind === kind)
    if (!face) throw new Error(`no page says what a task of the kind ${kind} is`)
    return face
  }
  const format = ({ kind, what }: Pick<Task, 'kind' | 'what'>): Words => {
    const words = faceOf(kind).words[language]
    return { ...words, ...words.of?.[what] }
  }
  return {
    kinds: faces.map(({ kind }) => kind),
    nameOf: (kind: string) => faceOf(kind).words[language].name,
    titleOf: (task: Task) => format(task)[task.doneAt ? 'done' : 'todo'],
    actOf: (task: Task) => format(task).act,
    placeOf: (task: Task) => faceOf(task.kind).placeOf(task),
    inPlaceOf(task: Task, role: Role) {
      const { inPlace } = faceOf(task.kind)
      return inPlace?.what.includes(task.what) && may(role, inPlace.capability) ? inPlace : undefined
    },
  }
}

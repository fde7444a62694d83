import type { TaskFace } from '#web/ui/task-face.ts'
import { caseWords } from './locales/tasks.ts'

export const tasks: readonly TaskFace[] = [
  { kind: 'case', words: caseWords, placeOf: ({ subject }) => `/cases/${subject}` },
]
